import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decoder } from '#terminal/decode.ts';
import type { Decoded } from '#terminal/decode.ts';
import { anyText } from '#test/support/texts.ts';

function decode(...chunks: string[]): Decoded[] {
  const decoder = new Decoder();
  return [...chunks.flatMap((chunk) => decoder.feed(chunk)), ...decoder.flush()];
}

const names = (...chunks: string[]): string[] =>
  decode(...chunks).flatMap((event) =>
    event.type === 'key' ? [event.key] : event.type === 'paste' ? [`paste:${event.text}`] : [],
  );

/** What each terminal family sends for the function keys F1 to F24. */
const FUNCTION_KEYS: Record<string, string[]> = {
  'xterm, VT220': [
    '\x1bOP',
    '\x1bOQ',
    '\x1bOR',
    '\x1bOS',
    '\x1b[15~',
    '\x1b[17~',
    '\x1b[18~',
    '\x1b[19~',
    '\x1b[20~',
    '\x1b[21~',
    '\x1b[23~',
    '\x1b[24~',
    '\x1b[25~',
    '\x1b[26~',
    '\x1b[28~',
    '\x1b[29~',
    '\x1b[31~',
    '\x1b[32~',
    '\x1b[33~',
    '\x1b[34~',
    '\x1b[42~',
    '\x1b[43~',
    '\x1b[44~',
    '\x1b[45~',
  ],
  'xterm, PC style': [
    '\x1b[P',
    '\x1b[Q',
    '\x1b[R',
    '\x1b[S',
    '\x1b[15~',
    '\x1b[17~',
    '\x1b[18~',
    '\x1b[19~',
    '\x1b[20~',
    '\x1b[21~',
    '\x1b[23~',
    '\x1b[24~',
    '\x1b[1;2P',
    '\x1b[1;2Q',
    '\x1b[1;2R',
    '\x1b[1;2S',
    '\x1b[15;2~',
    '\x1b[17;2~',
    '\x1b[18;2~',
    '\x1b[19;2~',
    '\x1b[20;2~',
    '\x1b[21;2~',
    '\x1b[23;2~',
    '\x1b[24;2~',
  ],
  'Linux console': [
    '\x1b[[A',
    '\x1b[[B',
    '\x1b[[C',
    '\x1b[[D',
    '\x1b[[E',
    '\x1b[17~',
    '\x1b[18~',
    '\x1b[19~',
    '\x1b[20~',
    '\x1b[21~',
    '\x1b[23~',
    '\x1b[24~',
    '\x1b[25~',
    '\x1b[26~',
    '\x1b[28~',
    '\x1b[29~',
    '\x1b[31~',
    '\x1b[32~',
    '\x1b[33~',
    '\x1b[34~',
  ],
  'rxvt, PuTTY': [
    '\x1b[11~',
    '\x1b[12~',
    '\x1b[13~',
    '\x1b[14~',
    '\x1b[15~',
    '\x1b[17~',
    '\x1b[18~',
    '\x1b[19~',
    '\x1b[20~',
    '\x1b[21~',
    '\x1b[23~',
    '\x1b[24~',
  ],
  kitty: [
    '\x1b[P',
    '\x1b[Q',
    '\x1b[13~',
    '\x1b[S',
    '\x1b[15~',
    '\x1b[17~',
    '\x1b[18~',
    '\x1b[19~',
    '\x1b[20~',
    '\x1b[21~',
    '\x1b[23~',
    '\x1b[24~',
    ...Array.from({ length: 12 }, (_, index) => `\x1b[${57376 + index}u`),
  ],
};

describe('function keys', () => {
  for (const [terminal, sequences] of Object.entries(FUNCTION_KEYS)) {
    test(`as sent by ${terminal}`, () => {
      expect(sequences.map((sequence) => names(sequence))).toEqual(sequences.map((_, index) => [`f${index + 1}`]));
    });
  }

  test('rxvt says the modifier with the last character', () => {
    expect(names('\x1b[23$', '\x1b[11^', '\x1b[3$', '\x1b[3^', '\x1b[3@')).toEqual([
      'f23',
      'ctrl+f1',
      'shift+delete',
      'ctrl+delete',
      'ctrl+shift+delete',
    ]);
  });
});

test.each([
  ['arrows', '\x1b[A\x1bOB\x1b[C\x1bOD', ['up', 'down', 'right', 'left']],
  [
    'arrows with modifiers',
    '\x1b[1;2A\x1b[1;5B\x1b[1;3C\x1b[1;6D',
    ['shift+up', 'ctrl+down', 'alt+right', 'ctrl+shift+left'],
  ],
  ['arrows of rxvt', '\x1b[a\x1bOb', ['shift+up', 'ctrl+down']],
  [
    'paging keys',
    '\x1b[5~\x1b[6~\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[2~\x1b[3~',
    ['pageup', 'pagedown', 'home', 'end', 'home', 'end', 'home', 'end', 'insert', 'delete'],
  ],
  ['tabs', '\t\x1b[Z', ['tab', 'shift+tab']],
  [
    'control characters',
    '\x00\x01\x13\x1a\x08\x7f\x1c\x1f',
    ['ctrl+space', 'ctrl+a', 'ctrl+s', 'ctrl+z', 'backspace', 'backspace', 'ctrl+\\', 'ctrl+_'],
  ],
  [
    'Alt',
    '\x1bx\x1bX\x1b1\x1b\r\x1b\x7f\x1b\x01',
    ['alt+x', 'alt+X', 'alt+1', 'alt+enter', 'alt+backspace', 'ctrl+alt+a'],
  ],
  ['Alt as a second Escape', '\x1b\x1b[A\x1b\x1bOP', ['alt+up', 'alt+f1']],
  [
    'CSI-u',
    '\x1b[97u\x1b[97;5u\x1b[97;2u\x1b[13u\x1b[27u\x1b[9;2u\x1b[57399u\x1b[97;1:3u\x1b[32;2u',
    ['a', 'ctrl+a', 'A', 'enter', 'escape', 'shift+tab', '0', 'space'],
  ],
  ['modifyOtherKeys', '\x1b[27;5;49~\x1b[27;2;65~', ['ctrl+1', 'A']],
  ['keypad', '\x1bOp\x1bOy\x1bOM\x1bOk\x1bOn', ['0', '9', 'enter', '+', '.']],
  ['keys held with the window system', '\x1b[1;9A\x1b[97;9ux', ['x']],
  ['eight-bit introducers', '\x9bA\x8fP', ['up', 'f1']],
])('%s', (_, text, expected) => {
  expect(names(text)).toEqual(expected);
});

describe('typing', () => {
  test('what was typed in one breath is one key after another, with Enter a key', () => {
    expect(names('12\rjj\r')).toEqual(['1', '2', 'enter', 'j', 'j', 'enter']);
  });

  test('characters are split as a reader counts them and carry their text', () => {
    expect(decode('é👨‍👩‍👧 漢')).toEqual([
      { type: 'key', key: 'é', text: 'é' },
      { type: 'key', key: '👨‍👩‍👧', text: '👨‍👩‍👧' },
      { type: 'key', key: 'space', text: ' ' },
      { type: 'key', key: '漢', text: '漢' },
    ]);
  });

  test('keys with a modifier carry no text', () => {
    expect(decode('\x1bx\x13')).toEqual([
      { type: 'key', key: 'alt+x' },
      { type: 'key', key: 'ctrl+s' },
    ]);
  });

  test('a lone Escape is the key once the wait is over', () => {
    const decoder = new Decoder();
    expect(decoder.feed('\x1b')).toEqual([]);
    expect(decoder.waiting).toBe('escape');
    expect(decoder.flush()).toEqual([{ type: 'key', key: 'escape' }]);
    expect(decoder.waiting).toBe(null);
  });
});

describe('paste', () => {
  test('is one event with its line breaks', () => {
    expect(names('a\x1b[200~one\r\ntwo\rthree\x1b[201~b')).toEqual(['a', 'paste:one\ntwo\nthree', 'b']);
  });

  test('escape sequences in it are text, not keys', () => {
    expect(names('\x1b[200~x\x1b[A\x1bOP\x1b[201~')).toEqual(['paste:x\x1b[A\x1bOP']);
  });

  test('whose end was lost is delivered when the wait is over, and keys work again', () => {
    const decoder = new Decoder();
    expect(decoder.feed('\x1b[200~partial\x1b[20')).toEqual([]);
    expect(decoder.waiting).toBe('paste');
    expect(decoder.flush()).toEqual([{ type: 'paste', text: 'partial\x1b[20' }]);
    expect(decoder.feed('q')).toEqual([{ type: 'key', key: 'q', text: 'q' }]);
  });
});

describe('what is not a key is never typed', () => {
  test.each([
    ['SGR mouse', '\x1b[<0;12;3M\x1b[<0;12;3m'],
    ['X10 mouse', '\x1b[M !!'],
    ['focus reports', '\x1b[I\x1b[O'],
    ['cursor position', '\x1b[24;80R'],
    ['device attributes', '\x1b[?62;22c\x1b[>0;276;0c'],
    ['mode report', '\x1b[?2026;2$y'],
    ['colour report', '\x1b]11;rgb:0000/0000/0000\x07\x1b]11;rgb:0000/0000/0000\x1b\\'],
    ['terminal version', '\x1bP>|xterm(390)\x1b\\'],
    ['unknown numbers', '\x1b[99~\x1b[61;2~'],
    ['an unfinished sequence', '\x1b[1;'],
  ])('%s', (_, text) => {
    expect(names(text)).toEqual([]);
    expect(names(`${text}${text.endsWith(';') ? '' : 'k'}`)).toEqual(text.endsWith(';') ? [] : ['k']);
  });

  test('answers of the terminal are reported as they came', () => {
    expect(decode('\x1b[0n')).toEqual([{ type: 'report', sequence: '\x1b[0n' }]);
  });
});

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...Object.values(FUNCTION_KEYS).flat(),
      '\x1b[A',
      '\x1b[1;5D',
      '\x1b\x1b[A',
      '\x1b[3$',
      '\x1b[97;5u',
      '\x1b[M !!',
      '\x1b[0n',
    ),
    fc.constantFrom(
      '\r',
      '\t',
      '\x7f',
      '\x01',
      '\x1b]11;rgb:1/2/3\x07',
      '\x1b[200~pasted\r\n\x1b[2\x1b[201~',
      '\x1bx',
      '\x1b\r',
    ),
    fc.string({
      unit: fc.constantFrom('a', 'Z', '7', ' ', 'é', '漢', '🙂', '[', 'O', '~', ';'),
      minLength: 1,
      maxLength: 5,
    }),
  ),
  { maxLength: 12 },
);

describe('properties', () => {
  test('the same bytes give the same events however they are split', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(200), { maxLength: 20 }), (parts, cuts) => {
        const text = parts.join('');
        const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
        const chunks = [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
        expect(decode(...chunks)).toEqual(decode(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('no bytes stop it, and no control character is ever typed', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (chunks) => {
        for (const event of decode(...chunks)) {
          if (event.type === 'key' && event.text !== undefined) expect(event.text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        }
        const decoder = new Decoder();
        for (const chunk of chunks) decoder.feed(chunk);
        decoder.flush();
        expect(decoder.feed('q')).toEqual([{ type: 'key', key: 'q', text: 'q' }]);
      }),
      { numRuns: 1000 },
    );
  });
});
