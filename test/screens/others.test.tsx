import { describe, expect, test } from 'vitest';
import { deleteNote, addNote } from '#services/notes/write.ts';
import { Failure } from '#services/failure.ts';
import type { Actor } from '#services/actor.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import { sampleScreens, sampleWorld } from '#test/support/sample-screens.tsx';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

/** What a note says of itself besides its text. */
const facts = {
  type: 'general',
  subject: '',
  messageCenter: 0,
  paymentCenter: 0,
  graceOn: null,
  usedFor: null,
  expiresOn: null,
  accessLevel: 1,
} as const;

const cleo: Actor = { ...actor(), userId: 2, username: 'cleo' };

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  return { database, utility, account: await utility.household() };
}

/** Lets each of them look around, as often as it takes both to have told and been told. */
async function aSecond(...operators: Operator[]): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) for (const operator of operators) await operator.wait(400);
}

const others = (op: Operator) => /also here: .*/.exec(op.text())?.[0].trim() ?? '';

describe('who else has the account open', () => {
  test.each(SIZES)('at %d×%d is told while they have it, and whether they edit', async (...size) => {
    const { database, account } = await town();
    const tess = await atAccount(database, account.id, 'notes', { size });
    await aSecond(tess);
    expect(others(tess)).toBe('');
    const colleague = await atAccount(database, account.id, 'notes', { size, actor: cleo, glyphs: 'ascii' });
    await aSecond(tess, colleague);
    expect(others(tess)).toBe('also here: cleo');
    expect(others(colleague)).toBe('also here: tess');
    await colleague.press('n');
    await aSecond(colleague, tess);
    expect(others(tess)).toBe('also here: cleo (editing)');
    await colleague.press('escape', 'escape');
    await aSecond(colleague, tess);
    expect(others(tess)).toBe('');
    expect([...tess.unexpected, ...colleague.unexpected]).toEqual([]);
  });

  test('is told of that account alone, and ends with signing out', async () => {
    const { database, utility, account } = await town();
    const other = await utility.account(await utility.customer('Wolff'), await utility.location('9 Elm St'));
    const tess = await atAccount(database, account.id, 'notes');
    const colleague = await atAccount(database, other.id, 'notes', { actor: cleo });
    await aSecond(tess, colleague);
    expect([others(tess), others(colleague)]).toEqual(['', '']);
    colleague.shell.desktop.open('account', { accountId: account.id });
    await colleague.settled();
    await aSecond(colleague, tess);
    expect(others(tess)).toBe('also here: cleo');
    colleague.shell.signOut();
    await colleague.settled();
    await aSecond(tess);
    expect(others(tess)).toBe('');
  });

  test('is told to nobody who may not see the account, nor are they told of', async () => {
    const { database, utility } = await town();
    const account = await utility.account(
      await utility.customer('Mayor', { public: 0 }),
      await utility.location('1 Hill'),
    );
    const tess = await atAccount(database, account.id, 'notes');
    const outsider = { ...actor('accounts.read', 'notes.read'), userId: 3, username: 'bob' };
    const bob = await atAccount(database, account.id, 'notes', { actor: outsider });
    await aSecond(tess, bob);
    expect([others(tess), others(bob)]).toEqual(['', '']);
    expect(bob.text()).not.toContain('Mayor');
  });
});

describe('what a colleague changes at the open account', () => {
  test('appears within a second without a key, and who did it is said', async () => {
    const { database, account } = await town();
    const op = await atAccount(database, account.id, 'notes');
    await op.wait(500);
    const note = { ...facts, level: 'account', body: 'Leak at the meter', accountId: account.id } as const;
    await runnerFor(database, cleo)(addNote, note);
    op.changes += 1;
    await op.wait(500);
    expect(tabText(op)).toContain('Leak at the meter');
    expect(op.message()).toContain('Just changed by cleo: note.');
  });

  test('leaves the cursor on its row and an open form with what is typed', async () => {
    const { database, utility, account } = await town();
    for (let n = 1; n <= 30; n += 1) {
      await utility.note({ body: `Note ${n}`, customer_id: account.customerId, created_at: n });
    }
    const op = await atAccount(database, account.id, 'notes');
    await op.press('down', 'down', 'n');
    await op.type('Half a sent');
    await op.wait(500);
    const note = { ...facts, level: 'customer', body: 'Leak', customerId: account.customerId } as const;
    await runnerFor(database, cleo)(addNote, note);
    op.changes += 1;
    op.timers.advance(500);
    await op.type('ence');
    expect(op.text()).toContain('Half a sentence');
    await op.press('escape', 'down', 'down', 'enter');
    expect(op.text()).toMatch(/> Customer +General +Note 28/);
    expect(tabText(op)).toContain('Leak');
  });

  test('a row that is gone leaves the cursor on its neighbour and is told', async () => {
    const { database, utility, account } = await town();
    const ids: number[] = [];
    for (let n = 1; n <= 3; n += 1) {
      ids.push(await utility.note({ body: `Note ${n}`, customer_id: account.customerId, created_at: n }));
    }
    const op = await atAccount(database, account.id, 'notes');
    await op.press('down');
    await op.wait(500);
    await runnerFor(database, cleo)(deleteNote, { noteId: ids[1]!, version: 1 });
    op.changes += 1;
    await op.wait(500);
    expect(tabText(op)).toMatch(/> Customer +General +Note 1/);
    expect(op.message()).toContain('The row under the cursor is gone');
  });

  test('a refresh that fails costs no key that was typed ahead', async () => {
    const world = sampleWorld();
    const op = await signedInApp({ database: await freshDatabase(), screens: sampleScreens(world) });
    await op.press('t');
    await op.wait(500);
    const work = Promise.withResolvers<void>();
    world.work = work.promise;
    await op.type('Cjj');
    world.trouble = new Failure('busy', 'The database is busy.');
    op.changes += 1;
    await op.wait(500);
    expect(op.message()).toContain('The database is busy.');
    work.resolve();
    await op.settled();
    expect(op.lines().find((line) => line.startsWith('>'))).toContain('Town 3');
  });
});
