import type { DualMigration } from './dual.ts';

/** Tables of which rows are never replaced: their number is taken once and for all. */
const APPEND_ONLY = ['audit_entry', 'allocation', 'note_version', 'import_run'];
const LEDGER = ['ledger_transaction', 'ledger_line'];
const KEPT = [...APPEND_ONLY, ...LEDGER];

/** What identifies a row besides its id. */
const ALSO_UNIQUE: Readonly<Record<string, string>> = { audit_entry: ' or seq = new.seq' };

/**
 * SQLite's `insert or replace` removes the row in its way without asking the triggers of
 * `delete`, and `update or replace` likewise: who takes a row's identity is stopped before that.
 */
const replacing = KEPT.map((table) => ({
  name: `${table}_no_replace`,
  text: `create trigger ${table}_no_replace before insert on ${table} for each row
    when exists (select 1 from ${table} where id = new.id${ALSO_UNIQUE[table] ?? ''})
    begin select raise(abort, '${table}.id exists already'); end;`,
}));

const renaming = LEDGER.map((table) => ({
  name: `${table}_same_id`,
  text: `create trigger ${table}_same_id before update of id on ${table} for each row when old.id <> new.id
    begin select raise(abort, '${table} keeps its id'); end;`,
}));

/** PostgreSQL's `truncate` asks no trigger of rows. */
const emptying = KEPT.map((table) => ({
  name: `${table}_no_truncate`,
  text: `create trigger ${table}_no_truncate before truncate on ${table} for each statement execute function never_truncated();`,
}));

const NEVER_TRUNCATED = `create function never_truncated() returns trigger language plpgsql as $$
  begin raise exception '% is never emptied', tg_table_name; end $$;`;

/** Names of these guards: the checks compare them with what the database has. */
export const appendOnlyGuards = {
  sqlite: [...replacing, ...renaming].map(({ name }) => name),
  postgresql: emptying.map(({ name }) => name),
} as const;

/** What checkpoints of the audit trail know this database by, through backups and moves. */
const DATABASE_ID = 'databaseId';

/** Nothing logged or posted is replaced or emptied away; the audit trail is found by time, user and operation. */
export const migration: DualMigration = {
  name: '2026-11-26-append-only',
  sqlite: {
    up: [
      'create index `audit_entry_at` on `audit_entry` (`at`, `seq`);',
      'create index `audit_entry_user` on `audit_entry` (`user_id`, `at`, `seq`);',
      'create index `audit_entry_operation` on `audit_entry` (`operation`, `at`, `seq`);',
      ...[...replacing, ...renaming].map(({ text }) => text),
      `insert into company_option (name, value, version) values ('${DATABASE_ID}', '"' || lower(hex(randomblob(16))) || '"', 1);`,
    ],
  },
  postgresql: {
    up: [
      'create index "audit_entry_at" on "audit_entry" ("at", "seq");',
      'create index "audit_entry_user" on "audit_entry" ("user_id", "at", "seq");',
      'create index "audit_entry_operation" on "audit_entry" ("operation", "at", "seq");',
      NEVER_TRUNCATED,
      ...emptying.map(({ text }) => text),
      `insert into company_option (name, value, version) values ('${DATABASE_ID}', '"' || replace(gen_random_uuid()::text, '-', '') || '"', 1);`,
    ],
  },
};
