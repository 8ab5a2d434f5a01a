import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';

/**
 * All payments that were there on time must count before anybody is penalised (guide: domain §4.6).
 * @throws Failure `refused` while balanced batches hold payments of accounts that are to be charged
 */
export async function assertPaymentsPosted(
  db: Db,
  { runId, runOn, override }: { runId: number; runOn: CivilDate; override: string | null | undefined },
): Promise<void> {
  if (override?.trim()) return;
  const waiting = await db
    .selectFrom('batch as b')
    .innerJoin('ledger_transaction as t', 't.batch_id', 'b.id')
    .innerJoin('penalty_candidate as p', 'p.account_id', 't.account_id')
    .select('b.number')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('b.status', 'in', ['balanced', 'posting'])
    .where('t.status', '=', 'unposted')
    .where('t.kind', '=', 'payment')
    .where('t.effective_on', '<=', runOn)
    .where('p.run_id', '=', runId)
    .where('p.status', '=', 'charge')
    .groupBy('b.number')
    .orderBy('b.number')
    .execute();
  if (waiting.length === 0) return;
  const count = waiting.reduce((sum, { n }) => sum + Number(n), 0);
  const batches = waiting.map(({ number }) => number);
  const message = `${count} payments of these accounts wait in ${batches.slice(0, 5).join(', ')}: post them first, or say why not.`;
  throw new Failure('refused', message, { overrideReason: message });
}
