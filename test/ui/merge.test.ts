import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FormField } from '#ui/form/definition.ts';
import { bothTexts, compareThree, mergedValues, undecided } from '#ui/form/merge.ts';

const NAMES = ['a', 'b', 'c', 'd'] as const;
const fields: FormField[] = [
  { name: 'a', label: 'A', kind: 'text' },
  { name: 'b', label: 'B', kind: 'multiline' },
  { name: 'c', label: 'C', kind: 'code' },
  { name: 'd', label: 'D', kind: 'flag' },
];
const text = fc.constantFrom('', 'x', 'y', 'z');
const values = fc.record({ a: text, b: text, c: text, d: fc.boolean() });

describe('comparing three ways', () => {
  test('what one side alone changed is taken by itself, what both changed alike is none, the rest waits', () => {
    fc.assert(
      fc.property(values, values, values, (base, mine, theirs) => {
        const differences = new Map(compareThree(fields, base, mine, theirs).map((one) => [one.field.name, one]));
        for (const name of NAMES) {
          const one = differences.get(name);
          if (mine[name] === theirs[name]) expect(one).toBeUndefined();
          else if (mine[name] === base[name]) expect(one).toMatchObject({ clash: false, side: 'theirs' });
          else if (theirs[name] === base[name]) expect(one).toMatchObject({ clash: false, side: 'mine' });
          else expect(one).toMatchObject({ clash: true, side: null, mine: mine[name], theirs: theirs[name] });
        }
      }),
    );
  });

  test('merging is the same from either side but for what both changed, and loses no change of one side', () => {
    fc.assert(
      fc.property(values, values, values, (base, mine, theirs) => {
        const here = compareThree(fields, base, mine, theirs);
        const there = compareThree(fields, base, theirs, mine);
        const clashes = new Set(undecided(here).map(({ field }) => field.name));
        const one = mergedValues(mine, theirs, here);
        const other = mergedValues(theirs, mine, there);
        for (const name of NAMES) {
          if (clashes.has(name)) expect([one[name], other[name]]).toEqual([mine[name], theirs[name]]);
          else expect(one[name]).toBe(other[name]);
          if (theirs[name] !== base[name] && mine[name] === base[name]) expect(one[name]).toBe(theirs[name]);
        }
      }),
    );
  });

  test('merged once, the result clashes with nothing when it is compared again', () => {
    fc.assert(
      fc.property(values, values, values, (base, mine, theirs) => {
        const merged = mergedValues(mine, theirs, compareThree(fields, base, mine, theirs));
        expect(undecided(compareThree(fields, theirs, merged, theirs))).toEqual([]);
      }),
    );
  });

  test('what is shown only is never the operator’s, and a typed secret is shown to nobody', () => {
    const more: FormField[] = [
      { name: 'r', label: 'R', kind: 'readonly' },
      { name: 's', label: 'S', kind: 'secret' },
    ];
    const [mine, theirs] = [
      { r: 'old', s: 'typed' },
      { r: 'new', s: '' },
    ];
    expect(compareThree(more, { r: 'old', s: '' }, mine, theirs)).toEqual([]);
    expect(mergedValues(mine, theirs, [])).toMatchObject({ s: 'typed' });
  });

  test('a secret with a mask is compared by masks, waits for a word, and no mask becomes the secret', () => {
    const masked: FormField[] = [{ name: 's', label: 'S', kind: 'secret', mask: { kept: 'dots', typed: () => '•3' } }];
    const [base, mine, theirs] = [
      { s: '', dots: '•1' },
      { s: '123', dots: '•1' },
      { s: '', dots: '•2' },
    ];
    const [difference, ...others] = compareThree(masked, base, mine, theirs);
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ base: '•1', mine: '•3', theirs: '•2', side: null });
    expect(mergedValues(mine, theirs, [{ ...difference!, side: 'mine' }])).toMatchObject({ s: '123' });
    expect(mergedValues(mine, theirs, [{ ...difference!, side: 'theirs' }])).toMatchObject({ s: '' });
    expect(compareThree(masked, base, { ...mine, s: '' }, theirs)).toEqual([]);
  });
});

describe('two texts below one another', () => {
  test('every line of both is there, what they share at the ends once', () => {
    const lines = fc.array(fc.constantFrom('one', 'two', 'three', ''), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, lines, (mine, theirs) => {
        const both = bothTexts(mine.join('\n'), theirs.join('\n')).split('\n');
        for (const line of [...mine, ...theirs]) expect(both).toContain(line);
        expect(both.length).toBeLessThanOrEqual(mine.length + theirs.length);
        if (mine.join('\n') === theirs.join('\n')) expect(both).toEqual(mine);
      }),
    );
    expect(bothTexts('Called.\nNo answer.\ntess', 'Called.\nPaid.\ntess')).toBe('Called.\nNo answer.\nPaid.\ntess');
  });
});
