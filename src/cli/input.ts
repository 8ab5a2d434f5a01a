import { UsageError } from './exit.ts';

let unread: string | null = null;

async function standardInput(): Promise<string> {
  if (unread !== null) return unread;
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece));
  unread = Buffer.concat(pieces).toString('utf8');
  return unread;
}

/** The next line of standard input, without its end. */
export async function firstLine(): Promise<string> {
  const text = await standardInput();
  const end = text.indexOf('\n');
  unread = end < 0 ? '' : text.slice(end + 1);
  return (end < 0 ? text : text.slice(0, end)).replace(/\r$/, '');
}

/** What is left of standard input. */
export async function rest(): Promise<string> {
  const text = await standardInput();
  unread = '';
  return text;
}

const ENTER = new Set(['\r', '\n']);
const BACKSPACE = new Set(['\u007F', '\b']);
const CANCEL = new Set(['\u0003', '\u0004', '\u001B']);

/**
 * Asks on the terminal for a line that is not shown.
 * @throws UsageError when nobody is there to answer, or the answer was cancelled
 */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) throw new UsageError(`${question.trim()} Give it on standard input (--password-stdin).`);
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    let typed: string[] = [];
    for await (const piece of stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<string>) {
      for (const character of piece) {
        if (ENTER.has(character)) return typed.join('');
        if (CANCEL.has(character)) throw new UsageError('Cancelled.');
        typed = BACKSPACE.has(character) ? typed.slice(0, -1) : [...typed, character];
      }
    }
    return typed.join('');
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

/** A new password: the next line of standard input, or asked for twice on the terminal. */
export async function newPassword(fromStandardInput: boolean): Promise<string> {
  if (fromStandardInput || !process.stdin.isTTY) return firstLine();
  const first = await askHidden('New password: ');
  if ((await askHidden('Again: ')) !== first) throw new UsageError('The two passwords differ.');
  return first;
}

/** Values of an option that is comma-separated, repeated, or both. */
export const listed = (value: string, before: readonly string[] = []): string[] => [
  ...before,
  ...value.split(',').map((part) => part.trim()),
];
