export { graphemes, pad, truncate, width } from './width.ts';

/** What stands for something that was taken out, so that the evidence stays visible. */
export const REMOVED = '\uFFFD';

export interface CleanOptions {
  /** Keeps line breaks (as `\n`); otherwise each becomes a space. */
  readonly multiline?: boolean;
  /** Longest result, in characters as a reader counts them. */
  readonly maxLength?: number;
  /** `show` (the default, for output) marks what was removed with U+FFFD; `drop` (for input) leaves nothing. */
  readonly removed?: 'show' | 'drop';
}

/** Text that needs no work: ASCII, composed Latin, Cyrillic, the usual punctuation, box drawing, ideographs, syllables. */
const PLAIN =
  /^[\x20-\x7e\xa1-\xac\xae-\u024f\u0410-\u044f\u1ea0-\u1ef9\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac\u2190-\u2193\u2500-\u257f\u4e00-\u9fff\uac00-\ud7a3]*$/;

/**
 * Escape sequences, each as a whole, in their 7-bit and 8-bit forms: control strings
 * (OSC, DCS, SOS, PM, APC) with their terminator, CSI, and the short ones. A control string that
 * is never ended loses its introducer only, so that it cannot swallow the rest of a name.
 */
const SEQUENCES = new RegExp(
  [
    '(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)',
    '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]',
    '\\x1b[ -/]*[0-~]',
    '\\x1b',
  ].join('|'),
  'g',
);

const LINE_BREAKS = /\r\n?|[\n\x0b\x0c\x85\u2028\u2029]/g;

/** Spaces of other widths; the ideographic space is kept, being two cells of its own. */
const SPACES = /[[\t\p{Zs}]--[\u{3000}]]/gv;

/**
 * Controls, unassigned and private code points, lone surrogates and everything that is
 * drawn as nothing: bidirectional controls, zero-width characters, tags, fillers.
 */
const INVISIBLE =
  /[[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}]--[\n\u{200C}\u{200D}\u{FE0E}\u{FE0F}\u{E0100}-\u{E01EF}]]/gv;

/** Joiners where they do nothing that a reader could see. */
const LOOSE_JOINERS =
  /(?<![\p{L}\p{M}])\u200C|\u200C(?![\p{L}\p{M}])|(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u200D|\u200D(?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/** Combining marks that stand on nothing, and those beyond the third on one character. */
const LOOSE_MARKS = /(?<=^|[\n\uFFFD])[\p{Mn}\p{Me}]+/gu;
const PILED_MARKS = /([\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]+/gu;

/**
 * Text from data, made safe for a terminal, a log, a file name or a letter: escape sequences
 * as a whole, control, bidirectional, zero-width, tag, private and unassigned characters are
 * removed, combining marks limited to three, the rest in Unicode's composed form (NFC).
 */
export function clean(text: string, options: CleanOptions = {}): string {
  const { multiline = false, maxLength, removed = 'show' } = options;
  const safe = PLAIN.test(text) ? text : cleanUnusual(text, multiline, removed === 'show' ? REMOVED : '');
  return maxLength === undefined || safe.length <= maxLength ? safe : firstCharacters(safe, maxLength);
}

function cleanUnusual(text: string, multiline: boolean, mark: string): string {
  let current = text;
  // Taking something out can bring the two halves of a sequence together: repeat until nothing changes.
  for (;;) {
    const next = cleanOnce(current, multiline, mark);
    if (next === current) return next;
    current = next;
  }
}

function cleanOnce(text: string, multiline: boolean, mark: string): string {
  return text
    .replace(SEQUENCES, mark)
    .normalize('NFC')
    .replace(LINE_BREAKS, multiline ? '\n' : ' ')
    .replace(SPACES, ' ')
    .replace(INVISIBLE, mark)
    .replace(LOOSE_JOINERS, mark)
    .replace(LOOSE_MARKS, mark)
    .replace(PILED_MARKS, '$1')
    .replace(/\uFFFD{2,}/g, REMOVED)
    .normalize('NFC');
}

function firstCharacters(text: string, count: number): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let length = 0;
  let characters = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (characters === count) break;
    characters += 1;
    length += segment.length;
  }
  return text.slice(0, length);
}
