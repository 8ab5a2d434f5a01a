import { addToRows, idList } from '#db/bulk-add.ts';
import { depositsOfLines, depositsOfTransactions, depositSums } from '#db/deposit-sums.ts';
import { type DepositState, depositState, type DepositStatus } from '#domain/deposit.ts';
import type { LedgerContext } from './rows.ts';

type Ctx = Pick<LedgerContext, 'db'>;

/** Deposits follow what was allocated to their charges, or freed from them. */
export async function followLines(ctx: Ctx, debitLines: readonly number[]): Promise<void> {
  await followDeposits(ctx, await depositsOfLines(ctx.db, debitLines));
}

/** Deposits follow the posting of what is about them. */
export async function followPostings(ctx: Ctx, transactions: readonly number[]): Promise<void> {
  await followDeposits(ctx, await depositsOfTransactions(ctx.db, transactions));
}

/** Brings deposits to what the ledger says of them; a version is raised where something changed. */
async function followDeposits({ db }: Ctx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const sums = await depositSums(db, ids);
  const rows = await db
    .selectFrom('deposit')
    .select(['id', 'status', 'charged_cents', 'collected_cents', 'held_cents', 'released_on'])
    .where('id', 'in', idList(db, ids))
    .execute();
  const added = {
    charged_cents: new Map<number, number>(),
    collected_cents: new Map<number, number>(),
    held_cents: new Map<number, number>(),
    version: new Map<number, number>(),
  };
  const states = new Map<string, { readonly state: DepositState; readonly ids: number[] }>();
  for (const row of rows) {
    const told = sums.get(row.id);
    if (!told) continue;
    const state = depositState(told);
    const charged = told.chargedCents - row.charged_cents;
    const collected = told.collectedCents - row.collected_cents;
    const held = state.heldCents - row.held_cents;
    const same = row.status === state.status && row.released_on === state.releasedOn;
    if (same && charged === 0 && collected === 0 && held === 0) continue;
    added.charged_cents.set(row.id, charged);
    added.collected_cents.set(row.id, collected);
    added.held_cents.set(row.id, held);
    added.version.set(row.id, 1);
    if (same) continue;
    const key = `${state.status} ${state.releasedOn}`;
    states.set(key, { state, ids: [...(states.get(key)?.ids ?? []), row.id] });
  }
  for (const column of Object.keys(added) as (keyof typeof added)[]) {
    await addToRows(db, 'deposit', 'id', column, added[column]);
  }
  for (const { state, ids: which } of states.values()) await setState({ db }, state, which);
}

async function setState({ db }: Ctx, { status, releasedOn }: DepositState, ids: readonly number[]): Promise<void> {
  const values: { status: DepositStatus; released_on: string | null } = { status, released_on: releasedOn };
  await db.updateTable('deposit').set(values).where('id', 'in', idList(db, ids)).execute();
}
