import { KEY_KINDS, type KeyKind, kindOf } from '#db/search/kinds.ts';
import type { Db } from '#db/schema.ts';
import { type Parameter, prepared } from '../prepared.ts';
import type { Ask } from './question.ts';

/** A key that answers an ask. */
export interface Hit {
  readonly kind: KeyKind;
  readonly key: string;
  /** As the index orders it: 0 current, 1 waiting, 2 none, 3 final. */
  readonly activity: number;
  readonly subjectId: number;
  /** What was asked for when it was found. */
  readonly ask: Ask;
}

/** Rows of a range that are looked through for the other words. */
const LOOKED_THROUGH = 2_500;

const LAST_BEFORE_SURROGATES = 0xd7_ff;
const FIRST_AFTER_SURROGATES = 0xe0_00;

/** The first text after all that begin with the prefix, by bytes: its last letter's follower. */
export function endOfPrefix(prefix: string): string {
  const letters = [...prefix];
  const last = letters.pop()!.codePointAt(0)!;
  const next = last === LAST_BEFORE_SURROGATES ? FIRST_AFTER_SURROGATES : last + 1;
  return letters.join('') + String.fromCodePoint(next);
}

const range = (db: Db, kind: number, from: string, to: string, limit: number) =>
  db
    .selectFrom('search_key')
    .select(['kind', 'key', 'activity', 'subject_id'])
    .where('kind', '=', kind)
    .where('key', '>=', from)
    .where('key', '<', to)
    .orderBy('key')
    .orderBy('activity')
    .orderBy('subject_id')
    .limit(limit);

interface RangeArguments {
  [kind: `kind${number}`]: number;
  [bound: `from${number}` | `to${number}`]: string;
  limit: number;
}

/** One statement for each number of ranges. */
const rangeScans: ReturnType<typeof rangesAtOnce>[] = [];

const rangesAtOnce = (count: number) =>
  prepared((db, p: Parameter<RangeArguments>) => {
    const part = (slot: number) =>
      db
        .selectFrom(range(db, p(`kind${slot}`), p(`from${slot}`), p(`to${slot}`), p('limit')).as(`range${slot}`))
        .selectAll();
    let all = part(0);
    for (let slot = 1; slot < count; slot++) all = all.unionAll(part(slot));
    return all;
  });

interface FilterArguments {
  [word: `word${number}`]: string;
  kind: number;
  from: string;
  to: string;
  limit: number;
}

/** A range of which only the keys with further words count; looks through so many at most. */
const filteredScan = (others: number) =>
  prepared((db, p: Parameter<FilterArguments>) => {
    let among = db
      .selectFrom(
        db
          .selectFrom(range(db, p('kind'), p('from'), p('to'), LOOKED_THROUGH).as('near'))
          .selectAll()
          .as('near'),
      )
      .selectAll()
      .limit(p('limit'));
    for (let word = 0; word < others; word++) among = among.where('key', 'like', p(`word${word}`));
    return among;
  });

interface AfterArguments {
  kind: number;
  from: string;
  to: string;
  activity: number;
  subjectId: number;
  limit: number;
}

/** The keys of a range that stand behind a key and its record. */
const keysAfter = prepared((db, p: Parameter<AfterArguments>) =>
  range(db, p('kind'), p('from'), p('to'), p('limit')).where((eb) =>
    eb.or([
      eb('key', '>', p('from')),
      eb('activity', '>', p('activity')),
      eb.and([eb('activity', '=', p('activity')), eb('subject_id', '>', p('subjectId'))]),
    ]),
  ),
);

const MOST_WORDS = 4;
const filteredScans = Array.from({ length: MOST_WORDS }, (_, others) => filteredScan(others + 1));

interface Row {
  readonly kind: number;
  readonly key: string;
  readonly activity: number;
  readonly subject_id: number;
}

const hitOf = (row: Row, ask: Ask): Hit => ({
  kind: kindOf(row.kind),
  key: row.key,
  activity: row.activity,
  subjectId: row.subject_id,
  ask,
});

/** The first keys of each ask that has no further words, in one statement. */
export async function scan(db: Db, asks: readonly Ask[], limit: number): Promise<Hit[]> {
  if (asks.length === 0) return [];
  const values: RangeArguments = { limit };
  for (const [slot, { kind, prefix }] of asks.entries()) {
    values[`kind${slot}`] = KEY_KINDS[kind];
    values[`from${slot}`] = prefix;
    values[`to${slot}`] = endOfPrefix(prefix);
  }
  const rows = await (rangeScans[asks.length] ??= rangesAtOnce(asks.length))(db, values);
  return rows.map((row) =>
    hitOf(
      row,
      asks.find((ask) => answers(row, ask))!,
    ),
  );
}

const answers = (row: Row, { kind, prefix }: Ask): boolean =>
  KEY_KINDS[kind] === row.kind && row.key.startsWith(prefix);

/** Keys of one ask with further words, wherever those begin in the key. */
export async function scanAmong(db: Db, ask: Ask, limit: number): Promise<Hit[]> {
  if (ask.others.length === 0) return scan(db, [ask], limit);
  const others = ask.others.slice(0, MOST_WORDS);
  const values: FilterArguments = {
    kind: KEY_KINDS[ask.kind],
    from: ask.prefix,
    to: endOfPrefix(ask.prefix),
    limit,
  };
  for (const [index, word] of others.entries()) values[`word${index}`] = `% ${word}%`;
  const rows = await filteredScans[others.length - 1]!(db, values);
  return rows.filter(({ key }) => ask.whole.every((number) => hasWord(key, number))).map((row) => hitOf(row, ask));
}

/** So many keys of an ask behind `after`, or from its beginning; with further words, whatever the keys hold. */
export async function keysOf(db: Db, ask: Ask, after: Hit | null, limit: number): Promise<Hit[]> {
  const rows = await keysAfter(db, {
    kind: KEY_KINDS[ask.kind],
    from: after?.key ?? ask.prefix,
    to: endOfPrefix(ask.prefix),
    activity: after?.activity ?? -1,
    subjectId: after?.subjectId ?? -1,
    limit,
  });
  return rows.map((row) => hitOf(row, ask));
}

/** Whether the key has the further words of its ask: each begins a word of it, numbers are words of it. */
export const hasOthers = ({ key, ask }: Hit): boolean =>
  ask.others.every((word) => key.includes(` ${word}`)) && ask.whole.every((number) => hasWord(key, number));

const hasWord = (key: string, word: string): boolean => ` ${key} `.includes(` ${word} `);
