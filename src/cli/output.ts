import { clean } from '#terminal/sanitize.ts';

/** Characters that a terminal obeys or a reader cannot see; JSON can escape every one of them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

const escaped = (character: string): string =>
  character === '\n'
    ? character
    : [...utf16(character)].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');

function* utf16(text: string): Generator<number> {
  for (let at = 0; at < text.length; at++) yield text.charCodeAt(at);
}

/** The same JSON value, in characters that are safe on a terminal; on one line when not indented. */
export const safeJson = (value: unknown, indent = 2): string =>
  (JSON.stringify(value ?? null, null, indent) ?? 'null').replace(UNSEEN, escaped);

/** Prints a line of text that may hold data. */
export const say = (text: string): void => void process.stdout.write(`${clean(text, { multiline: true })}\n`);

/** Prints to standard error, for who is watching rather than for a pipe. */
export const tell = (text: string): void => void process.stderr.write(`${clean(text, { multiline: true })}\n`);

/** Prints a value as JSON. */
export const sayJson = (value: unknown): void => void process.stdout.write(`${safeJson(value)}\n`);

export type Format = 'json' | 'table' | 'csv';

/** How a list verb prints: a table for people, JSON when asked. */
export const formatOf = (options: { readonly json?: boolean }): Format => (options.json ? 'json' : 'table');

/** Prints an operation's answer. */
export async function sayAnswer(answer: unknown, format: Format): Promise<void> {
  if (format === 'json') return sayJson(answer);
  const { csvText, rowsOf } = await import('./rows.ts');
  const rows = rowsOf(answer);
  if (format === 'csv') {
    process.stdout.write(await csvText(rows));
    return;
  }
  const { tableText } = await import('./table.ts');
  process.stdout.write(`${tableText(rows)}\n`);
}
