import type { DualMigration } from './dual.ts';

/**
 * The look-up index (guide: data §3), clustered on its key. Written by hand: SQLite needs
 * `without rowid`, PostgreSQL a byte-wise collation, for range scans of a prefix.
 * No index leads from a record to its keys, which would double the size: `search_document`
 * keeps what the keys were made of.
 */
export const migration: DualMigration = {
  name: '2026-11-22-look-up',
  sqlite: {
    up: [
      `create table search_key (kind integer not null, key text not null, activity integer not null,
        subject_id integer not null, primary key (kind, key, activity, subject_id)) without rowid;`,
      `create table search_document (subject integer not null, subject_id integer not null, activity integer not null,
        facts text not null,
        primary key (subject, subject_id)) without rowid;`,
      'create table search_word (word text not null primary key, uses integer not null) without rowid;',
      `create table search_deletion (deletion text not null, word text not null,
        primary key (deletion, word)) without rowid;`,
    ],
  },
  postgresql: {
    up: [
      `create table search_key (kind smallint not null, key text collate "C" not null, activity smallint not null,
        subject_id bigint not null, primary key (kind, key, activity, subject_id));`,
      `create table search_document (subject smallint not null, subject_id bigint not null, activity smallint not null,
        facts text not null,
        primary key (subject, subject_id));`,
      'create table search_word (word text collate "C" not null primary key, uses bigint not null);',
      `create table search_deletion (deletion text collate "C" not null, word text collate "C" not null,
        primary key (deletion, word));`,
    ],
  },
};
