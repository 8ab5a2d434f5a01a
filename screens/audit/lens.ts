import type { AuditRow } from '#services/audit/rows.ts';
import type { Size } from '#ui/screen.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import { everything, more } from './fetch.ts';
import type { AuditParams, AuditState } from './model.ts';

/** The line that says what the list is narrowed to. */
const HEAD = 1;
const LEAST = 4;

/** Lines of the list, and of what changed in the entry with the cursor below the rule between them. */
export function layout({ rows }: Size): { readonly list: number; readonly text: number } {
  const room = Math.max(LEAST + 2, rows - HEAD - 1);
  const text = Math.max(2, Math.floor(room * 0.35));
  return { list: room - text, text };
}

export const lens: ListLens<AuditParams | undefined, AuditState, AuditRow> = {
  scope: 'audit',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (row) => row.id,
  height: (size) => layout(size).list,
  name: 'audit-trail',
  nearEnd: more,
  all: everything,
};
