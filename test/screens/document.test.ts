import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DocLine,
  type DocMove,
  type DocPage,
  moveDoc,
  newDoc,
  placeOf,
  topsOf,
} from '#screens/account-panel/document/model.ts';
import { fact, folded } from '#screens/account-panel/document/lines.ts';
import { cellWidth } from '#ui/width.ts';

const lines = (column: number, stills: readonly boolean[]): DocLine[] =>
  stills.map((still, index) => ({ id: `${column}.${index}`, pieces: [`line ${index}`], still }));

const page = fc
  .array(fc.array(fc.boolean(), { maxLength: 40 }), { minLength: 1, maxLength: 3 })
  .map((columns): DocPage => ({ columns: columns.map((stills, at) => ({ width: 20, lines: lines(at, stills) })) }));

const move = fc.constantFrom<DocMove>('up', 'down', 'pageUp', 'pageDown', 'home', 'end', 'left', 'right');

test('whatever is pressed, the cursor stands on a line of its own and in sight', () => {
  fc.assert(
    fc.property(page, fc.array(move, { maxLength: 30 }), fc.integer({ min: 2, max: 30 }), (doc, moves, height) => {
      let state = newDoc;
      for (const each of moves) state = moveDoc(doc, state, each, height);
      const place = placeOf(doc, state);
      if (!place) return;
      expect(doc.columns[place.column]!.lines[place.index]!.still).not.toBe(true);
      const top = topsOf(doc, state, height)[place.column]!;
      expect(place.index).toBeGreaterThanOrEqual(top);
      expect(place.index).toBeLessThan(top + height);
    }),
  );
});

test('a long value goes on in further lines, each within its column and nothing lost', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zé漢]{1,12}$/u), { minLength: 1, maxLength: 20 }), (words) => {
      const width = 40;
      const made = folded([fact('a', 'Name', words.join(' '))], width);
      const text = made.map(({ pieces }) =>
        pieces.map((piece) => (typeof piece === 'string' ? piece : piece[0])).join(''),
      );
      for (const line of text) expect(cellWidth(line)).toBeLessThanOrEqual(width - 2);
      const shown = text.map((line) => line.slice(15).trim()).join(' ');
      expect(shown.split(/\s+/).join('')).toBe(words.join(''));
      expect(new Set(made.map(({ id }) => id)).size).toBe(made.length);
    }),
  );
});
