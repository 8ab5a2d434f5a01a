import { describe, expect, test } from 'vitest';
import type { FormOverlayState } from '#app/overlays/form/actions.ts';
import type { Database } from '#db/database.ts';
import { entities } from '#db/entities/index.ts';
import type { Schema } from '#db/schema.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { tabs } from '#screens/account-panel/tabs/index.ts';
import { screens } from '#screens/index.ts';
import { digestOf } from '#test/import/support.ts';
import { freshDatabase } from '#test/support/database.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';
import { hostileTexts, obeyed } from './hostile.ts';
import { server } from './office.ts';
import { record, sized } from './record.ts';

/** How somebody comes to a form. */
interface Way {
  readonly screen: string;
  readonly tab: string | null;
  readonly key: string;
  readonly title: string;
}

async function utility(): Promise<{ database: Database; accountId: number }> {
  const database = await freshDatabase();
  const town = new Utility(database);
  const account = await town.household();
  await town.note({ body: 'A note', account_id: account.id, customer_id: account.customerId });
  await rebuildIndex(database);
  return { database, accountId: account.id };
}

const formOf = (op: Operator): FormOverlayState | null => {
  const top = op.shell.overlays.top;
  return top?.definition.kind === 'form' ? (top.store.getState() as unknown as FormOverlayState) : null;
};

async function goTo(op: Operator, { screen, tab }: Pick<Way, 'screen' | 'tab'>, accountId: number): Promise<void> {
  op.shell.signOut();
  op.shell.enter(op.actor);
  await op.settled();
  if (tab === null) op.shell.desktop.jump(screen, screens.find(({ id }) => id === screen)?.parseArgument?.('A1'));
  else op.shell.desktop.open('account', { accountId, tab });
  await op.settled();
}

/** Every form that a key of any screen or tab opens. */
async function waysToForms(): Promise<Way[]> {
  const { database, accountId } = await utility();
  const op = await signedInApp({ database });
  const places = [
    ...screens.map(({ id }) => ({ screen: id, tab: null })),
    ...tabs.map(({ id }) => ({ screen: 'account', tab: id })),
  ];
  const ways: Way[] = [];
  for (const place of places) {
    await goTo(op, place, accountId);
    const commands = op.shell.scopes()[0]!.commands.filter((command) => command.when() === true);
    for (const key of commands.flatMap((command) => command.keys[0] ?? [])) {
      await goTo(op, place, accountId);
      await op.press(key);
      if (!formOf(op)) continue;
      ways.push({ ...place, key, title: `${place.tab ?? place.screen} ${key}` });
    }
  }
  op.unmount();
  return ways;
}

/** Tables that tell of what was done, not what was typed. */
const UNTOLD = ['audit_entry', 'draft'];

/** Where it might be stored; notes first, being the texts that most forms write. */
const tables = ['note', ...entities.map((entity) => entity.meta.tableName)].filter((table) => !UNTOLD.includes(table));

/** Whether some row of any table holds exactly one of these texts. */
async function isStored({ db }: Database, texts: readonly string[]): Promise<boolean> {
  for (const table of tables) {
    const rows = await db
      .selectFrom(table as keyof Schema)
      .selectAll()
      .execute();
    if (rows.some((row) => Object.values(row).some((value) => texts.includes(value as string)))) return true;
  }
  // Why something was done stands in the trail alone.
  const reasons = await db.selectFrom('audit_entry').select('reason').execute();
  return reasons.some(({ reason }) => texts.includes(reason!));
}

describe.skipIf(server)('hostile texts', () => {
  test('in every text field of every form: the screen stays whole, and what is shown as typed is stored', async () => {
    const ways = await waysToForms();
    expect(ways.length).toBeGreaterThan(0);
    const texts = hostileTexts(sized(8, 1000));
    const forbidden: string[] = [];
    const otherwise: string[] = [];
    let tried = 0;
    let saved = 0;
    let stored = 0;
    for (const way of ways) {
      const { database, accountId } = await utility();
      const op = await signedInApp({ database });
      await goTo(op, way, accountId);
      await op.press(way.key);
      const opened = formOf(op);
      if (!opened) {
        // It opens only after what another key did, such as making a location a rental.
        op.unmount();
        continue;
      }
      const { fields } = opened.form;
      for (const field of fields.filter(({ kind }) => kind === 'text' || kind === 'multiline')) {
        for (const text of texts) {
          await goTo(op, way, accountId);
          await op.press(way.key);
          if (!formOf(op)) break;
          if (formOf(op)!.message.includes('draft')) await op.press('f5');
          for (let n = 0; n < fields.length && fields[formOf(op)!.form.focus]!.name !== field.name; n++) {
            const { form } = formOf(op)!;
            const here = form.fields[form.focus]!;
            // What is needed besides, so that it can be saved.
            if (here.required && here.kind !== 'code' && !form.values[here.name]) await op.type('A text');
            await op.press('tab');
          }
          op.shell.dispatch({ type: 'paste', text });
          await op.settled();
          tried += 1;
          const typed = formOf(op)!.form.values[field.name];
          expect(op.unexpected, `${way.title}, ${field.label}`).toEqual([]);
          expect(op.lines()).toHaveLength(24);
          expect(op.header()).toContain('meterdesk');
          const bad = op
            .lines()
            .join('')
            .match(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
          if (bad) forbidden.push(`${way.title}, ${field.label}: ${JSON.stringify(text)} on the screen`);
          const before = await digestOf(database, UNTOLD);
          await op.press('f9');
          const after = formOf(op);
          if (after !== null && !(field.name in after.form.values)) {
            // Taken as a part of something larger, of which the next part is asked.
            saved += 1;
            await op.press('escape');
            continue;
          }
          if (after !== null) {
            // Refused at the field or as a whole, and still there as it was typed.
            expect(String(after.form.values[field.name]).trim()).toBe(String(typed).trim());
            continue;
          }
          saved += 1;
          // A filter, or the name of a file to write, is not stored.
          if ((await digestOf(database, UNTOLD)) === before) continue;
          stored += 1;
          // A number typed as text is stored as a number.
          if (/^\d+$/.test(String(typed))) continue;
          // As declared: no halves of surrogate pairs, and none of the space around it.
          const whole = String(typed).toWellFormed();
          const kept = [whole, whole.trim(), whole.trimEnd()].filter(Boolean);
          // Options are stored as JSON.
          const found =
            kept.length === 0 || (await isStored(database, [...kept, ...kept.map((text) => JSON.stringify(text))]));
          if (!found) otherwise.push(`${way.title}, ${field.label}: ${JSON.stringify(text)}`);
          const output = obeyed(op.output());
          forbidden.push(...output.map((where) => `${way.title}, ${field.label}: ${where}`));
        }
      }
      op.unmount();
    }
    const over = `${tried} texts in ${ways.length} forms (${ways.map(({ title }) => title).join(', ')}), ${saved} taken, ${stored} stored`;
    record('hostile texts in forms: bytes that a terminal obeys', forbidden.length, over);
    record('hostile texts in forms: stored otherwise than typed', otherwise.length, over);
    expect(forbidden).toEqual([]);
    expect(otherwise).toEqual([]);
    expect(stored).toBeGreaterThan(0);
  });
});
