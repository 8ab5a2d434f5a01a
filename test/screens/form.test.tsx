import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { Failure } from '#services/failure.ts';
import { freshDatabase } from '#test/support/database.ts';
import { databaseWith } from '#test/support/people.ts';
import { sampleScreens, sampleWorld, type SampleWorld } from '#test/support/sample-screens.tsx';
import { type Operator, signedInApp } from '#test/support/tty.tsx';

async function form(world: SampleWorld = sampleWorld(), database?: Database): Promise<Operator> {
  const op = await signedInApp({ database: database ?? (await freshDatabase()), screens: sampleScreens(world) });
  await op.press('t', 'e');
  return op;
}

describe('a form', () => {
  test('takes dates, amounts and codes as people type them', async () => {
    const world = sampleWorld();
    const op = await form(world);
    await op.type('Alder');
    await op.press('tab');
    await op.type('12/1');
    await op.press('enter');
    await op.type('1,200.5');
    await op.press('enter');
    await op.type('vil');
    await op.press('enter', 'space', 'enter');
    await op.type('two');
    await op.press('enter');
    await op.type('lines');
    await op.press('f9');
    expect(world.saved).toEqual([
      { name: 'Alder', founded: '2026-12-01', tax: '1,200.50', kind: 'V', open: true, remarks: 'two\nlines' },
    ]);
    expect(op.message()).toContain('saved Alder');
  });

  test('says what is wrong at the field and puts the cursor there', async () => {
    const op = await form();
    await op.press('tab');
    await op.type('31/31');
    await op.press('f9');
    expect(op.text()).toContain('! Name is needed.');
    await op.type('A');
    await op.press('tab');
    expect(op.text()).toContain('! Not a date.');
  });

  test('keeps everything when saving is refused', async () => {
    const world = sampleWorld();
    world.refuseSaving = new Failure('refused', 'That name is taken.', { name: 'Taken by another.' });
    const op = await form(world);
    await op.type('Alder');
    await op.press('f9');
    expect(op.text()).toContain('Taken by another.');
    expect(op.text()).toContain('Alder');
    world.refuseSaving = null;
    await op.press('f9');
    expect(world.saved).toHaveLength(1);
  });

  test('tries again under the same key while the values are the same, so that what was done is not done twice', async () => {
    const world = sampleWorld();
    world.refuseSaving = new Failure('unavailable', 'The connection to the database was lost.');
    const op = await form(world);
    await op.type('Alder');
    await op.press('f9', 'f9');
    await op.type('ton');
    await op.press('f9');
    const [first, again, changed] = world.keys;
    expect(again).toBe(first);
    expect(changed).not.toBe(first);
  });

  test('offers the values of a coded field, and explains a field', async () => {
    const op = await form();
    await op.press('f1');
    expect(op.text()).toContain('As on the map.');
    await op.press('escape', 'tab', 'tab', 'tab', 'f4');
    expect(op.text()).toContain('Village');
    await op.type('city');
    await op.press('enter', 'shift+tab');
    expect(op.text()).toMatch(/Kind +C +City/);
  });

  test('asks before it loses something, and keeps a draft', async () => {
    const world = sampleWorld();
    const op = await form(world);
    await op.type('Alder');
    await op.press('escape');
    expect(op.text()).toContain('There are changes that are not saved');
    await op.press('escape');
    expect(op.text()).toContain('┌ Town ');
    await op.press('escape', 'down', 'enter');
    expect(op.message()).toContain('left');
    await op.press('e');
    expect(op.text()).toContain('Taken up from the draft.');
    expect(op.text()).toContain('Alder');
    await op.press('f5');
    expect(op.text()).not.toContain('Alder');
    await op.press('escape');
    await op.press('e');
    expect(op.text()).not.toContain('draft');
  });

  test('leaves at once when nothing was typed', async () => {
    const op = await form();
    await op.press('escape');
    expect(op.message()).toContain('left');
  });

  test('keeps a draft when typing pauses, so that a crash loses nothing', async () => {
    const database = await freshDatabase();
    const world = sampleWorld();
    const op = await signedInApp({ database, screens: sampleScreens(world) });
    await op.press('t', 'e');
    await op.type('Alder');
    await op.wait(5000);
    const drafts = await database.db.selectFrom('draft').select(['form', 'values']).execute();
    expect(drafts).toHaveLength(1);
    expect(drafts[0]!.values).toContain('Alder');
    await op.press('f9');
    expect(await database.db.selectFrom('draft').select('id').execute()).toEqual([]);
  });

  test('has the terminal cursor where one types', async () => {
    const op = await form();
    await op.type('Al');
    const y = op.lines().findIndex((line) => line.includes('Name*'));
    expect(op.cursor().y).toBe(y);
    expect(op.lines()[y]!.slice(op.cursor().x - 2, op.cursor().x)).toBe('Al');
  });
});

describe('the lock', () => {
  test('warns, blanks the data, keeps what was typed and opens with the password', async () => {
    const op = await form(sampleWorld(), await databaseWith({ tess: 'administrator' }));
    await op.type('Alder');
    await op.wait(4 * 60_000 + 1000);
    expect(op.message()).toContain('locks in a minute');
    await op.wait(60_000);
    expect(op.text()).toContain('┌ Locked ');
    expect(op.text()).not.toContain('Alder');
    expect(op.text()).not.toContain('Town');
    await op.type('wrong');
    await op.press('enter');
    expect(op.text()).toContain('not right');
    op.unlocks = true;
    await op.type('right');
    await op.press('enter');
    expect(op.text()).toContain('Alder');
  });

  test('does not come while somebody types', async () => {
    const op = await form();
    for (let minute = 0; minute < 20; minute += 1) {
      await op.wait(60_000);
      await op.type('x');
    }
    expect(op.text()).not.toContain('Locked');
  });
});
