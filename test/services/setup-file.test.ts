import { describe, expect, test } from 'vitest';
import { addCode } from '#services/code-tables/add.ts';
import { changeCode } from '#services/code-tables/change.ts';
import { readCodeTable } from '#services/code-tables/list.ts';
import { reorderCode, retireCode } from '#services/code-tables/remove.ts';
import { addGlAccount, listGlAccounts } from '#services/gl/accounts.ts';
import { setOption } from '#services/options/operations.ts';
import { readFormat, saveFormat, setFormat } from '#services/paper/formats.ts';
import { exportSetup, importSetup, previewSetup } from '#services/setup/operations.ts';
import { addGroup } from '#services/users/groups.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';

/** A utility that has set up something of everything. */
async function utility() {
  const database = await freshDatabase();
  const call = runnerFor(database);
  await call(setOption, { name: 'companyName', value: 'Alder Water' });
  await call(setOption, { name: 'idleMinutes', value: 10 });
  await call(setOption, { name: 'payoffClasses', value: ['penalty', 'charge'] });
  await call(setOption, { name: 'demoPassword', value: 'hush hush' });
  await call(addCode, { table: 'account_status', code: '01', name: 'Watch: closely', attributes: {} });
  await call(reorderCode, { table: 'account_status', code: '01', version: 1, to: 0 });
  await call(retireCode, { table: 'note_type', code: 'field', version: 1 });
  await call(changeCode, { table: 'penalty_code', code: 'late', version: 1, attributes: { millionths: 15_000 } });
  await call(addCode, { table: 'udc_caption', code: 'PETS', name: 'Pets', attributes: { level: 'location' } });
  await call(addCode, { table: 'udc_value', code: 'NO', name: 'No', attributes: { caption: 'PETS' } });
  const choices = [
    { code: 'IN', name: 'Inside', retired: 0 },
    { code: 'OUT', name: 'Outside', retired: 1 },
  ];
  await call(addCode, {
    table: 'custom_field',
    code: 'BOX',
    name: 'Meter box',
    attributes: { kind: 'list', level: 'location', choices, searchable: 1 },
  });
  await call(addCode, { table: 'bank_code', code: '021000021', name: 'A bank', attributes: { city: 'New York' } });
  await call(addCode, { table: 'cycle', code: '03', name: 'Third', attributes: { billPeriod: 'quarterly' } });
  await call(addGlAccount, { code: '4010', name: 'Water revenue', kind: 'revenue' as const });
  const gl = { receivableGl: '1200', revenueGl: '4010' };
  await call(addCode, { table: 'service_type', code: 'WAT', name: 'Water', attributes: gl });
  await call(addCode, { table: 'customer_group', code: 'vip', name: 'Very important', attributes: {} });
  await call(addGroup, {
    code: 'desk',
    name: 'Front desk',
    permissions: ['usage.read', 'lookup.use'],
    customers: [{ group: 'vip', readOnly: true }],
    creditLimitCents: 12_50,
  });
  const { layout } = await call(readFormat, {
    code: (
      await database.db
        .selectFrom('paper_format')
        .select('code')
        .where('kind', '=', 'receipt')
        .executeTakeFirstOrThrow()
    ).code,
  });
  await call(saveFormat, {
    code: 'own',
    kind: 'receipt',
    name: 'Ours',
    layout: JSON.stringify(layout),
    standard: false,
    active: true,
  });
  await call(setFormat, { code: 'own', standard: true });
  return { database, call };
}

const exported = async (call: ReturnType<typeof runnerFor>): Promise<string> => (await call(exportSetup, {})).text;

describe('setup as a file', () => {
  test('goes to a new utility whole, and comes back the same', async () => {
    const text = await exported((await utility()).call);
    const other = runnerFor(await freshDatabase());
    const plan = await other(importSetup, { text });
    expect(plan.counts.added).toBeGreaterThan(8);
    expect(await exported(other)).toBe(text);
    expect(await other(listGlAccounts, {})).toContainEqual({ code: '4010', name: 'Water revenue', kind: 'revenue' });
    const [first] = await other(readCodeTable, { table: 'account_status' });
    expect(first).toMatchObject({ code: '01', name: 'Watch: closely' });
  });

  test('taken twice it changes nothing, and leaves no trace of a change', async () => {
    const { database, call } = await utility();
    const text = await exported(call);
    const versions = () =>
      database.db.selectFrom('code_value').select(['id', 'version', 'sort']).orderBy('id').execute();
    const before = await versions();
    const { counts, lines } = await call(importSetup, { text });
    expect(lines).toEqual([]);
    expect(counts.unchanged).toBeGreaterThan(50);
    expect(await versions()).toEqual(before);
  });

  test('holds no secret, and reads line by line', async () => {
    const text = await exported((await utility()).call);
    expect(text).not.toContain('hush');
    expect(text).toContain("    - code: '01'\n      name: 'Watch: closely'\n");
    expect(text).toContain('      millionths: 1.5 %\n');
    expect(text).toContain(
      '        - IN = Inside\n        - - OUT = Outside\n'
        .replace('- - OUT', "- '- OUT")
        .replace('Outside\n', "Outside'\n"),
    );
    expect(text).toContain('    rights:\n      - lookup.use\n      - usage.read\n');
  });

  test('a check tells what an import would do, and does nothing', async () => {
    const { call } = await utility();
    const text = (await exported(call))
      .replace('name: Meter box', 'name: Box of the meter')
      .replace("    - code: '01'\n      name: 'Watch: closely'\n", '')
      .replace('idleMinutes: 10', 'idleMinutes: 12');
    const plan = await call(previewSetup, { text });
    expect(plan.lines).toEqual([
      { section: 'options', what: 'idleMinutes', outcome: 'changed' },
      { section: 'tables.account_status', what: '01', outcome: 'retired' },
      { section: 'tables.account_status', what: 'order', outcome: 'moved' },
      { section: 'tables.custom_field', what: 'BOX', outcome: 'changed' },
    ]);
    expect(await exported(call)).not.toContain('Box of the meter');
    await call(importSetup, { text });
    expect(await exported(call)).toContain('Box of the meter');
  });

  test('everything that is wrong is named with its line and its place; nothing is taken over', async () => {
    const { call } = await utility();
    const before = await exported(call);
    const text = before
      .replace('name: Meter box', 'name: Box')
      .replace('idleMinutes: 10', 'idleMinutes: 60')
      .replace('name: Current', 'name: Good')
      .replace('kind: list', 'kind: date')
      .replace('- usage.read\n', '- usage.reed\n');
    const refused = await call(importSetup, { text }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'invalid' });
    const { message, fields } = refused as { message: string; fields: Record<string, string> };
    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    expect(Object.keys(fields).sort()).toEqual([
      expect.stringMatching(/^groups\.\d+\.permissions\.\d+$/),
      expect.stringMatching(/^options\.idleMinutes/),
      expect.stringMatching(/^tables\.account_status\.\d+$/),
      expect.stringMatching(/^tables\.custom_field\.0\.kind$/),
    ]);
    expect(message).toContain(`Line ${lineOf('idleMinutes')}, options.idleMinutes`);
    expect(message).toContain(`Line ${lineOf('kind: date')}, tables.custom_field.0.kind: Kind is fixed`);
    expect(message).toContain('At most 15 minutes');
    expect(await exported(call)).toBe(before);
  });

  test.each([
    ['meterdesk-setup: 2\n', 'Line 1'],
    ['meterdesk-setup: 1\ntables:\n  shoes: []\ncomplete: true\n', 'Line 3, tables.shoes: There is no such code table'],
    ['meterdesk-setup: 1\noptions: [\n', 'Line '],
    ['meterdesk-setup: 1\ntables:\n  note_type: []\n', 'complete: The file is cut off'],
    ['meterdesk-setup: 1\ncolour: red\n', 'colour'],
    [
      'meterdesk-setup: 1\noptions:\n  demoPassword: x\ncomplete: true\n',
      'Line 3, options.demoPassword: This option is no part',
    ],
    ['meterdesk-setup: 1\ntables:\n  note_type:\n    - code: a\n      nam: b\n', 'tables.note_type.0.name'],
  ])('%j is refused in words', async (text, words) => {
    const call = runnerFor(await freshDatabase());
    await expect(call(importSetup, { text })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(words),
    });
  });

  test('who may change options but not groups changes no groups by a file', async () => {
    const { database, call } = await utility();
    const text = (await exported(call)).replace('name: Front desk', 'name: Desk');
    const clerk = runnerFor(database, actor('options.edit'));
    await expect(clerk(importSetup, { text })).rejects.toMatchObject({
      message: expect.stringContaining('You may not change groups'),
    });
    await expect(runnerFor(database, actor('options.read'))(exportSetup, {})).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('accounts of the general ledger', () => {
  const file = (line: string): string => `meterdesk-setup: 1\nledger:\n  - {${line}}\ncomplete: true\n`;

  test('are called otherwise, and keep their kind', async () => {
    const call = runnerFor(await freshDatabase());
    await call(importSetup, { text: file("code: '4950', name: Corrections, kind: revenue") });
    expect(await call(listGlAccounts, {})).toContainEqual({
      code: '4950',
      name: 'Corrections',
      kind: 'revenue' as const,
    });
    await expect(call(importSetup, { text: file("code: '4950', name: Corrections, kind: cash") })).rejects.toThrow(
      /Line 3, ledger\.0\.kind: It cannot change/,
    );
    await expect(call(importSetup, { text: file('code: X, name: Y, kind: wealth') })).rejects.toThrow(
      /Line 3, ledger\.0\.kind: Not one of the kinds/,
    );
  });

  test('have one code each, in whatever case it is written', async () => {
    const call = runnerFor(await freshDatabase());
    await call(addGlAccount, { code: '22a', name: 'Fund', kind: 'liability' as const });
    await expect(call(addGlAccount, { code: '22A', name: 'Other', kind: 'liability' as const })).rejects.toMatchObject({
      fields: { code: 'Taken' },
    });
  });
});

test('a level that is no number is said in words', async () => {
  const { call } = await utility();
  const text = (await exported(call)).replace('level: 3', 'level: high');
  await expect(call(importSetup, { text })).rejects.toThrow(/level: Write a whole number/);
});
