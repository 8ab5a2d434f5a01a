import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCivilDate } from '#domain/civil-date.ts';
import { formatCents, parseCents } from '#domain/money.ts';
import { parseScaled } from '#domain/scaled-number.ts';
import { parseTypedDate } from '#domain/typed-date.ts';
import { type Decoded, Decoder } from '#terminal/decode.ts';
import { server } from './office.ts';
import { record, sized } from './record.ts';
import { seededRuns } from './seeded.ts';
import { anyText } from '#test/support/texts.ts';

/** What terminals send, and what looks like the beginning of it. */
const PIECES = [
  '\x1b',
  '\x1b[',
  '\x1bO',
  '\x1b[1;5A',
  '\x1b[200~',
  '\x1b[201~',
  '\x1b[2',
  '\x1b[M',
  '\x1b[<0;1;1M',
  '\x1b]11;rgb:0/0/0',
  '\x07',
  '\x1b\\',
  '\x9b',
  '\x9d',
  '\x9c',
  '\x1bP',
  '\x1b_',
  '\x1b[97;5u',
  '\x1b[I',
  '\r',
  '\n',
  '\t',
  '\x7f',
  '\0',
];
const bytes = fc.array(
  fc.oneof(fc.constantFrom(...PIECES), anyText({ maxLength: 4 }), fc.string({ unit: 'grapheme', maxLength: 3 })),
  { maxLength: 24 },
);

/** Events, with neighbouring keys' texts joined: where graphemes are cut depends on the packets. */
function meaning(events: readonly Decoded[]): string {
  return JSON.stringify(
    events.reduce<unknown[]>((all, event) => {
      const last = all.at(-1);
      if (event.type === 'key' && event.text !== undefined) {
        if (typeof last === 'string') all[all.length - 1] = last + event.text;
        else all.push(event.text);
      } else all.push(event);
      return all;
    }, []),
  );
}

function decode(chunks: readonly string[]): Decoded[] {
  const decoder = new Decoder();
  return [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.flush()];
}

const splitEverywhere = (text: string): string[] => text.split('');

describe.skipIf(server)('random input', () => {
  test('keys: nothing throws, types a control character, or swallows what comes after; packets do not matter', () => {
    const runs = seededRuns(5000, 200_000);
    const faults = fc.check(
      fc.property(bytes, fc.array(fc.nat(60), { maxLength: 8 }), (parts, cuts) => {
        const text = parts.join('');
        const whole = decode([text]);
        for (const event of whole) {
          if (event.type === 'key' && event.text !== undefined) expect(event.text).not.toMatch(/\p{Cc}/u);
        }
        const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
        const chunks = [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
        for (const packets of [chunks, parts, splitEverywhere(text)])
          expect(meaning(decode(packets))).toBe(meaning(whole));
        const decoder = new Decoder();
        for (const part of parts) decoder.feed(part);
        // A paste and a sequence may both be waiting for their end.
        decoder.flush();
        decoder.flush();
        expect(decoder.feed('q')).toEqual([{ type: 'key', key: 'q', text: 'q' }]);
      }),
      runs,
    );
    record('random keys decoded: faults', faults.failed ? 1 : 0, `${faults.numRuns} inputs, seed ${faults.seed}`);
    expect(fc.defaultReportMessage(faults) ?? null).toBeNull();
  });

  test('dates and amounts as typed: a day, an amount, or nothing, and nothing throws', () => {
    const typed = fc.oneof(
      anyText({ maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'0123456789/-.,+() $tdwmyCR'), maxLength: 14 }),
      fc.tuple(fc.nat(40), fc.constantFrom('/', '-', '.'), fc.nat(99_999)).map(([a, b, c]) => `${a}${b}${c}`),
    );
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    const faults = fc.check(
      fc.property(typed, day, fc.nat(6), (text, on, scale) => {
        const date = parseTypedDate(text, on.toISOString().slice(0, 10));
        expect(date === null || isCivilDate(date)).toBe(true);
        const cents = parseCents(text);
        if (cents !== null) {
          expect(Number.isSafeInteger(cents)).toBe(true);
          expect(parseCents(formatCents(cents))).toBe(cents);
        }
        const scaled = parseScaled(text, scale);
        expect(scaled === null || Number.isSafeInteger(scaled)).toBe(true);
      }),
      seededRuns(5000, 200_000),
    );
    record('random dates and amounts: faults', faults.failed ? 1 : 0, `${faults.numRuns} texts, seed ${faults.seed}`);
    expect(fc.defaultReportMessage(faults) ?? null).toBeNull();
  });
});

test.skipIf(server)('amounts that were written out are read as they were, to the cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), (cents) => {
      expect(parseCents(formatCents(cents))).toBe(cents);
    }),
    { numRuns: sized(2000, 100_000) },
  );
});
