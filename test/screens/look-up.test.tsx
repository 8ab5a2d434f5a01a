import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { addResidents, type Resident } from '#test/support/lookup-data.ts';
import { freshDatabase } from '#test/support/database.ts';
import { type AppOptions, type Operator, signedInApp } from '#test/support/tty.tsx';

const pad = (n: number) => String(n).padStart(4, '0');

/** Many people in order, so that the list is longer than what is held of it at once. */
const crowd = (count: number): Resident[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    last: `Person${pad(index + 1)}`,
    first: 'Pat',
    line1: `${index + 1} Alder St`,
    city: index % 2 === 0 ? 'Springfield' : 'Chatham',
  }));

async function opened(residents: readonly Resident[], more: Partial<AppOptions> = {}): Promise<Operator> {
  const database = await freshDatabase();
  await addResidents(database, residents);
  await rebuildIndex(database);
  const op = await signedInApp({ database, ...more });
  op.shell.desktop.open('look-up', undefined);
  await op.settled();
  return op;
}

/** The row with the cursor. */
const current = (op: Operator): string => op.lines().find((line) => /^[>❯▶›]/.test(line)) ?? '';

describe('the look-up screen', () => {
  test('every keystroke looks; Enter opens what was typed, however quickly', async () => {
    const op = await opened([
      { id: 1, first: 'Ana', last: 'Rivera' },
      { id: 2, first: 'Ann', last: 'Riley' },
    ]);
    expect(op.text()).toContain('all accounts by name');
    await op.type('ri');
    expect(op.text()).toMatch(/Riley, Ann[\s\S]*Rivera, Ana/);
    await op.type('v');
    expect(op.text()).not.toContain('Riley');
    await op.type('era ana');
    await op.press('enter');
    expect(op.header()).toContain('Rivera, Ana');
  });

  test('a jump code works from its text, too', async () => {
    const op = await opened([{ id: 1, first: 'Ana', last: 'Rivera' }]);
    await op.type('=HOM');
    await op.press('enter');
    expect(op.lines()[0]).toContain('=HOM');
  });

  test('a typing error is forgiven and said', async () => {
    const op = await opened([{ id: 1, first: 'Ana', last: 'Rivera' }]);
    await op.type('rievra');
    expect(op.text()).toContain('Rivera, Ana');
    expect(op.text()).toContain('Meant: rivera?');
  });

  test('the list of everything is walked to its end and back without a gap', async () => {
    const op = await opened(crowd(1500), { size: [120, 40] });
    expect(current(op)).toContain('Person0001');
    const seen = new Set<string>();
    const note = () => {
      for (const [name] of op.text().matchAll(/Person\d{4}/g)) seen.add(name);
    };
    note();
    for (let page = 0; page < 60 && !current(op).includes('Person1500'); page += 1) {
      await op.press('pagedown');
      note();
    }
    expect(current(op)).toContain('Person1500');
    expect(seen.size).toBe(1500);
    seen.clear();
    note();
    for (let page = 0; page < 60 && !current(op).includes('Person0001'); page += 1) {
      await op.press('pageup');
      note();
    }
    expect(current(op)).toContain('Person0001');
    expect(seen.size).toBe(1500);
  });

  test('in an order, what is typed is where the list begins; both ways lead on from there', async () => {
    const op = await opened(crowd(400));
    await op.press('f6');
    await op.type('name');
    await op.press('enter');
    await op.type('person0200');
    expect(current(op)).toContain('Person0200');
    await op.press('up');
    expect(current(op)).toContain('Person0199');
    await op.press('tab', 'G');
    expect(current(op)).toContain('Person0400');
    await op.press('g');
    expect(current(op)).toContain('Person0001');
  });

  test('a filter narrows what is found and what is listed', async () => {
    const op = await opened(crowd(30));
    await op.press('f4');
    await op.type('city');
    await op.press('enter');
    await op.type('chatham');
    await op.press('f9');
    expect(op.text()).toContain('only in chatham');
    expect(current(op)).toContain('Person0002');
    await op.type('person');
    expect(op.text()).not.toContain('Person0003');
    expect(op.text()).toContain('Person0004');
  });

  test('of a customer with many accounts one is chosen', async () => {
    const op = await opened([
      { id: 1, business: 'Oak Holdings' },
      ...Array.from({ length: 6 }, (_, index) => ({ id: index + 2, sameCustomerAs: 1, line1: `${index + 2} Elm Ct` })),
    ]);
    await op.type('oak holdings');
    await op.press('enter');
    expect(op.text()).toContain('Accounts of Oak Holdings');
    await op.type('4 elm');
    await op.press('enter');
    expect(op.text()).toContain('4 Elm Ct');
    expect(op.header()).toContain('Oak Holdings');
  });

  test('what is copied or exported of hostile names obeys nobody', async () => {
    const op = await opened([{ id: 1, first: 'Ana\u001b]52;c;ZXZpbA==\u0007', last: 'Riv\u001b[31mera\u202e' }]);
    for (const keys of [
      ['tab', 'y', 'enter'],
      ['x', 'f9'],
    ])
      await op.press(...keys);
    expect(op.copied).toHaveLength(1);
    expect(op.written).toHaveLength(1);
    for (const text of [...op.copied, JSON.stringify(op.written[0]!.rows)]) {
      expect(text).toContain('Riv');
      expect(text).not.toMatch(/[^\P{Cc}\t\n]|\p{Cf}|\\u00/u);
    }
  });
});
