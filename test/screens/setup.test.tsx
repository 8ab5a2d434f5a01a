import { describe, expect, test } from 'vitest';
import { CODE_TABLES } from '#domain/code-tables/index.ts';
import { addCode } from '#services/code-tables/add.ts';
import { readCodeTable } from '#services/code-tables/list.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { Premises } from '#test/support/premises.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function at(table: string | undefined, size: readonly [number, number] = [80, 24], who = actor()) {
  const database = await freshDatabase();
  const op = await signedInApp({ database, size, actor: who });
  op.shell.desktop.open('setup', table === undefined ? undefined : { table });
  await op.settled();
  const call = runnerFor(database);
  const codes = async (name: string) => (await call(readCodeTable, { table: name })).map(({ code }) => code);
  return { database, op, call, codes };
}

describe('setup', () => {
  test.each(SIZES)('at %d×%d every table is there, with its codes and what it is for', async (...size) => {
    const { op } = await at(undefined, size);
    const seen = new Set<string>();
    for (const _ of CODE_TABLES) {
      for (const { title } of CODE_TABLES) if (op.text().includes(title.slice(0, 20))) seen.add(title);
      await op.press('down');
    }
    expect(CODE_TABLES.map(({ title }) => title).filter((title) => !seen.has(title))).toEqual([]);
    await op.press('home', 'enter');
    expect(op.text()).toMatch(/current +Current/);
    expect(op.text()).toMatch(/shutoff +Shutoff.* system/);
    expect(op.text()).toContain('Where a customer stands in the billing system');
    await op.press('escape');
    expect(op.text()).toContain('Customer groups');
    expect(op.unexpected).toEqual([]);
  });

  test('on a wide screen the codes follow the cursor; a filter by typing narrows the tables', async () => {
    const { op } = await at(undefined, [120, 40]);
    await op.press('/');
    await op.type('document');
    await op.press('enter');
    expect(op.text()).toContain('Service agreement');
    expect(op.text()).toContain('Secure');
    expect(op.text()).not.toContain('Bill groups');
  });

  test('a code is added, edited and deleted by keys alone', async () => {
    const { op, codes } = await at('account_status');
    await op.press('a');
    await op.type('watch');
    await op.press('tab');
    await op.type('On watch');
    await op.press('f9');
    expect(op.message()).toContain('watch is added.');
    await op.press('enter', 'end', 'ctrl+u');
    await op.type('Watched');
    await op.press('f9');
    expect(op.message()).toContain('watch is saved.');
    expect(op.text()).toMatch(/watch +Watched/);
    await op.press('d');
    expect(op.text()).toContain('Nothing uses it.');
    await op.wait(1000);
    await op.press('y');
    expect(op.message()).toContain('watch is deleted.');
    expect(await codes('account_status')).toEqual(['current', 'shutoff']);
  });

  test('system rows are marked, and why they stay is said', async () => {
    const { op, codes } = await at('account_status');
    await op.press('home', 'd');
    expect(op.message()).toContain('current is a system account status: the program relies on it.');
    await op.press('enter');
    expect(op.message()).toContain('current is a system account status');
    expect(await codes('account_status')).toEqual(['current', 'shutoff']);
  });

  test('the order is changed with alt and with plain keys', async () => {
    const { op, codes } = await at('note_type');
    const before = await codes('note_type');
    await op.press('home', 'alt+down');
    expect(await codes('note_type')).toEqual([before[1], before[0], ...before.slice(2)]);
    await op.press('K');
    expect(await codes('note_type')).toEqual(before);
    await op.press('+', '+');
    expect(await codes('note_type')).toEqual([before[1], before[2], before[0], ...before.slice(3)]);
  });

  test('what is used is shown, and offered to be retired instead', async () => {
    const { database, op, call } = await at('account_status');
    await call(addCode, { table: 'account_status', code: 'watch', name: 'On watch', attributes: {} });
    const account = await new Utility(database).household('Rivera, Ana M', '118 Alder St');
    const { db } = database;
    await db.updateTable('customer').set({ account_status: 'watch' }).where('id', '=', account.customerId).execute();
    await op.press('f5', 'end', 'w');
    expect(op.text()).toMatch(/1 +customers/);
    await op.press('escape', 'd');
    expect(op.text()).toContain('It is used: 1 customer.');
    await op.wait(1000);
    await op.press('y');
    expect(op.message()).toContain('watch is retired.');
    expect(op.text()).toMatch(/watch +On watch +retired/);
    await op.press('r');
    expect(op.message()).toContain('watch is offered again.');
  });

  test.each(SIZES)('at %d×%d the services of a deferred charge are put in order in a list', async (...size) => {
    const { database, op, call } = await at('deferred_charge', size);
    const premises = new Premises(database);
    for (const [rank, name] of ['Water', 'Sewer', 'Trash'].entries())
      await premises.serviceType(name.slice(0, 2).toUpperCase(), { name, payoff_rank: rank + 1 });
    const services = async () => (await call(readCodeTable, { table: 'deferred_charge' }))[0]!.attributes.services;
    await op.press('a');
    await op.type('CARE');
    await op.press('tab');
    await op.type('Care fund');
    await op.press('tab', 'tab', 'tab', 'space', 'tab', 'end', 'ctrl+u');
    await op.type('5');
    // Up over the first field to the last one: the order cannot be entered while the company’s is used.
    for (let field = 0; field < 5; field += 1) await op.press('up');
    await op.press('up', 'up');
    expect(op.text()).toMatch(/> Use company payoff/);
    await op.press('space', 'down');
    expect(op.text()).toMatch(/> Service apply order .*F4 list/);
    await op.type('tr, XX');
    await op.press('f4');
    expect(op.text()).toMatch(/> \[.\] +1 Trash +TR/);
    expect(op.text()).toMatch(/\[.\] +2 XX +not on the list/);
    // XX is taken out, Water taken and moved to the top.
    await op.press('down', 'space', 'down', 'space', 'alt+up', 'K', 'enter');
    expect(op.text()).toContain('WA, TR');
    await op.press('f9');
    expect(op.message()).toContain('CARE is added.');
    expect(await services()).toEqual(['WA', 'TR']);
    await op.press('enter');
    for (let field = 0; field < 2; field += 1) await op.press('up');
    expect(op.text()).toMatch(/> Service apply order/);
    await op.press('f4', 'J', 'escape');
    expect(op.text()).toContain('is not taken');
    await op.wait(1000);
    await op.press('y', 'f4', 'J', 'enter', 'f9');
    expect(await services()).toEqual(['TR', 'WA']);
    expect(op.unexpected).toEqual([]);
  });

  test('the form of a table follows from its record', async () => {
    const { op, call } = await at('custom_field');
    await op.press('a');
    await op.type('METER');
    await op.press('tab');
    await op.type('Meter box');
    await op.press('tab');
    await op.press('end', 'ctrl+u');
    await op.type('Location');
    await op.press('tab', 'end', 'ctrl+u');
    await op.type('List');
    await op.press('tab', 'tab', 'space', 'tab');
    await op.type('IN = Inside');
    await op.press('enter');
    await op.type('OUT = Outside');
    await op.press('f9');
    expect(op.message()).toContain('METER is added.');
    const [field] = await call(readCodeTable, { table: 'custom_field' });
    expect(field!.attributes).toEqual({
      level: 'location',
      kind: 'list',
      required: 0,
      searchable: 1,
      choices: [
        { code: 'IN', name: 'Inside', retired: 0 },
        { code: 'OUT', name: 'Outside', retired: 0 },
      ],
      help: null,
    });
    await op.press('enter');
    expect(op.text()).toMatch(/Kind +List/);
    expect(op.text()).toContain('OUT = Outside');
  });

  test('an account of the general ledger that is lacking is added from its field', async () => {
    const { op, call } = await at('charge_code');
    await op.press('a');
    await op.type('hydrant');
    await op.press('tab');
    await op.type('Hydrant permit');
    for (let field = 0; field < 9 && !/> GL code/.test(op.text()); field += 1) await op.press('tab');
    await op.press('+');
    expect(op.text()).toContain('New account of the general ledger');
    await op.type('4970');
    await op.press('tab');
    await op.type('Permits');
    await op.press('f9');
    expect(op.text()).toMatch(/GL code\*? +4970 +Permits/);
    await op.press('f9');
    expect(op.message()).toContain('hydrant is added.');
    const [made] = (await call(readCodeTable, { table: 'charge_code' })).filter(({ code }) => code === 'hydrant');
    expect(made!.attributes).toMatchObject({ gl: '4970' });
  });

  test('all of it is written to a file, and taken over from one after it was shown', async () => {
    const { op, codes } = await at('account_status', [120, 40]);
    // Loaded by the program at the first file; here before, so that no step has to wait for it.
    await import('#app/takings/paper/write.ts');
    await op.press('o');
    expect(op.text()).toContain('Save setup-2026-11-21.yaml');
    await op.press('f9');
    const text = Buffer.from(op.documents[0]!.content).toString();
    expect(text).toContain('meterdesk-setup');
    const more = text.replace(
      '      name: Shutoff\n      system: true\n',
      '$&    - code: watch\n      name: On watch\n',
    );
    op.files.set('/in/setup.yaml', more.split('\n'));
    op.files.set('/in/wrong.yaml', more.replace('name: Current', 'name: Good').split('\n'));
    await op.press('i');
    await op.type('/in/wrong.yaml');
    await op.press('f9');
    expect(op.text()).toContain('Take over a setup file');
    expect(op.text()).toMatch(/Line \d+, tables\.account_status\.0/);
    await op.press('end', 'ctrl+u');
    await op.type('/in/setup.yaml');
    await op.press('f9');
    expect(op.text()).toMatch(/added +tables\.account_status +watch/);
    await op.wait(1000);
    await op.press('y');
    expect(op.message()).toContain('is taken over: 1 change.');
    expect(await codes('account_status')).toEqual(['current', 'shutoff', 'watch']);
    await op.press('i');
    await op.type('/in/setup.yaml');
    await op.press('f9');
    expect(op.message()).toContain('everything is so already');
  });

  test('a form that was left with something typed is offered again, where it was', async () => {
    const { op } = await at('note_type');
    await op.press('a');
    await op.type('leak');
    await op.press('escape');
    await op.type('keep');
    await op.press('enter');
    op.shell.session.desk.drafts();
    await op.settled();
    expect(op.text()).toContain('New note type');
    await op.press('enter', 'enter');
    expect(op.text()).toMatch(/Code\* +leak/);
  });

  test('who may only read options sees, and changes nothing', async () => {
    const { op } = await at('account_status', [80, 24], actor('options.read'));
    expect(op.text()).toMatch(/current +Current/);
    await op.press('a');
    expect(op.text()).not.toContain('New account status');
  });
});
