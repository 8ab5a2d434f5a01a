import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvText, rowsOf } from '#cli/rows.ts';
import { safeJson } from '#cli/output.ts';
import { tableText } from '#cli/table.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { list } from '#services/lookup/list.ts';
import { listNotes } from '#services/notes/read.ts';
import { operationNamed } from '#services/index.ts';
import { width } from '#terminal/width.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

const folder = process.env['METERDESK_REAL_DATA'] ? join(process.env['METERDESK_REAL_DATA'], 'naughty') : '';

/** Public lists of strings that programs trip over, names in many scripts, and files made to drive terminals. */
function corpus(): string[] {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const sequences = 'xterm_escape_sequence_files';
  const files = readdirSync(join(folder, sequences)).filter((name) => name.endsWith('.in'));
  const texts = [
    ...(JSON.parse(read('blns.json')) as string[]),
    ...read('names_multiscript_faker.csv').split('\n').slice(1, 200),
    ...files.map((name) => read(sequences, name).slice(0, 600)),
  ];
  return texts.map((text) => text.replaceAll('\0', '').toWellFormed()).filter((text) => text.trim() !== '');
}

/** Nothing that a terminal obeys, and nothing that hides or turns round what stands beside it. */
const OBEYED = /[^\P{Cc}\r\n]|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** The last column of a row that holds anything. */
const endOfRow = (cells: readonly { readonly text: string }[]): number =>
  cells.findLastIndex(({ text }) => text.trim() !== '');

test.skipIf(!existsSync(folder))(
  'strings that programs trip over, as names, addresses and notes: lists, exports, tables and JSON stay whole (METERDESK_REAL_DATA)',
  { timeout: 120_000 },
  async () => {
    const database = await freshDatabase();
    const town = new Utility(database);
    const texts = corpus();
    for (const text of texts) {
      const place = await town.location(text, { city: text });
      await town.account(await town.customer(text, { sort_name: text }), place);
    }
    const home = await town.household();
    const call = runnerFor(database);
    const addNote = operationNamed('note.add')!;
    for (const text of texts.slice(0, 300)) {
      const note = { level: 'account', body: `Said: ${text}`.slice(0, 4000), accountId: home.id };
      await call(addNote, note).catch(({ message }: Error) => expect(message).not.toMatch(OBEYED));
    }
    await rebuildIndex(database);

    const page = await call(list, { order: 'name', direction: 'forward', from: null, filters: {}, limit: 500 });
    expect(page.rows).toHaveLength(500);
    const notes = await call(listNotes, { accountId: home.id, text: '' });
    for (const answer of [page.rows, notes]) {
      const rows = rowsOf(answer);
      expect(safeJson(answer)).not.toMatch(OBEYED);
      expect(await csvText(rows)).not.toMatch(OBEYED);
      const table = tableText(rows.slice(0, 60));
      expect(table).not.toMatch(OBEYED);
      expect(new Set(table.split('\n').map(width)).size).toBe(1);
    }

    const op = await signedInApp({ database });
    op.shell.desktop.open('look-up', undefined);
    await op.settled();
    for (let pages = 0; pages * 15 < texts.length; pages++) {
      const lines = op.lines();
      expect(op.unexpected).toEqual([]);
      expect(lines).toHaveLength(24);
      expect(op.header()).toContain('meterdesk');
      expect(op.footer()).toContain('F1');
      for (const line of lines) {
        expect(line).not.toMatch(OBEYED);
      }
      // Whatever a terminal makes of a name, the columns behind it stand where they stand in other rows.
      const ends = lines.flatMap((line, row) => (/ A\d{4} /.test(line) ? [endOfRow(op.cells()[row]!)] : []));
      expect(new Set(ends).size, lines.join('\n')).toBeLessThanOrEqual(1);
      await op.press('pagedown');
    }
  },
);
