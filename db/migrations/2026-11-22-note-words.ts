import type { DualMigration } from './dual.ts';

/**
 * Which notes a word is in, clustered on the word: by hand like the look-up, and for the same
 * reason. The words of a note that was taken away stay, so that bringing it back needs nothing.
 */
export const migration: DualMigration = {
  name: '2026-11-22-note-words',
  sqlite: {
    up: [
      `create table note_word (word text not null, note_id integer not null,
        primary key (word, note_id)) without rowid;`,
    ],
  },
  postgresql: {
    up: [
      `create table note_word (word text collate "C" not null, note_id bigint not null,
        primary key (word, note_id));`,
    ],
  },
};
