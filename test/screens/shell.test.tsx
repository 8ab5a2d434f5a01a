import { describe, expect, test } from 'vitest';
import { Failure } from '#services/failure.ts';
import { actor, freshDatabase } from '#test/support/database.ts';
import { databaseWith } from '#test/support/people.ts';
import { sampleScreens, sampleWorld, type SampleWorld } from '#test/support/sample-screens.tsx';
import { type AppOptions, type Operator, signedInApp, startedApp } from '#test/support/tty.tsx';

async function towns(world: SampleWorld = sampleWorld(), more: Partial<AppOptions> = {}): Promise<Operator> {
  return signedInApp({ database: await freshDatabase(), screens: sampleScreens(world), ...more });
}

/** A gate that a test opens. */
function gate(): { readonly wait: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const wait = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { wait, open };
}

describe('signing in', () => {
  test('says when user or password is wrong, and takes the next try', async () => {
    const op = await startedApp({ database: await databaseWith({ alice: 'billing' }) });
    await op.type('nobody');
    await op.press('enter');
    await op.type('wrong');
    expect(op.text()).toContain('Password  *****');
    await op.press('enter');
    expect(op.text()).toContain('User or password is not right.');
    expect(op.text()).toContain('User      nobody');
    expect(op.text()).not.toContain('*****');
  });
});

describe('everywhere', () => {
  test('F1 shows what keys do, filtered by typing, and runs the entry', async () => {
    const op = await towns();
    await op.press('t', 'f1');
    expect(op.text()).toContain('This screen: Towns');
    await op.type('find any');
    expect(op.text()).toContain('F2 Ctrl+K Ctrl+P');
    expect(op.text()).not.toContain('Go to a screen by its code');
    await op.press('enter');
    expect(op.text()).toContain('┌ Find ');
  });

  test('help explains signs, says why something is not possible, and is silent about what one may not do', async () => {
    const op = await towns(sampleWorld(), { actor: actor('accounts.read') });
    await op.press('t', 'f1');
    await op.type('capital');
    expect(op.text()).toContain('[CAP]');
    await op.press('ctrl+u');
    await op.type('town');
    expect(op.text()).toContain('Sell the town  (It is not for sale.)');
    expect(op.text()).not.toContain('Tax the town');
  });

  test('a key that is not possible says why', async () => {
    const world = sampleWorld();
    const op = await towns(world);
    await op.press('t', 'S');
    expect(op.message()).toContain('It is not for sale.');
    await op.press('=');
    await op.type('hom');
    await op.press('enter');
    expect(op.header()).toContain('Home');
    expect(op.message()).not.toContain('for sale');
    await op.press('-', 'T');
    expect(world.ran).toEqual(['tax']);
  });

  test('Ctrl+C asks, with Cancel preselected', async () => {
    const op = await towns();
    await op.press('ctrl+c');
    expect(op.text()).toContain('Leave meterdesk?');
    await op.wait(400);
    await op.press('enter');
    expect(op.left).toBe(false);
    expect(op.text()).not.toContain('Leave meterdesk?');
    await op.press('ctrl+c');
    await op.wait(400);
    await op.press('y');
    expect(op.left).toBe(true);
  });

  test('=CODE goes to a screen, > runs a command by its name', async () => {
    const op = await towns();
    await op.type('=twn');
    await op.press('enter');
    expect(op.header()).toContain('Home › Towns');
    await op.press('f2');
    await op.type('>raze');
    await op.press('enter');
    expect(op.text()).toContain('┌ Raze the town ');
  });
});

describe('a way through the screens', () => {
  test('coming back finds cursor, scroll and filter as they were', async () => {
    const op = await towns();
    await op.press('t', '/');
    await op.type('town 1');
    await op.press('enter', 'pagedown', 'pagedown');
    const before = op.lines().slice(1, -2);
    await op.press('=');
    await op.type('hom');
    await op.press('enter');
    expect(op.header()).not.toContain('Towns');
    await op.press('-');
    expect(op.lines().slice(1, -2)).toEqual(before);
    await op.press('[');
    expect(op.header()).not.toContain('Towns');
    await op.press(']');
    expect(op.lines().slice(1, -2)).toEqual(before);
  });
});

describe('keys typed ahead', () => {
  test('are kept while a screen opens and go to it in order', async () => {
    const world = sampleWorld();
    const { wait, open } = gate();
    world.gate = wait;
    const op = await towns(world);
    await op.type('tjjj');
    expect(op.text()).toContain('Loading');
    expect(op.message()).toContain('3 keys waiting');
    open();
    await op.settled();
    expect(op.text()).toContain('4/300');
  });

  test('are kept while a command is at work, which is said when it takes a while', async () => {
    const world = sampleWorld();
    const { wait, open } = gate();
    world.work = wait;
    const op = await towns(world);
    await op.press('t', 'C');
    expect(op.message()).not.toContain('working');
    await op.wait(100);
    expect(op.message()).toContain('working');
    await op.press('j');
    expect(op.message()).toContain('1 key waiting, working');
    open();
    await op.settled();
    expect(op.message()).not.toContain('working');
    expect(op.text()).toContain('2/300');
  });

  test('are forgotten by Esc; a second Esc leaves the screen that does not come', async () => {
    const world = sampleWorld();
    world.gate = gate().wait;
    const op = await towns(world);
    await op.type('tjj');
    await op.press('escape');
    expect(op.message()).toContain('forgotten');
    expect(op.header()).toContain('Towns');
    await op.press('escape');
    expect(op.header()).not.toContain('Towns');
  });

  test('never answer a question', async () => {
    const world = sampleWorld();
    const { wait, open } = gate();
    world.gate = wait;
    const op = await towns(world);
    await op.type('tdyy');
    open();
    await op.settled();
    expect(op.text()).toContain('┌ Raze the town ');
    await op.type('y');
    expect(world.ran).toEqual([]);
    await op.wait(400);
    await op.send('\u001B[200~y\u001B[201~y');
    expect(world.ran).toEqual([]);
    await op.wait(100);
    await op.press('y');
    expect(world.ran).toEqual(['raze']);
  });

  test('are forgotten when opening fails', async () => {
    const world = sampleWorld();
    const { wait, open } = gate();
    world.gate = wait;
    world.trouble = new Failure('busy', 'Others are at work on it. Try again.');
    const op = await towns(world);
    await op.type('td');
    open();
    await op.settled();
    expect(op.message()).toContain('Others are at work on it.');
    expect(op.text()).not.toContain('Raze');
  });
});

describe('a list', () => {
  test('filters as one types, with the count, and Esc takes the filter off', async () => {
    const op = await towns();
    await op.press('t', '/');
    await op.type('town 29');
    expect(op.text()).toContain('18/300 filtered');
    await op.press('enter', 'j');
    expect(op.lines().find((line) => line.startsWith('>'))).toContain('Town 29');
    await op.press('escape');
    expect(op.text()).toContain('/300');
    expect(op.header()).toContain('Towns');
  });

  test('sorts by any column, and the other way round by the same again', async () => {
    const op = await towns();
    await op.press('t', 's');
    await op.type('people');
    await op.press('enter');
    expect(op.text()).toContain('sorted: People ▲');
    const least = op.lines()[2];
    await op.press('s');
    await op.type('people');
    await op.press('enter');
    expect(op.text()).toContain('sorted: People ▼');
    expect(op.lines()[2]).not.toBe(least);
  });

  test('copies marked rows as a table, and exports what is shown', async () => {
    const op = await towns();
    await op.press('t', 'space', 'space', 'y', 'enter');
    expect(op.copied).toEqual(['No\tName\tPeople\n1\tTown 1\t1\n2\tTown 2\t920']);
    expect(op.message()).toContain('Sent to the clipboard: 2 rows.');
    await op.press('escape', '/');
    await op.type('town 300 !22');
    await op.press('enter', 'x', 'f9');
    expect(op.written[0]).toMatchObject({ format: 'csv', columns: ['No', 'Name', 'People'] });
    expect(op.written[0]!.rows).toEqual([[300, 'Town 300', 782]]);
    expect(op.message()).toContain('1 row written to /exports/towns-2026-11-21');
  });

  test.each([
    ['none' as const, 'No files are written from this session.', 0],
    ['folder' as const, '300 rows written to', 1],
  ])('in a confined session whose files go to %s, export says %s', async (exportLimit, said, written) => {
    const op = await towns();
    Object.assign(op.shell.options.outside, { exportLimit });
    await op.press('t', 'x', 'f9');
    expect(op.message()).toContain(said);
    expect(op.written.map(({ onlyHere }) => onlyHere)).toEqual(Array.from({ length: written }, () => true));
  });

  test('shows its row without colour', async () => {
    const op = await towns(sampleWorld(), { theme: 'mono' });
    await op.press('t', 'j');
    const row = op.lines().findIndex((line) => line.startsWith('>'));
    expect(op.lines()[row]).toContain('Town 2');
    expect(op.cells()[row]![3]!.style).toContain('i');
  });
});

describe('what others change', () => {
  test('is on the open screen within a second, the cursor staying where it is', async () => {
    const world = sampleWorld();
    const op = await towns(world);
    await op.press('t', 'j', 'j');
    await op.wait(1100);
    world.towns = world.towns.map((town) => (town.id === 3 ? { ...town, name: 'Newtown' } : town));
    op.changes += 1;
    await op.wait(1100);
    expect(op.lines().find((line) => line.startsWith('>'))).toContain('Newtown');
  });
});

describe('a session', () => {
  test('ends after its hours, with a word before', async () => {
    const op = await towns();
    for (let minute = 0; minute < 12 * 60 - 5; minute += 1) {
      op.shell.lock.touch();
      op.timers.advance(60_000);
    }
    await op.settled();
    expect(op.message()).toContain('The session ends in five minutes.');
    op.shell.lock.touch();
    await op.wait(5 * 60_000);
    expect(op.text()).toContain('The session is over.');
    expect(op.text()).toContain('Password');
  });
});

test('a screen that cannot be drawn leaves the way back open', async () => {
  const world = sampleWorld();
  const [home, list] = sampleScreens(world);
  const broken = {
    ...list!,
    View: () => {
      throw new Error('drawn wrong');
    },
  };
  const op = await signedInApp({ database: await freshDatabase(), screens: [home!, broken] });
  await op.press('t');
  expect(op.text()).toContain('cannot be drawn');
  expect(op.unexpected).toHaveLength(1);
  await op.press('escape');
  expect(op.header()).not.toContain('Towns');
});
