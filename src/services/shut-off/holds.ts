import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { isCivilDate, type CivilDate } from '#domain/civil-date.ts';
import { readAttributes, yesNo } from '#domain/code-attributes.ts';
import { SHUT_OFF_HOLDS, shutOffHold, type ShutOffFacts, type ShutOffHold } from '#domain/shut-off.ts';
import { Failure } from '../failure.ts';
import { latestGrace } from '../notes/grace.ts';
import { query } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';

/** What a special condition does to shut-offs, by its code's attributes. */
const conditionEffect = z.object({ noShutOff: yesNo(0), disputed: yesNo(0) });

/** Name of a condition in force on customer or location that forbids a shut-off. */
async function conditionOn(
  db: Db,
  { customerId, locationId }: { readonly customerId: number; readonly locationId: number },
  on: CivilDate,
): Promise<string | null> {
  const rows = await db
    .selectFrom('special_condition as s')
    .innerJoin('code_value as v', (join) =>
      join.on('v.table_name', '=', 'special_condition').onRef('v.code', '=', 's.code'),
    )
    .select(['v.name', 'v.attributes'])
    .where((eb) => eb.or([eb('s.customer_id', '=', customerId), eb('s.location_id', '=', locationId)]))
    .where('s.started_on', '<=', on)
    .where((eb) => eb.or([eb('s.ended_on', 'is', null), eb('s.ended_on', '>=', on)]))
    .orderBy('s.id')
    .execute();
  const forbids = rows.find(({ attributes }) => {
    const read = readAttributes(conditionEffect, attributes);
    return 'values' in read && (read.values.noShutOff === 1 || read.values.disputed === 1);
  });
  return forbids?.name ?? null;
}

/** What is open, posted and was due before that day, on one account. */
async function pastDueOf(db: Db, accountId: number, on: CivilDate): Promise<number> {
  const { cents } = await db
    .selectFrom('ledger_line as x')
    .innerJoin('ledger_transaction as t', 't.id', 'x.transaction_id')
    .select((eb) => eb.fn.sum<number | null>('x.open_cents').as('cents'))
    .where('x.account_id', '=', accountId)
    .where('x.effect', '=', 1)
    .where('x.open_cents', '>', 0)
    .where('x.due_on', '<', on)
    .where('t.status', '=', 'posted')
    .executeTakeFirstOrThrow();
  return Number(cents ?? 0);
}

async function unpostedOf(db: Db, accountId: number): Promise<number> {
  const { cents } = await db
    .selectFrom('ledger_transaction')
    .select((eb) => eb.fn.sum<number | null>('amount_cents').as('cents'))
    .where('account_id', '=', accountId)
    .where('kind', '=', 'payment')
    .where('status', '=', 'unposted')
    .executeTakeFirstOrThrow();
  return -Number(cents ?? 0);
}

/** What decides about the shut-off of an account on a day; a handful of statements. */
export async function shutOffFacts(db: Db, accountId: number, on: CivilDate): Promise<ShutOffFacts> {
  const row = await db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .select(['a.customer_id as customerId', 'a.location_id as locationId'])
    .select(['c.bankrupt', 'c.dunning_hold_until as holdUntil'])
    .select((eb) => [
      latestGrace(db, { accountId: eb.ref('a.id'), customerId: eb.ref('a.customer_id') }, on).as('graceOn'),
      eb
        .selectFrom('arrangement as r')
        .select((s) => s.fn.countAll<number>().as('n'))
        .whereRef('r.account_id', '=', 'a.id')
        .where('r.status', '=', 'active')
        .as('arrangements'),
    ])
    .where('a.id', '=', accountId)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'No such record, or it is private.');
  return {
    pastDueCents: await pastDueOf(db, accountId, on),
    unpostedCents: await unpostedOf(db, accountId),
    bankrupt: row.bankrupt === 1,
    condition: await conditionOn(db, row, on),
    arranged: Number(row.arrangements ?? 0) > 0,
    graceOn: row.graceOn,
    holdUntil: row.holdUntil,
  };
}

/** Whether an account may be shut off, and what speaks against it. */
export interface ShutOffAnswer {
  readonly on: CivilDate;
  readonly pastDueCents: number;
  /** Null: nothing does. */
  readonly hold: ShutOffHold | null;
  /** In words, with its date or name. */
  readonly reason: string | null;
}

/** Selections for shut-off lists leave out what this holds back, with its reason. */
export const shutOffHoldOf = query({
  name: 'shutOff.hold',
  summary: 'Whether an account may be shut off on a day, or what speaks against it',
  permission: 'history.read',
  input: z.object({
    accountId: z.number().int().positive(),
    on: shortText().refine(isCivilDate, 'No such day.').optional().describe('left out: the business date'),
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ db, today }, { accountId, on = today }): Promise<ShutOffAnswer> => {
    const facts = await shutOffFacts(db, accountId, on);
    const held = shutOffHold(facts, on);
    const reason = held && [SHUT_OFF_HOLDS[held[0]], held[1]].filter((part) => part !== null).join(' ');
    return { on, pastDueCents: facts.pastDueCents, hold: held?.[0] ?? null, reason };
  },
});
