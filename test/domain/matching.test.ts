import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText, matchesAll, matchStretches, searchWords } from '#domain/matching.ts';

const found = (search: string, text: string) =>
  matchStretches(searchWords(search), text).map(([from, to]) => text.slice(from, to));

describe('finding words in a text', () => {
  test('case, accents and width do not count; what is shown is the original', () => {
    expect(found('nunez', 'Señora NÚÑEZ, Núñez')).toEqual(['NÚÑEZ', 'Núñez']);
    expect(found('nunez', 'Nu\u0301n\u0303ez!')).toEqual(['Nu\u0301n\u0303ez']);
    expect(found('office', 'the oﬃce')).toEqual(['oﬃce']);
    expect(found('12', '１２')).toEqual(['１２']);
  });

  test('overlapping finds are one stretch', () => {
    expect(found('leak eaking', 'leaking')).toEqual(['leaking']);
    expect(found('aa', 'aaaa')).toEqual(['aaaa']);
    expect(found('x', 'nothing')).toEqual([]);
  });

  test('all words must be there, in whichever text', () => {
    expect(matchesAll(['leak', 'ana'], ['by Ana', null, 'a leak'])).toBe(true);
    expect(matchesAll(['leak', 'bob'], ['by Ana', null, 'a leak'])).toBe(false);
  });

  test('a stretch found in any text folds to the word, and lies within the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme' }),
        (before, word, after) => {
          const text = `${before} ${word} ${after}`;
          for (const [from, to] of matchStretches(searchWords(word), text)) {
            expect(from).toBeGreaterThanOrEqual(0);
            expect(to).toBeLessThanOrEqual(text.length);
            expect(from).toBeLessThan(to);
          }
          const words = searchWords(word);
          if (words.length > 0)
            expect(matchesAll(words, [text])).toBe(words.every((one) => foldText(text).includes(one)));
        },
      ),
    );
  });
});
