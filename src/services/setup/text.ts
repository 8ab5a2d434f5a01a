import type { Document, LineCounter } from 'yaml';
import { Failure } from '../failure.ts';
import type { PlainRecord } from './document.ts';

const HEAD = [
  ' Setup of a utility: company options, accounts of the general ledger, code tables in their order,',
  ' groups with their rights, formats of paper.',
  ' What is left out is as usual. `meterdesk setup check FILE` tells what importing it would change.',
  ' Codes that a table here does not have are retired by an import; tables that are not here stay as they are.',
].join('\n');

/** A setup as text: a line for each thing that can change, so that two of them can be compared. */
export async function textOf(setup: PlainRecord): Promise<string> {
  const { default: yaml } = await import('yaml');
  const document = new yaml.Document(setup, { aliasDuplicateObjects: false });
  document.commentBefore = HEAD;
  return document.toString({ lineWidth: 0, defaultStringType: 'PLAIN', singleQuote: true });
}

type Path = readonly (string | number)[];

/** A setup as it was written: every value a text, or as layouts need them; and where each stands. */
export interface WrittenSetup {
  readonly said: unknown;
  /** The same with numbers and yes/no as such. */
  readonly typed: unknown;
  /** Line of the text in which something stands, or what holds it. */
  readonly lineOf: (path: Path) => number;
}

/** @throws Failure `invalid`, naming the line, when it is no YAML */
export async function readText(text: string): Promise<WrittenSetup> {
  const { default: yaml } = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const typed = yaml.parseDocument(text, { schema: 'core', prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const line = lines.linePos(error.pos[0]).line;
    const message = `Line ${line}: ${error.message.split('\n')[0]}`;
    throw new Failure('invalid', message, { text: message });
  }
  return {
    said: document.toJS({ maxAliasCount: 0 }) as unknown,
    typed: typed.toJS({ maxAliasCount: 0 }) as unknown,
    lineOf: (path) => lineOf(document, lines, path),
  };
}

/** Line of a path, or of the nearest that holds it. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]!).line;
  }
  return 1;
}
