import type { Size } from '#ui/screen.ts';
import type { ListLens } from '#ui/table/lens.ts';
import type { PanelSubject } from '../../tab.ts';
import { contactColumns, type ContactLine } from './columns.ts';
import { type ContactsState, linesOf, refitted } from './model.ts';

/** Lines below the list with what is primary of the selected contact, and the rule above them. */
const SUMMARY = 4;
/** With fewer lines the list has them all. */
const LEAST_ROWS = 10;
/** Type, notices, the names of the parts; the message below. */
export const HEAD = 3;
const MESSAGE = 1;

export interface ContactsLayout {
  /** Cells of the list; one for the rule, the rest for the fields. */
  readonly left: number;
  readonly right: number;
  readonly list: number;
  readonly summary: number;
  /** Lines for the fields of the open part. */
  readonly fields: number;
}

/** The list at the left, the selected contact at the right; neither ever covers the other. */
export function contactsLayout({ columns, rows }: Size): ContactsLayout {
  const left = Math.max(18, Math.min(Math.floor(columns * 0.4), columns - 30));
  const summary = rows >= LEAST_ROWS ? SUMMARY : 0;
  return {
    left,
    right: Math.max(1, columns - left - 1),
    list: rows - summary,
    summary,
    fields: Math.max(1, rows - HEAD - MESSAGE),
  };
}

export const contactsLens: ListLens<PanelSubject, ContactsState, ContactLine> = {
  scope: 'contacts',
  get: (state) => state.list,
  set: (state, list) => refitted({ ...state, list }),
  rows: linesOf,
  columns: () => contactColumns,
  key: (line) => line.key,
  height: (size) => contactsLayout(size).list,
  name: 'contacts',
  active: (state) => state.pane === 'list',
};
