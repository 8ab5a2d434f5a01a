import type { ExpressionBuilder } from 'kysely';
import type { Db, Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { inScope, type Scope } from './scope.ts';

/** The schema with the ledger under the name that every query here gives it. */
export type Ledger = Schema & { t: Schema['ledger_transaction'] };
export type LedgerBuilder = ExpressionBuilder<Ledger, 't'>;

/** The ledger within a scope, up to a day. */
export function ledger(db: Db, scope: Scope, asOf: CivilDate | undefined) {
  return db
    .selectFrom('ledger_transaction as t')
    .where(inScope(scope))
    .$if(asOf !== undefined, (q) => q.where('t.effective_on', '<=', asOf!));
}
