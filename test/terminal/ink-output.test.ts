import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { parseRow } from '#terminal/cells.ts';
import InkOutput from '#terminal/ink-output.ts';
import measure from '#terminal/string-width.ts';

interface Grid {
  write(x: number, y: number, text: string, options: { transformers: ((line: string) => string)[] }): void;
  clip(clip: { x1?: number; x2?: number; y1?: number; y2?: number }): void;
  unclip(): void;
  get(): { output: string; height: number };
}

const inkFile = new URL('../../node_modules/ink/build/output.js', import.meta.url).href;
const { default: Original } = (await import(inkFile)) as {
  default: new (size: { width: number; height: number }) => Grid;
};

const WIDTH = 20;
const HEIGHT = 6;

const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', '│', 'é'), minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        '漢字',
        '한',
        '\n',
        '\x1b[1m',
        '\x1b[22m',
        '\x1b[7m',
        '\x1b[27m',
        '\x1b[31m',
        '\x1b[39m',
        '\x1b[44m',
        '\x1b[49m',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const bound = fc.option(fc.integer({ min: -2, max: WIDTH + 2 }), { nil: undefined });
const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      x: fc.integer({ min: -3, max: WIDTH }),
      y: fc.integer({ min: -1, max: HEIGHT }),
      text,
      inverse: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clip' as const), x: fc.tuple(bound, bound), y: fc.tuple(bound, bound) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'unclip' as const }) },
);

type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

function draw(grid: Grid, operations: readonly Operation[]): string[] {
  let clips = 0;
  for (const one of operations) {
    if (one.kind === 'write') {
      // Ink leaves what lies left of its first column to chance.
      if (one.x < 0 && clips === 0) continue;
      grid.write(one.x, one.y, one.text, { transformers: one.inverse ? [(line) => `\x1b[7m${line}\x1b[27m`] : [] });
    } else if (one.kind === 'clip') {
      clips += 1;
      grid.clip({
        x1: Math.max(0, one.x[0] ?? 0),
        x2: Math.min(WIDTH, one.x[1] ?? WIDTH),
        y1: Math.max(0, one.y[0] ?? 0),
        y2: Math.min(HEIGHT, one.y[1] ?? HEIGHT),
      });
    } else if (clips > 0) {
      clips -= 1;
      grid.unclip();
    }
  }
  return grid.get().output.split('\n');
}

const cells = (lines: readonly string[]) =>
  lines.map((line) => {
    const { glyphs, styles } = parseRow(line, WIDTH);
    return [Array.from(glyphs), Array.from(styles)];
  });

test('the same writes give the same screen as on the grid of Ink', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 8 }), (operations) => {
      const ours = draw(new InkOutput({ width: WIDTH, height: HEIGHT }), operations);
      const theirs = draw(new Original({ width: WIDTH, height: HEIGHT }), operations);
      expect(cells(ours)).toEqual(cells(theirs));
    }),
    { numRuns: 800 },
  );
});

test('texts are measured as string-width measures them', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      'a',
      'é',
      '漢',
      'ừ',
      'Ж',
      'Ω',
      '한',
      'か',
      'カ',
      '…',
      '─',
      '›',
      '●',
      '\x1b[1m',
      '\x1b[0m',
      '\u0301',
      '\u200d',
      '\ufe0f',
      '🙂',
      '\u3099',
      'ﾞ',
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit }), (sample) => {
      expect(measure(sample)).toBe(stringWidth(sample));
    }),
    { numRuns: 2000 },
  );
});
