import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { actor, freshDatabase } from '#test/support/database.ts';
import { SIZES, tabText } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const rivera = await utility.household('Rivera, Ana M', '118 Alder St');
  const next = await utility.household('Next, Nora', '9 Oak Ave');
  await utility.note({ body: 'Gate code 4471, dog in the yard', location_id: rivera.locationId, created_at: 2 });
  await utility.note({ body: 'Bitten by the dog of the Señora', customer_id: next.customerId, created_at: 1 });
  await utility.note({ body: 'Pays on Friday', customer_id: rivera.customerId, account_id: rivera.id });
  await rebuildIndex(database);
  return database;
}

describe('searching notes', () => {
  test.each(SIZES)('at %d×%d finds at every keystroke, and Enter goes to the note', async (...size) => {
    const op = await signedInApp({ database: await town(), size });
    op.shell.desktop.open('note-search', undefined);
    await op.settled();
    expect(op.text()).toContain('Type words, or how they begin.');
    await op.type('dog');
    expect(op.text()).toMatch(/> 2026-11-21 +L\d+ +118 Alder St +Gate code 4471/);
    expect(op.text()).toContain('1/2');
    await op.type(' senora');
    expect(op.text()).toMatch(/> 2026-11-21 +C\d+ +Next, Nora +Bitten by the dog/);
    expect(op.text()).toContain('1/1');
    await op.press('escape');
    await op.type('gate');
    await op.press('enter');
    expect(op.header()).toContain('Rivera, Ana M');
    expect(tabText(op)).toMatch(/> Location +General +Gate code 4471/);
    await op.press('escape');
    expect(op.text()).toContain('Words in notes gate');
    expect(op.unexpected).toEqual([]);
  });

  test('says when nothing holds the words, and is not there for who may not read notes', async () => {
    const database = await town();
    const op = await signedInApp({ database });
    op.shell.desktop.open('note-search', { text: 'zebra' });
    await op.settled();
    expect(op.text()).toContain('No note holds all of these words.');
    const stranger = await signedInApp({ database, actor: actor('accounts.read') });
    stranger.shell.desktop.open('note-search', undefined);
    await stranger.settled();
    expect(stranger.text()).toContain('You may not open Search notes.');
  });
});
