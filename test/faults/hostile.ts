import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts that drive a terminal, hide, turn round, break columns or end a statement. */
const OWN = [
  '\x1b[31mPAID\x1b[0m',
  '\x1b[2J\x1b[Hgone',
  '\x1b]0;title\x07',
  '\x1b]52;c;QQ==\x07',
  '\x1b]8;;http://example.com\x07link\x1b]8;;\x07',
  '\x1bP+q544e\x1b\\',
  '\x1b_apc\x1b\\',
  '\x1b[6n',
  '\x1bc',
  '\x1b[?1049l',
  '\x1b]unended',
  '\x9b2J',
  '\x9d52;c;QQ==\x9c',
  'bell\x07 back\x08\x08 null\0 del\x7f',
  'left\rright',
  'one\ntwo\r\nthree\u2028four',
  'tab\ttab',
  '\u202Ereversed\u202C',
  '\u2066isolated\u2069',
  'zero\u200Bwidth\uFEFF',
  '\u{E0041}\u{E007F}tags',
  'e\u0301\u0301\u0301\u0301\u0301\u0301',
  '漢字'.repeat(30),
  '👩‍👩‍👧‍👦 family 🇺🇸',
  '﷽﷽﷽',
  "Robert'); drop table note;--",
  '=1+1',
  '<script>alert(1)</script>',
  '%s%n{{7*7}}${7*7}',
  'x'.repeat(300),
  '\ud800half',
  '  leading and trailing  ',
];

const folder = process.env['METERDESK_REAL_DATA'] ? join(process.env['METERDESK_REAL_DATA'], 'naughty') : '';

/** Own texts, and those of public lists where they are (METERDESK_REAL_DATA). */
export function hostileTexts(most: number): string[] {
  if (!existsSync(folder)) return some(OWN, most);
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const files = readdirSync(join(folder, 'xterm_escape_sequence_files')).filter((name) => name.endsWith('.in'));
  const lists = [
    ...(JSON.parse(read('blns.json')) as string[]),
    ...files.map((name) => read('xterm_escape_sequence_files', name).slice(0, 400)),
  ];
  return some([...OWN, ...lists], most);
}

/** So many of a list, of all its parts. */
const some = (texts: readonly string[], most: number): string[] =>
  texts.filter((_, place) => place % Math.ceil(texts.length / most) === 0);

/** What the program itself sends: places, colours, lines cleared and scrolled, modes. */
const SENT =
  /\x1b\[[0-9;]*[HmKJLMSTXCGdr@PABD]|\x1b\[\?[0-9;]*[hl]|\x1b\[[0-9]* q|\x1b\]8;;[^\x07\x1b]*(?:\x07|\x1b\\)/g;

const HARMFUL = /[^\P{Cc}\r\n\x08]|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * What is left in a program's output that a terminal obeys, or that hides or turns round what
 * stands beside it; each with what surrounds it.
 */
export function obeyed(output: string): string[] {
  const rest = output.replaceAll(SENT, '');
  return [...rest.matchAll(HARMFUL)].map(({ index }) =>
    JSON.stringify(rest.slice(Math.max(0, index - 12), index + 24)),
  );
}
