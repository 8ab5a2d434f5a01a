import type { DualMigration } from './dual.ts';

const FIELDS = ['level', 'type', 'used_for', 'created_by'];
const DATES = ['created_on', 'grace_on', 'expires_on'];
/** Year, month and day of a date are words of their own. */
const PIECES = [
  [1, 4],
  [6, 2],
  [9, 2],
];

const word = (value: string, isWord: string): string =>
  `insert into note_word (word, note_id) select ${value}, id from note where ${isWord} on conflict do nothing;`;

const FLAGS = [
  ['message_center', 'message'],
  ['message_center', 'center'],
  ['payment_center', 'payment'],
  ['payment_center', 'center'],
].map(([flag, text]) => word(`'${text}'`, `${flag} = 1`));

/**
 * Notes are found by all of their fields, not by subject and text alone. Of notes that are there, the
 * fields whose value is one word; their next change brings the rest.
 */
export const migration: DualMigration = {
  name: '2026-11-26-people-note-words',
  sqlite: {
    up: [
      ...FIELDS.map((field) => word(`lower(${field})`, `${field} <> '' and ${field} not glob '*[^A-Za-z0-9]*'`)),
      ...DATES.flatMap((date) =>
        PIECES.map(([from, length]) => word(`substr(${date}, ${from}, ${length})`, `${date} is not null`)),
      ),
      ...FLAGS,
    ],
  },
  postgresql: {
    up: [
      ...FIELDS.map((field) => word(`lower(${field})`, `${field} ~ '^[A-Za-z0-9]+$'`)),
      ...DATES.flatMap((date) =>
        PIECES.map(([from, length]) =>
          word(`substr(to_char(${date}, 'YYYY-MM-DD'), ${from}, ${length})`, `${date} is not null`),
        ),
      ),
      ...FLAGS,
    ],
  },
};
