import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerpt, foldText, matchesAll, matchStretches, searchWords } from '#domain/matching.ts';

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

  test('where words begin, when that is asked', () => {
    const text = 'spreadsheet of reads';
    expect(matchStretches(['read'], text, true).map(([from, to]) => text.slice(from, to))).toEqual(['read']);
    expect(matchStretches(['read'], text)).toHaveLength(2);
  });

  test('an excerpt begins where most of the words stand together', () => {
    const text = `A spreadsheet of reads. ${'Nothing to see here. '.repeat(12)}The April read was estimated: snow. ${'And so on. '.repeat(12)}`;
    const shown = excerpt(['snow', 'read'], text, 80);
    expect(shown).toContain('The April read was estimated: snow.');
    expect(shown.length).toBeLessThanOrEqual(82);
    expect(excerpt(['zebra'], text, 40)).toMatch(/^A spreadsheet/);
    expect(excerpt(['x'], 'short\ntext', 40)).toBe('short text');
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
