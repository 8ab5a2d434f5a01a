import type { Column } from '#ui/table/columns.ts';

/** A contact in the list, with its primary address, e-mail and phone in short. */
export interface ContactLine {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly notices: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  /** Something in its fields was refused. */
  readonly wrong: boolean;
}

export const contactColumns: readonly Column<ContactLine>[] = [
  {
    id: 'name',
    title: 'Name',
    min: 14,
    grow: 3,
    priority: 9,
    text: ({ name, wrong }) => (wrong ? `! ${name}` : name),
    sortKey: ({ name }) => name,
  },
  { id: 'type', title: 'Type', min: 9, max: 24, grow: 1, priority: 8, text: ({ type }) => type },
  { id: 'phone', title: 'Phone', min: 14, priority: 7, text: ({ phone }) => phone },
  { id: 'notices', title: 'Notices', min: 7, priority: 4, text: ({ notices }) => notices },
  { id: 'email', title: 'Email', min: 20, grow: 1, priority: 3, text: ({ email }) => email },
  { id: 'address', title: 'Address', min: 24, grow: 1, priority: 2, text: ({ address }) => address },
];
