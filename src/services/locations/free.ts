import { z } from 'zod';
import { addMonths } from '#domain/civil-date.ts';
import { recommendedDeposit } from '#domain/deposit.ts';
import type { Cents } from '#domain/money.ts';
import { servicesBefore } from '../accounts/move-in.ts';
import { query, type QueryContext } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { sees } from '../sight.ts';
import { shortText } from '#domain/typed-text.ts';
import { rank } from '../lookup/rank.ts';
import { scan } from '../lookup/scan.ts';
import { understand } from '../lookup/question.ts';

/** A location that somebody could move in to. */
export interface FreeLocation {
  readonly locationId: number;
  readonly number: string;
  readonly line1: string;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string | null;
  /** Somebody lives there now: who moves in waits. */
  readonly occupied: boolean;
  /** Somebody else waits already. */
  readonly awaited: boolean;
  /** What was taken there last, with its rate. */
  readonly services: readonly { readonly serviceTypeId: number; readonly rateCodeId: number | null }[];
  /** Deposit to ask for, by the bills of the last year there; null without any. */
  readonly depositCents: Cents | null;
}

const MOST = 20;
const KEYS = 60;

/** Locations by number or address, best first. */
async function found({ db }: QueryContext, text: string): Promise<number[]> {
  const exact = await db.selectFrom('location').select('id').where('number', '=', text).executeTakeFirst();
  if (exact) return [exact.id];
  const asks = understand(text).asks.filter(({ kind }) =>
    ['locationNumber', 'locationAltId', 'parcel', 'meter', 'address'].includes(kind),
  );
  const ranked = rank(await scan(db, asks, KEYS), MOST);
  return [...new Set(ranked.map(({ hit }) => hit.subjectId))];
}

export const findFreeLocation = query({
  name: 'location.find',
  summary: 'Locations by number or address, with whether somebody can move in and what was taken there last',
  permission: 'locations.read',
  identifiers: ['text'],
  input: z.object({ text: shortText().trim().min(1, 'Enter the number or the address of a location.') }),
  run: async (ctx, { text }): Promise<readonly FreeLocation[]> => {
    const ids = await found(ctx, text);
    const list: FreeLocation[] = [];
    for (const id of ids) {
      const one = await freeLocation(ctx, id);
      if (one) list.push(one);
    }
    return list;
  },
});

/** Null when a resident may not be seen: the address would be that customer's. */
async function freeLocation(ctx: QueryContext, locationId: number): Promise<FreeLocation | null> {
  const { db, sight } = ctx;
  const location = await db
    .selectFrom('location')
    .select(['id as locationId', 'number', 'line1', 'city', 'state', 'zip'])
    .where('id', '=', locationId)
    .executeTakeFirstOrThrow();
  const residents = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .select(['a.activity', 'c.public', 'c.customer_group as customerGroup'])
    .where('a.location_id', '=', locationId)
    .where('a.activity', '<>', 'final')
    .execute();
  if (!residents.every((one) => sees(sight, one))) return null;
  return {
    ...location,
    occupied: residents.some(({ activity }) => activity === 'current'),
    awaited: residents.some(({ activity }) => activity === 'waiting'),
    services: await servicesBefore(db, locationId),
    depositCents: await depositFor(ctx, locationId),
  };
}

/** By the company's rule from the bills of a year there, whoever lived there. */
async function depositFor({ db, today }: QueryContext, locationId: number): Promise<Cents | null> {
  const options = await loadOptions(db);
  const bills = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select('t.amount_cents as cents')
    .where('a.location_id', '=', locationId)
    .where('t.kind', '=', 'charge')
    .where('t.status', '=', 'posted')
    .where('t.effective_on', '>', addMonths(today, -12))
    .orderBy('t.effective_on', 'desc')
    .limit(24)
    .execute();
  return recommendedDeposit(
    bills.map(({ cents }) => cents),
    {
      basis: options.depositBasis,
      bills: options.depositBills,
      mostCents: options.depositAskCents === 0 ? null : options.depositAskCents,
    },
  );
}
