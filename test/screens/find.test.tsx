import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { freshDatabase } from '#test/support/database.ts';
import { addResidents } from '#test/support/lookup-data.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';

async function withResidents(size: readonly [number, number] = [80, 24]): Promise<Operator> {
  const database = await freshDatabase();
  await addResidents(database, [
    { id: 23, first: 'Ana', last: 'Rivera', phone: '2175550142', line1: '118 Alder St', city: 'Springfield' },
    { id: 24, first: 'Luis', last: 'Rivera', line1: '7 Elm Ave', activity: 'final' },
    { id: 25, first: 'Mei', last: 'O\u001B[31mkafor', line1: '9 Oak Rd' },
  ]);
  await rebuildIndex(database);
  return signedInApp({ database, size });
}

describe('the find box', () => {
  test('finds at every keystroke and opens what Enter is on', async () => {
    const op = await withResidents();
    await op.press('f2');
    await op.type('rivera al');
    expect(op.text()).toContain('Rivera, Ana');
    expect(op.text()).not.toContain('Luis');
    await op.press('enter');
    expect(op.header()).toContain('Home › ');
    expect(op.shell.navigation.top?.definition.id).toBe('account');
    expect(op.unexpected).toEqual([]);
  });

  test('a number typed on Home begins a search; number and Enter at once open the account', async () => {
    const op = await withResidents();
    await op.send('100023\r');
    expect(op.shell.navigation.top?.definition.id).toBe('account');
    expect(op.text()).toContain('Rivera');
  });

  test('what is typed behind Enter is for the account that it opens', async () => {
    const op = await withResidents();
    await op.send('\u001BOQrivera alder\r4');
    expect(op.text()).toContain('[4 Notes]');
  });

  test('what was opened is on Home, the last first, and opens from there', async () => {
    const op = await withResidents();
    await op.send('100023\r');
    await op.press('escape');
    await op.send('100025\r');
    await op.press('escape');
    expect(op.text()).toMatch(/100025 .*Mei[^]*100023 Rivera, Ana/);
    await op.press('tab', 'down', 'enter');
    expect(op.header()).toContain('Rivera, Ana');
  });

  test('says what was meant when typing went wrong', async () => {
    const op = await withResidents();
    await op.press('f2');
    await op.type('rivrea');
    expect(op.text()).toContain('Meant: rivera?');
    expect(op.text()).toContain('Rivera, Ana');
  });

  test('shows what answered where nothing else does', async () => {
    const op = await withResidents();
    await op.press('f2');
    await op.type('5550142');
    expect(op.text()).toMatch(/Rivera, Ana .*118 Alder St .*100023 .*2175550142/);
    expect(op.text()).toContain('2.30');
  });

  test('shows what a name holds, never obeys it', async () => {
    const op = await withResidents([120, 40]);
    await op.press('f2');
    await op.type('mei');
    expect(op.text()).toContain('9 Oak Rd');
    expect(op.text()).not.toContain('[31m');
  });

  test('offers commands and screens beside records', async () => {
    const op = await withResidents();
    await op.press('f2');
    await op.type('lock');
    expect(op.text()).toContain('Lock the screen');
    await op.press('ctrl+u');
    await op.type('loc th');
    expect(op.text()).toContain('Lock the screen');
    await op.press('ctrl+u');
    await op.type('smith');
    expect(op.text()).toContain('Nothing found.');
  });
});
