import { renderToString, Text } from 'ink';
import { type CellProps, Table } from 'ink-table';
import { createElement } from 'react';
import { cellWidth } from '#ui/width.ts';
import { columnsOf, type Row } from './rows.ts';

/** Wide enough that nothing wraps: the reader's terminal or pager decides about long lines. */
const NEVER_WRAP = 100_000;

/** Rows drawn at once: Ink keeps an object for every cell, and a long list of long notes would not fit in memory. */
const AT_ONCE = 8;

/** Rows as a ruled table without colours. */
export function tableText(rows: readonly Row[]): string {
  if (rows.length === 0) return '(nothing)';
  const columns = columnsOf(rows);
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => reach(row[name] ?? ''))));
  // ink-table counts UTF-16 units: cells are handed over at one length and drawn at their real width.
  const data = rows.map((row) =>
    Object.fromEntries(columns.map((name, at) => [name, (row[name] ?? '').padEnd(widths[at]!)])),
  );
  const cell = ({ column, children }: CellProps) => {
    const text = String(children).trim();
    return createElement(Text, null, ` ${text}${' '.repeat(Math.max(0, widths[column]! - cellWidth(text)))} `);
  };
  const plain = ({ children }: { children?: unknown }) => createElement(Text, null, String(children));
  const lines: string[] = [];
  for (let from = 0; from < data.length; from += AT_ONCE) {
    const some = data.slice(from, from + AT_ONCE);
    const props = { data: some, columns, cell, header: plain, skeleton: plain };
    const drawn = renderToString(createElement(Table<Record<string, string>>, props), { columns: NEVER_WRAP });
    const [top = '', heading = '', ...body] = drawn.split('\n');
    if (from === 0) lines.push(top, heading);
    lines.push(...(from + AT_ONCE < data.length ? body.slice(0, -1) : body));
  }
  return lines.join('\n');
}

const reach = (text: string): number => Math.max(text.length, cellWidth(text));
