import { setImmediate } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import { KEY_KINDS } from '#db/search/kinds.ts';
import { openReady } from '#db/ready.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import { find } from '#services/lookup/find.ts';
import { list } from '#services/lookup/list.ts';
import type { Call } from '#services/operation.ts';
import { createRunner } from '#services/runner.ts';
import { atMost, type Figure, type Measure, median, percentile } from './figure.ts';

/** Rows that the find box asks for. */
const LIMIT = 20;
const QUERIES = 400;
const SMOKE_QUERIES = 20;
const P50_MS = 0.3;
const P99_MS = 3;
const P99_TYPO_MS = 10;

/** Records from all over the database, of which the questions are made. */
interface Sample {
  readonly account: string;
  readonly customer: string;
  readonly location: string;
  readonly altId: string | null;
  readonly parcel: string | null;
  readonly meter: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly line1: string;
  readonly zip: string | null;
}

/** The same numbers every time: a small generator of 31 bits. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

function samples({ file }: Database, count: number): Sample[] {
  const ends = file!.prepare('select min(id) low, max(id) high from account').get() as { low: number; high: number };
  const one = file!.prepare(`
    select a.number account, c.number customer, l.number location, c.alt_id altId, l.parcel_number parcel,
      c.first_name first, c.last_name last, l.line1, l.zip,
      (select digits from customer_phone where customer_id = c.id limit 1) phone,
      (select address from customer_email where customer_id = c.id limit 1) email,
      (select m.number from meter_installation i join meter m on m.id = i.meter_id
        where i.location_id = l.id limit 1) meter
    from account a join customer c on c.id = a.customer_id join location l on l.id = a.location_id
    where a.id >= ? order by a.id limit 1`);
  const random = numbers(7);
  return Array.from(
    { length: count },
    () => one.get(ends.low + Math.floor(random.next().value * (ends.high - ends.low))) as Sample,
  );
}

/** A typing error: two letters changed round in the middle. */
const misspelt = (word: string): string => {
  const at = Math.max(1, Math.floor(word.length / 2) - 1);
  return word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2);
};

const streetOf = (line1: string): string[] => line1.split(' ').slice(1, 3);
const latin = (word: string | null): string | null => (word && /^[a-z]{5,}$/i.test(word) ? word : null);

/** What people type, by kind; null where the sample has no such thing. */
const QUESTIONS: Readonly<Record<string, (one: Sample) => string | null>> = {
  'account number': ({ account }) => account,
  'account number, its beginning': ({ account }) => account.slice(0, 5),
  'customer number': ({ customer }) => customer,
  'location number': ({ location }) => location,
  'former number': ({ altId }) => altId,
  parcel: ({ parcel }) => parcel,
  meter: ({ meter }) => meter,
  phone: ({ phone }) => phone,
  'phone, last seven': ({ phone }) => phone?.slice(-7) ?? null,
  'e-mail, its beginning': ({ email }) => email?.slice(0, 6) ?? null,
  'family name, two letters': ({ last }) => last?.slice(0, 2) ?? null,
  'family name, four letters': ({ last }) => last?.slice(0, 4) ?? null,
  'family and first name': ({ last, first }) => last && first && `${last} ${first.slice(0, 3)}`,
  'first and family name': ({ last, first }) => last && first && `${first} ${last.slice(0, 3)}`,
  'house number and street': ({ line1 }) => line1.split(' ').slice(0, 2).join(' ').slice(0, 9),
  'street without number': ({ line1 }) => streetOf(line1).join(' '),
  'street, then number': ({ line1 }) => `${streetOf(line1)[0]} ${line1.split(' ')[0]}`,
  'name and ZIP': ({ last, zip }) => last && zip && `${zip.slice(0, 5)} ${last}`,
  'name and house number': ({ last, line1 }) => last && `${last} ${line1.split(' ')[0]}`,
};

const MISSPELT: Readonly<Record<string, (one: Sample) => string | null>> = {
  'misspelt family name': ({ last }) => latin(last) && misspelt(last!.toLowerCase()),
  'misspelt name with first name': ({ last, first }) =>
    latin(last) && first && `${misspelt(last!.toLowerCase())} ${first}`,
  'misspelt street with number': ({ line1 }) => {
    const street = latin(streetOf(line1)[0] ?? null);
    return street && `${line1.split(' ')[0]} ${misspelt(street.toLowerCase())}`;
  },
};

/** Rounds over all questions: the median of a question's times sheds what other processes of the machine took. */
const ROUNDS = 3;

async function timesOf(texts: readonly string[], ask: (text: string) => Promise<unknown>): Promise<number[]> {
  const times: number[][] = texts.map(() => []);
  for (const text of texts.slice(0, 20)) await ask(text);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, text] of texts.entries()) {
      await setImmediate();
      const began = performance.now();
      await ask(text);
      times[index]!.push(performance.now() - began);
    }
  }
  return times.map(median);
}

/** The least that answers: one range of the index and the rows that it leads to, by prepared statements. */
function bare({ file }: Database): (text: string) => Promise<unknown> {
  const range = file!.prepare('select key, subject_id from search_key where kind = ? and key >= ? and key < ? limit ?');
  const row = file!.prepare(`
    select a.number, a.activity, c.number, c.display_name, l.number, l.line1, l.city, b.balance_cents
    from account a join customer c on c.id = a.customer_id join location l on l.id = a.location_id
    left join account_balance b on b.account_id = a.id where a.customer_id = ? limit 3`);
  return async (text) => {
    const found = range.all(KEY_KINDS.name, text, `${text}\u{10ffff}`, LIMIT) as { subject_id: number }[];
    return found.map(({ subject_id: id }) => row.all(id));
  };
}

function figures(name: string, times: readonly number[], most99: number, baseline: number): [string, Figure][] {
  return [
    [`look-up, ${name}: p50`, atMost(median(times), 'ms', { value: P50_MS }, { samples: times, baseline })],
    [`look-up, ${name}: p99`, atMost(percentile(times, 0.99), 'ms', { value: most99 })],
  ];
}

async function paging(call: Call, rounds: number): Promise<[string, Figure][]> {
  const times: number[] = [];
  const random = numbers(3);
  for (let round = 0; round < rounds; round++) {
    const letters = String.fromCharCode(
      97 + Math.floor(random.next().value * 26),
      97 + Math.floor(random.next().value * 26),
    );
    const began = performance.now();
    await call(list, {
      order: 'name',
      direction: 'forward' as const,
      from: null,
      text: letters,
      filters: {},
      limit: 40,
    });
    times.push(performance.now() - began);
  }
  return [['list of everything, a page from anywhere: p99', atMost(percentile(times, 0.99), 'ms', { value: 10 })]];
}

/** Every kind of question that a text can be, through the whole operation. */
export const measure: Measure = async ({ database: path, smoke }) => {
  const database = await openReady({ file: path });
  try {
    const actor = {
      userId: 1,
      username: 'bench',
      displayName: 'Bench',
      groups: ['administrator'],
      permissions: new Set([EVERYTHING]),
      level: 3,
      source: 'call',
    } as const;
    const clock = { now: () => Date.now(), today: () => '2026-11-21' };
    const call = createRunner({ database, actor, clock });
    const ask = (text: string) => call(find, { text, limit: LIMIT });
    const all = samples(database, smoke ? SMOKE_QUERIES : QUERIES);
    const names = all.flatMap(({ last }) => last?.toLowerCase().slice(0, 4) ?? []);
    const baseline = median(await timesOf(names, bare(database)));
    const found: [string, Figure][] = [];
    for (const [name, textOf] of Object.entries(QUESTIONS)) {
      const texts = all.flatMap((one) => textOf(one) ?? []);
      if (texts.length > 0) found.push(...figures(name, await timesOf(texts, ask), P99_MS, baseline));
    }
    for (const [name, textOf] of Object.entries(MISSPELT)) {
      const texts = all.flatMap((one) => textOf(one) ?? []);
      const times = texts.length > 0 ? await timesOf(texts, ask) : [];
      if (times.length > 0)
        found.push([`look-up, ${name}: p99`, atMost(percentile(times, 0.99), 'ms', { value: P99_TYPO_MS })]);
    }
    return Object.fromEntries([...found, ...(await paging(call, all.length))]);
  } finally {
    await database.close();
  }
};
