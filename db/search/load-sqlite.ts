import type BetterSqlite from 'better-sqlite3';
import type { IndexLoader } from './index-loader.ts';

/** Rows of one statement: calling it costs more than a row does. */
const ROWS = 32;
const COLUMNS = 4;

const EMPTY = ['search_key', 'search_document', 'search_word', 'search_deletion', 'note_word'];

/** Sorts of a million customers go to temporary files, not to memory, while `work` runs. */
export async function withTemporaryFiles<T>(file: BetterSqlite.Database, work: () => Promise<T>): Promise<T> {
  const before = Number(file.pragma('temp_store', { simple: true }));
  file.pragma('temp_store = file');
  try {
    return await work();
  } finally {
    file.pragma(`temp_store = ${before}`);
  }
}

/**
 * Collects keys in a temporary table and lets SQLite sort them once for each kind of record, so
 * that the clustered table grows at its ends. Works inside a transaction of this connection.
 */
export function sqliteLoader(file: BetterSqlite.Database): IndexLoader {
  for (const table of EMPTY) file.exec(`delete from ${table}`);
  file.exec('drop table if exists temp.search_load');
  file.exec('create temp table search_load (kind integer, key text, activity integer, subject_id integer)');
  const insert = (rows: number) =>
    file.prepare(`insert into temp.search_load values ${Array(rows).fill('(?, ?, ?, ?)').join(', ')}`);
  const many = insert(ROWS);
  const one = insert(1);
  const held: (string | number)[] = [];
  const document = file.prepare('insert into search_document values (?, ?, ?, ?)');
  const word = file.prepare('insert into search_word values (?, ?)');
  const noteWord = file.prepare('insert into note_word values (?, ?)');
  const deletion = file.prepare('insert or ignore into search_deletion values (?, ?)');
  return {
    key: (kind, text, activity, subjectId) => {
      if (held.push(kind, text, activity, subjectId) < ROWS * COLUMNS) return;
      many.run(held);
      held.length = 0;
    },
    document: (subject, subjectId, activity, facts) => void document.run(subject, subjectId, activity, facts),
    flush: async () => {},
    settle: async () => {
      for (let at = 0; at < held.length; at += COLUMNS) one.run(held.slice(at, at + COLUMNS));
      held.length = 0;
      // Two facts of a record may have the same key.
      file.exec(
        'insert or ignore into search_key select * from temp.search_load order by kind, key, activity, subject_id',
      );
      file.exec('delete from temp.search_load');
    },
    words: async (words) => {
      for (const pair of words) word.run(...pair);
    },
    deletions: async (pairs) => {
      for (const pair of pairs) deletion.run(...pair);
    },
    noteWords: async (pairs) => {
      for (const pair of pairs) noteWord.run(...pair);
    },
    end: async () => void file.exec('drop table temp.search_load'),
  };
}
