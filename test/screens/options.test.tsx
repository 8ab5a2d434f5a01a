import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { COMPANY_OPTIONS } from '#domain/company-options.ts';
import { getOptions, setOption } from '#services/options/operations.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';

async function at(size: readonly [number, number] = [80, 24], who = actor()) {
  const database = await freshDatabase();
  const op = await signedInApp({ database, size, actor: who });
  op.shell.desktop.open('options', undefined);
  await op.settled();
  return { database, op, inForce: () => runnerFor(database)(getOptions, {}) };
}

/** The form of an option, its value emptied. */
async function emptied(op: Operator, name: keyof typeof COMPANY_OPTIONS): Promise<void> {
  await op.press('home');
  for (const one of Object.keys(COMPANY_OPTIONS)) {
    if (one === name) break;
    await op.press('down');
  }
  await op.press('enter');
  expect(op.text()).toContain(`Company option ${name}`);
  await op.press('end', 'ctrl+u');
}

const trail = (database: Database) =>
  database.db.selectFrom('audit_entry').select(['username', 'outcome', 'changes']).orderBy('seq').execute();

describe('company options', () => {
  test.each(SIZES)('at %d×%d are all there, with what they mean', async (...size) => {
    const { op } = await at(size);
    const seen = new Set<string>();
    for (const name of Object.keys(COMPANY_OPTIONS)) {
      for (const line of op.lines()) seen.add(line.slice(2).split(' ')[0]!);
      expect(op.text()).toMatch(/Meaning +[A-Z]/);
      await op.press('down');
      expect([name, seen.has(name)]).toEqual([name, true]);
    }
    expect(op.unexpected).toEqual([]);
  });

  test('one is changed in a form; the trail tells before and after', async () => {
    const { database, op, inForce } = await at();
    await emptied(op, 'idleMinutes');
    await op.type('60');
    await op.press('f9');
    expect(op.text()).toContain('At most 15 minutes');
    await op.press('ctrl+u');
    await op.type('ten');
    await op.press('f9');
    expect(op.text()).toContain('Enter a number.');
    await op.press('ctrl+u');
    await op.type('10');
    await op.press('f9');
    expect(op.message()).toContain('Option idleMinutes is saved.');
    expect(op.text()).toMatch(/> idleMinutes +10 +yes/);
    expect(await inForce()).toMatchObject({ idleMinutes: 10 });
    expect(await trail(database)).toEqual([{ username: 'tess', outcome: 'done', changes: '{"idleMinutes":[15,10]}' }]);
  });

  test('flags, choices and lists are entered as such', async () => {
    const { op, inForce } = await at();
    await emptied(op, 'creditToBills');
    await op.press('space', 'f9');
    await emptied(op, 'auditReads');
    await op.type('all');
    await op.press('f9');
    await emptied(op, 'payoffClasses');
    await op.type('penalty, charge');
    await op.press('f9');
    expect(await inForce()).toMatchObject({
      creditToBills: false,
      auditReads: 'all',
      payoffClasses: ['penalty', 'charge'],
    });
    await emptied(op, 'payoffClasses');
    await op.type('pennies');
    await op.press('f9');
    expect(op.text()).toContain('Company option payoffClasses');
    expect(await inForce()).toMatchObject({ payoffClasses: ['penalty', 'charge'] });
  });

  test('somebody else was faster: both values are shown, and nothing is lost', async () => {
    const { database, op, inForce } = await at();
    await emptied(op, 'companyName');
    await op.type('Mine');
    const bob = runnerFor(database, { ...actor(), username: 'bob' });
    await bob(setOption, { name: 'companyName', value: 'Theirs' });
    await op.press('f9');
    expect(op.text()).toMatch(/meterdesk +Mine +Theirs/);
    await op.wait(1000);
    await op.press('m', 'f9');
    expect(await inForce()).toMatchObject({ companyName: 'Mine' });
  });

  test('are for those who may change them', async () => {
    const { op } = await at([80, 24], actor('options.read'));
    expect(op.message()).toContain('You may not open Company options.');
  });
});
