import type { DualMigration } from '../orm-options.ts';

/**
 * The look-up index (guide: data §3), clustered on its key. Written by hand: SQLite needs
 * `without rowid`, PostgreSQL a byte-wise collation, for range scans of a prefix.
 */
export const migration: DualMigration = {
  name: '2026-11-22-look-up',
  sqlite: {
    up: [
      `create table search_key (kind integer not null, key text not null, subject_id integer not null,
        account_id integer not null, primary key (kind, key, subject_id, account_id)) without rowid;`,
      'create index search_key_subject on search_key (subject_id);',
      'create table search_word (id integer not null primary key, word text not null unique, uses integer not null);',
      `create table search_deletion (deletion text not null, word_id integer not null,
        primary key (deletion, word_id)) without rowid;`,
    ],
  },
  postgresql: {
    up: [
      `create table search_key (kind smallint not null, key text collate "C" not null, subject_id bigint not null,
        account_id bigint not null, primary key (kind, key, subject_id, account_id));`,
      'create index search_key_subject on search_key (subject_id);',
      'create table search_word (id bigint primary key, word text collate "C" not null unique, uses bigint not null);',
      `create table search_deletion (deletion text collate "C" not null, word_id bigint not null,
        primary key (deletion, word_id));`,
    ],
  },
};
