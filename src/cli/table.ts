import { renderToString, Text } from 'ink';
import { type CellProps, Table } from 'ink-table';
import { createElement } from 'react';
import { cellWidth } from '#ui/width.ts';
import { columnsOf, type Row } from './rows.ts';

/** Wide enough that nothing wraps: the reader's terminal or pager decides about long lines. */
const NEVER_WRAP = 100_000;

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
  const table = createElement(Table<Record<string, string>>, { data, columns, cell, header: plain, skeleton: plain });
  return renderToString(table, { columns: NEVER_WRAP });
}

const reach = (text: string): number => Math.max(text.length, cellWidth(text));
