import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, graphemes, pad, truncate, width } from '#terminal/sanitize.ts';
import { anyText } from '#test/support/texts.ts';

describe('clean', () => {
  test.each([
    ['colour', 'a\x1b[31mRED\x1b[0m', 'a�RED�'],
    ['window title', '\x1b]0;owned\x07Ann', '�Ann'],
    ['clipboard', 'Ann\x1b]52;c;cm0gLXJm\x1b\\', 'Ann�'],
    ['link', '\x1b]8;;http://evil.example\x1b\\bill\x1b]8;;\x1b\\', '�bill�'],
    ['eight-bit forms', '\x9b31mA\x9d0;t\x9cB', '�A�B'],
    ['device control', 'A\x1bPq#0\x1b\\B', 'A�B'],
    ['full reset', '\x1bcA', '�A'],
    ['an unfinished control string keeps the name', '\x1b]52;Ann', '�52;Ann'],
    ['controls', 'A\x00\x07\x08\x7fB', 'A�B'],
    ['right-to-left override', 'Ann\u202Enna', 'Ann�nna'],
    ['isolates and marks', '\u2066A\u2069\u200E\u200F\u061C', '�A�'],
    ['zero width', 'An\u200Bn\u2060\uFEFF', 'An�n�'],
    ['tags', 'A\u{E0041}\u{E007F}', 'A�'],
    ['private and unassigned', 'A\uE000B\u0378', 'A�B�'],
    ['lone surrogates', 'A\uD800B', 'A�B'],
    ['fillers that look empty', 'A\u3164\u115F', 'A�'],
    ['soft hyphen', 'A\u00ADB', 'A�B'],
    ['piled marks', 'a\u0323\u0301\u0302\u0303\u0304\u0305b', 'ạ́̂̃b'],
    ['a mark on nothing', '\u0301A', '�A'],
  ])('%s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  test('leaves names of all scripts, emoji and joined letters as they are, composed', () => {
    for (const name of [
      'José',
      'Nguyễn Thị Ánh',
      'Ωmega',
      'Иванов',
      '王小明',
      'محمد',
      'می‌خواهم',
      'שלום',
      'สมชาย',
      'क्षितिज',
      '김민준',
      '👨‍👩‍👧',
      '❤️',
      '1️⃣',
    ]) {
      expect(clean(name)).toBe(name.normalize('NFC'));
    }
    expect(clean('Jose\u0301')).toBe('José');
  });

  test('line breaks are kept where there are lines, and are spaces otherwise', () => {
    expect(clean('a\r\nb\rc\nd\u2028e\tf', { multiline: true })).toBe('a\nb\nc\nd\ne f');
    expect(clean('a\r\nb\nc\u00A0d')).toBe('a b c d');
  });

  test('on the way in nothing is left of what was removed', () => {
    expect(clean('A\x1b[2Jn\u200Bn', { removed: 'drop' })).toBe('Ann');
  });

  test('cuts to a length between characters', () => {
    expect(clean('👨‍👩‍👧👨‍👩‍👧x', { maxLength: 2 })).toBe('👨‍👩‍👧👨‍👩‍👧');
    expect(clean('abcdef', { maxLength: 3 })).toBe('abc');
  });

  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        '\x1b',
        '[',
        ']',
        'P',
        '\\',
        '\x07',
        '\x9b',
        '\x9d',
        '\x9c',
        '5',
        ';',
        'm',
        'a',
        '\r',
        '\n',
        '\t',
        '\u0301',
        '\u200D',
        '\u200C',
        '\u202E',
        '🙂',
        '漢',
        '\uFE0F',
        '\uFFFD',
      ),
      anyText({ minLength: 1, maxLength: 1 }),
    ),
  });
  const forbidden =
    /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

  test('no text at all gets a control, escape or invisible character through', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, show) => {
        const removed = show ? 'show' : 'drop';
        expect(clean(text, { removed })).not.toMatch(forbidden);
        expect(clean(text, { removed, multiline: true }).replaceAll('\n', '')).not.toMatch(forbidden);
      }),
      { numRuns: 3000 },
    );
  });

  test('is settled after one pass, and composed', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, multiline) => {
        const once = clean(text, { multiline });
        expect(clean(once, { multiline })).toBe(once);
        expect(once.normalize('NFC')).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  const folder = process.env['METERDESK_REAL_DATA'] ? join(process.env['METERDESK_REAL_DATA'], 'naughty') : '';
  test.skipIf(!existsSync(folder))('a public collection of hostile strings (needs METERDESK_REAL_DATA)', () => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      for (const line of readFileSync(join(folder, entry.name), 'utf8').split('\n'))
        expect(clean(line)).not.toMatch(forbidden);
    }
  });
});

describe('widths', () => {
  test('are cells, not characters', () => {
    expect([width('abc'), width('漢字'), width('é'), width('🙂'), width('')]).toEqual([3, 4, 1, 2, 0]);
  });

  const texts = fc.string({ unit: fc.constantFrom('a', 'B', ' ', 'é', '漢', '🙂', '👨‍👩‍👧', 'क्षि', '́') });

  test('pad is always exactly as wide as asked, truncate never wider', () => {
    fc.assert(
      fc.property(
        texts,
        fc.nat(30),
        fc.constantFrom('left' as const, 'right' as const),
        fc.constantFrom('…', '...', ''),
        (text, cells, align, ellipsis) => {
          expect(width(pad(text, cells, align, ellipsis))).toBe(cells);
          expect(width(truncate(text, cells, ellipsis))).toBeLessThanOrEqual(cells);
        },
      ),
    );
  });

  test('what fits stays whole, what does not ends in the ellipsis between two characters', () => {
    expect(truncate('abcdef', 6)).toBe('abcdef');
    expect(truncate('abcdef', 4)).toBe('abc…');
    expect(truncate('漢字漢字', 6)).toBe('漢字…');
    expect(pad('漢字漢', 5)).toBe('漢字…');
    expect(pad('7', 3, 'right')).toBe('  7');
    expect(graphemes('e👨‍👩‍👧')).toEqual(['e', '👨‍👩‍👧']);
  });
});
