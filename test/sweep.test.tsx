import { describe, expect, test } from 'vitest';
import { registryFaults } from '#app/shell/registry.ts';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { helpSections } from '#app/commands/help.ts';
import { screens } from '#screens/index.ts';
import { cellWidth } from '#ui/width.ts';
import { trail } from '#test/support/audit.ts';
import { freshDatabase } from '#test/support/database.ts';
import { signedInApp, type Operator } from '#test/support/tty.tsx';
import type { AccountRef, Values } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

const SIZES = [
  [60, 16],
  [80, 24],
  [120, 40],
  [240, 70],
] as const;

const NAME =
  'Rivera\u001B[31m\u001B]52;c;QQ==\u0007, Ana\t\u202EMaría 李小龙 👩‍👩‍👧 O’Connor-Wolfeschlegelsteinhausenbergerdorff e\u0301\u0301\u0301\u0301';

/** A small utility with something on every screen, and texts that no screen may trip over; the account is 10023. */
async function utility(): Promise<Database> {
  const database = await freshDatabase();
  const made = new Utility(database);
  const customer = await made.customer(NAME, { number: '10023' });
  const location = await made.location('118 Alder\r\nSt \u009B2J Apt 4 ﷽ 🇺🇸', { number: '204-1180' });
  const account = await made.account(customer, location, { number: '10023' });
  for (let month = 1; month <= 9; month += 1) {
    await made.charge(account, 4000 + month * 111, { on: `2026-0${month}-01` });
    await made.payment(account, 3000, { on: `2026-0${month}-15` });
  }
  await made.note({
    customer_id: customer,
    account_id: account.id,
    body: `${NAME}\n`.repeat(30),
    subject: NAME,
  });
  await moneyWork(made, account);
  await penaltyRun(made, account);
  await closedAccounts(made);
  await made.add('deposit', {
    holder: 'account',
    customer_id: customer,
    location_id: location,
    account_id: account.id,
    code: 'standard',
    number: NAME,
    charged_on: '2024-01-01',
    charged_cents: 15_000,
    collected_cents: 15_000,
    held_cents: 15_000,
    remarks: NAME,
  });
  const user = { id: 900_001, username: 'ana', display_name: NAME, created_at: 0 };
  await database.db.insertInto('app_user').values(user).execute();
  const token = { id: 900_002, user_id: user.id, name: NAME, token_hash: 'x', created_at: 0, created_by: NAME };
  await database.db.insertInto('access_token').values(token).execute();
  await trail(database, 9, 1, {
    username: NAME,
    customerId: customer,
    changes: JSON.stringify({ name: [NAME, NAME] }),
  });
  for (const status of ['queued', 'failed', 'sent'] as const) {
    await made.add('communication', {
      customer_id: customer,
      account_id: account.id,
      channel: 'email',
      kind: 'statement',
      status,
      recipient: NAME,
      problem: status === 'failed' ? `${NAME}\n`.repeat(5) : null,
      created_at: 0,
      created_by: NAME,
    });
  }
  await rebuildIndex(database);
  return database;
}

/** Opens a screen as a jump with its argument would; screens without a code are opened by others. */
function open(op: Operator, id: string): void {
  const screen = screens.find((candidate) => candidate.id === id)!;
  op.shell.desktop.jump(id, screen.parseArgument?.('10023'));
}

/** A batch, a drawer, a payment of a lockbox, a request and a period. */
async function moneyWork(made: Utility, account: AccountRef): Promise<void> {
  const batch_id = await made.add('batch', {
    number: 'B010023',
    kind: 'payments',
    status: 'open',
    description: NAME,
    opened_on: '2026-11-20',
    control_cents: 5000,
    control_count: 2,
    created_at: 0,
    created_by: NAME,
  });
  const unposted = await made.payment(account, 1000, { status: 'unposted' });
  await made.db.updateTable('ledger_transaction').set({ batch_id }).where('id', '=', unposted).execute();
  await made.add('cash_drawer', {
    number: 'D000001',
    username: NAME,
    status: 'closed',
    opened_on: '2026-11-20',
    opened_at: 0,
    float_cents: 100,
    counted_cents: 90,
    expected_cents: 100,
    over_short_cents: -10,
    reason: NAME,
  });
  const file_id = await made.add('lockbox_file', {
    name: NAME,
    digest: 'x',
    deposited_on: '2026-11-20',
    items: 1,
    total_cents: 1,
    batch_id,
    imported_at: 0,
    imported_by: NAME,
  });
  await made.add('lockbox_item', {
    file_id,
    row: 2,
    account_number: NAME,
    payer: NAME,
    amount_cents: 1,
    method: 'check',
    reference: NAME,
    paid_on: '2026-11-20',
    status: 'exception',
    problem: 'unknown_account',
  });
  await made.add('approval_request', {
    operation: 'adjustment.enter',
    input: '{}',
    summary: NAME,
    account_id: account.id,
    customer_id: account.customerId,
    amount_cents: -100,
    status: 'pending',
    requested_at: 0,
    requested_by: 'ana',
  });
  const days = { starts_on: '2020-01-01', ends_on: '2020-01-31' };
  await made.add('accounting_period', { name: NAME, ...days, status: 'open' });
}

/** Accounts closed long ago: one with a credit to be refunded, one with a debt to be written off. */
async function closedAccounts(made: Utility): Promise<void> {
  const closed = { activity: 'final', moved_in_on: '2019-01-01', moved_out_on: '2024-01-01' } as const;
  const owner = await made.customer(NAME);
  const credit = await made.account(owner, await made.location(NAME), { number: '90001', ...closed });
  await made.payment(credit, 9000, { on: '2024-01-01' });
  const debt = await made.account(owner, await made.location(NAME), { number: '90002', ...closed });
  await made.charge(debt, 123_456_789, { on: '2024-01-01', dueOn: '2024-01-21' });
}

async function penaltyRun(made: Utility, { id, customerId }: AccountRef): Promise<void> {
  const run_id = await made.add('penalty_run', {
    number: '10023',
    code: NAME,
    run_on: '2026-11-20',
    filters: JSON.stringify({ cycles: [NAME], routes: [], classes: [] }),
    status: 'calculated',
    created_at: 0,
    created_by: NAME,
  });
  const cents = { base_cents: 123_456_789, penalty_cents: 12_345_678 };
  const candidate = { run_id, account_id: id, customer_id: customerId, ...cents, status: 'excluded', reason: NAME };
  await made.add('penalty_candidate', candidate as Values<'penalty_candidate'>);
}

/** What must hold for whatever is on the terminal. */
function expectWhole(op: Operator, [columns, rows]: readonly [number, number], what: string): void {
  const lines = op.lines();
  expect(op.unexpected, what).toEqual([]);
  expect(lines.length, what).toBe(rows);
  for (const text of lines) expect(cellWidth(text), `${what}: ${text}`).toBeLessThanOrEqual(columns);
  expect(op.header(), what).toContain('meterdesk');
  expect(op.footer(), `${what}: the footer is the last line`).toContain('F1');
}

/** Whether some cell is inverse: where one is can be seen without colour. */
const isMarked = (op: Operator): boolean => op.cells().some((row) => row.some((cell) => cell.style.includes('i')));

test('the list of screens is free of clashes', () => {
  expect(registryFaults(screens)).toEqual([]);
});

describe.each(screens.map((screen) => screen.id))('screen %s', (id) => {
  test('fills the terminal at every size, in colour and without, and survives resizing', async () => {
    const database = await utility();
    for (const theme of ['dark', 'mono'] as const) {
      const op = await signedInApp({ database, theme, size: SIZES[0] });
      open(op, id);
      await op.settled();
      for (const size of [...SIZES, ...SIZES.toReversed(), [50, 10], [80, 24]] as const) {
        await op.resize(size[0], size[1]);
        if (size[0] < 60) expect(op.text()).toContain('meterdesk needs 60x16');
        else {
          expectWhole(op, size, `${theme} ${size.join('x')}`);
          expect(isMarked(op), `${theme} ${size.join('x')}: where one is can be seen`).toBe(true);
        }
      }
      op.unmount();
    }
  });

  test('has a title and a hint of its place for every command, and all are in its help', async () => {
    const op = await signedInApp({ database: await utility() });
    open(op, id);
    await op.settled();
    const [here] = helpSections(op.shell);
    const listed = here!.entries.map((entry) => entry.command!.id);
    for (const command of op.shell.scopes()[0]!.commands) {
      expect(command.title.length, command.id).toBeGreaterThan(2);
      expect(listed).toContain(command.id);
    }
    const keys = op.shell.scopes()[0]!.commands.flatMap((command) => (command.when() === true ? command.keys : []));
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });

  test('takes any key without harm, and Esc returns to where one was', async () => {
    const op = await signedInApp({ database: await utility() });
    op.shell.desktop.open(id, screens.find((screen) => screen.id === id)!.parseArgument?.('10023'));
    await op.settled();
    for (const key of ['f19', 'ctrl+q', 'alt+z', 'shift+f7', 'insert', 'µ', '漢', '~', 'ctrl+g']) {
      await op.press(key);
      expectWhole(op, [80, 24], `after ${key}`);
    }
    for (let tries = 0; tries < 5 && op.shell.navigation.store.getState().stack.length > 1; tries += 1)
      await op.press('escape');
    expect(op.shell.navigation.top?.definition.id).toBe('home');
  });

  test('answers every one of its own keys without a crash', async () => {
    const op = await signedInApp({ database: await utility() });
    open(op, id);
    await op.settled();
    const keys = new Set(op.shell.scopes()[0]!.commands.flatMap((command) => command.keys));
    for (const key of keys) {
      op.shell.signOut();
      op.shell.enter(op.actor);
      open(op, id);
      await op.settled();
      await op.press(key);
      expect(op.unexpected, key).toEqual([]);
      expect(op.lines().length).toBe(24);
    }
  }, 60_000);
});
