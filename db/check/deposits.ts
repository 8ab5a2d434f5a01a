import { depositState } from '#domain/deposit.ts';
import { depositSums } from '../deposit-sums.ts';
import type { Db } from '../schema.ts';
import type { Finding, Rule } from './finding.ts';

const cents = (n: number): string => (n / 100).toFixed(2);

/** What deposits say of themselves against the ledger, where that knows them. */
async function deposits(db: Db, limit: number): Promise<Finding[]> {
  const sums = await depositSums(db);
  const rows = await db
    .selectFrom('deposit as d')
    .leftJoin('account as a', 'a.id', 'd.account_id')
    .select(['d.id', 'd.status', 'd.charged_cents', 'd.collected_cents', 'd.held_cents', 'a.number as account'])
    .execute();
  const findings: Finding[] = [];
  const known = new Set<number>();
  for (const row of rows) {
    known.add(row.id);
    const told = sums.get(row.id);
    if (!told || findings.length >= limit) continue;
    const { status, heldCents } = depositState(told);
    const say = (charged: number, collected: number, held: number, state: string): string =>
      `${state}, charged ${cents(charged)}, collected ${cents(collected)}, held ${cents(held)}`;
    const stored = say(row.charged_cents, row.collected_cents, row.held_cents, row.status);
    const right = say(told.chargedCents, told.collectedCents, heldCents, status);
    if (stored !== right) {
      findings.push({ account: row.account, message: `deposit ${row.id} says ${stored}; the ledger says ${right}` });
    }
  }
  for (const id of sums.keys()) {
    if (known.has(id) || findings.length >= limit) continue;
    findings.push({ account: null, message: `the ledger has a deposit ${id} that is not there` });
  }
  return findings;
}

export const depositRules: readonly Rule[] = [
  { name: 'deposits', title: 'Deposits are what the ledger says of them', find: deposits },
];
