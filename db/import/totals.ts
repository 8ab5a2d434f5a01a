import { formatCents } from '#domain/money.ts';
import type { Db } from '../schema.ts';
import { pieces } from '../bulk.ts';
import { ImportProblem } from './problem.ts';
import type { Profile, RecordRule } from './profile.ts';
import type { StagedTotal } from './staged-totals.ts';
import type { Staging, StagedRecord } from './staging.ts';

/** One control total, or one group of it: what the files say beside what the ledger holds. */
export interface TotalLine extends StagedTotal {
  /** Cents of money, thousandths of a unit of consumption. */
  readonly unit: 'cents' | 'thousandths';
}

const PAGE = 500;

interface Held {
  readonly amount: number;
  readonly accountId: number;
}

/** What the ledger, or the reads, hold of records; a payment lowers what is owed, so its sign turns. */
async function heldOf(db: Db, entity: RecordRule['entity'], ids: readonly number[]): Promise<Map<number, Held>> {
  const held = new Map<number, Held>();
  for (const some of pieces(ids)) {
    const rows =
      entity === 'read'
        ? await db
            .selectFrom('meter_read')
            .select(['id', 'account_id as accountId', 'billed_milli as amount'])
            .where('id', 'in', some)
            .execute()
        : await db
            .selectFrom('ledger_line')
            .select(['transaction_id as id', 'account_id as accountId'])
            .select((s) => s.fn.sum<number>(s('amount_cents', '*', s.ref('effect'))).as('amount'))
            .where('transaction_id', 'in', some)
            .groupBy(['transaction_id', 'account_id'])
            .execute();
    const sign = entity === 'payment' ? -1 : 1;
    for (const row of rows) held.set(row.id, { accountId: row.accountId, amount: Number(row.amount) * sign });
  }
  return held;
}

/**
 * Compares every control total, in all and by each group, between the files and what is now
 * in the database, and proves that each record stands on the account that its row names.
 * @throws ImportProblem when one differs by a cent, a unit or a row
 */
export async function proveTotals(
  db: Db,
  profile: Profile,
  staging: Staging,
  accountOf: (rule: RecordRule, record: StagedRecord) => number,
): Promise<readonly TotalLine[]> {
  for (const [index, rule] of profile.records.entries()) {
    if (!profile.totals.some((total) => total.of === rule.id)) continue;
    let after = 0;
    for (;;) {
      const records = staging.page(index, after, PAGE);
      if (records.length === 0) break;
      after = records.at(-1)!.seq;
      const ids = records.map((record) => record.entityId!);
      const held = await heldOf(db, rule.entity, ids);
      for (const [i, record] of records.entries()) {
        const found = held.get(ids[i]!);
        if (found?.accountId !== accountOf(rule, record)) {
          throw new ImportProblem(
            `${record.file}, row ${record.row}: ${rule.id} “${record.key}” is not on its account`,
          );
        }
        staging.totals.addLedger(index, record.key, found.amount);
      }
    }
  }
  const wrong = staging.totals.difference();
  if (wrong) throw new ImportProblem(difference({ ...wrong, unit: unitOf(profile, wrong.name) }));
  return totalLines(profile, staging);
}

/** Groups of a dimension that an answer lists; more are compared all the same. */
const LISTED = 1000;

function unitOf(profile: Profile, name: string): TotalLine['unit'] {
  const of = profile.totals.find((total) => total.name === name)?.of;
  return profile.records.find((record) => record.id === of)?.entity === 'read' ? 'thousandths' : 'cents';
}

function totalLines(profile: Profile, staging: Staging): TotalLine[] {
  return staging.totals.lines(LISTED).map((line) => ({ ...line, unit: unitOf(profile, line.name) }));
}

/** An amount of a control total as people read it. */
export function shownTotal(line: Pick<TotalLine, 'unit'>, amount: number): string {
  if (line.unit === 'cents') return formatCents(amount);
  const whole = formatCents(Math.trunc(amount / 1000) * 100).slice(0, -3);
  const rest = Math.abs(amount % 1000);
  const sign = amount < 0 && whole === '0' ? '-' : '';
  return `${sign}${whole}${rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`}`;
}

function difference(line: TotalLine): string {
  const group = line.dimension === '' ? '' : ` by ${line.dimension} “${line.label}”`;
  return (
    `Control total ${line.name}${group} differs: the files have ${shownTotal(line, line.source)} in ${line.sourceRows} rows, ` +
    `the ledger ${shownTotal(line, line.ledger)} in ${line.ledgerRows}`
  );
}

/** Compares totals that came with the files (a trailer, a letter) with what was read. @throws ImportProblem */
export function assertExpected(profile: Profile, staging: Staging, expected: Readonly<Record<string, number>>): void {
  const lines = totalLines(profile, staging).filter((line) => line.dimension === '');
  for (const [name, amount] of Object.entries(expected)) {
    const line = lines.find((one) => one.name === name);
    const unit = line ?? { unit: 'cents' as const };
    if (line?.source !== amount) {
      throw new ImportProblem(
        `The total ${name} should be ${shownTotal(unit, amount)}, but the files sum to ${shownTotal(unit, line?.source ?? 0)}`,
      );
    }
  }
}
