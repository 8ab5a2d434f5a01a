import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import { type Ageing, type AgeingLine, ageingAsOf } from '#domain/ageing.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { openItems } from '../ledger/open-items.ts';
import { post } from '../ledger/post.ts';
import type { AccountRef } from '../ledger/rows.ts';
import type { CommandContext } from '../operation.ts';
import type { CorrectionReceipt } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { entriesBy, type Entry, type EntryLine, linesBy } from './entries.ts';

/** How an account stands: what it owes, and how old that is. */
export interface Position {
  readonly balanceCents: Cents;
  /** Its credit is all open credit, also that of services. */
  readonly ageing: Ageing;
  /** Open credit that is tied to a service. */
  readonly serviceCreditCents: Cents;
}

/** What a correction does to one account. */
export interface AccountEffect {
  readonly accountId: number;
  readonly number: string;
  readonly before: Position;
  readonly after: Position;
}

/** A debt or a credit that was there before, and what is open of it before and after. */
export interface OpenChange {
  readonly accountNumber: string;
  readonly kind: Entry['kind'];
  readonly number: string | null;
  readonly serviceCode: string | null;
  readonly effectiveOn: CivilDate;
  readonly dueOn: CivilDate | null;
  readonly side: 'debt' | 'credit';
  readonly beforeCents: Cents;
  readonly afterCents: Cents;
}

/** A transaction that a correction makes. */
export interface MadeTransaction {
  readonly kind: Entry['kind'];
  readonly accountNumber: string;
  readonly effectiveOn: CivilDate;
  readonly amountCents: Cents;
  /** It counts when its batch is posted; the effect is told as if that had happened. */
  readonly waits: boolean;
}

/** What waits for the next bill of an account, with its tax: it touches no balance before. */
export interface WaitingChange {
  readonly accountNumber: string;
  readonly beforeCents: Cents;
  readonly afterCents: Cents;
  /** The balance with what waits until now. */
  readonly balanceWithBeforeCents: Cents;
  /** How the account would stand if everything that waits were billed and posted today. */
  readonly billed: Position;
}

/** Everything that a correction would do. */
export interface Effect {
  readonly accounts: readonly AccountEffect[];
  readonly made: readonly MadeTransaction[];
  readonly changes: readonly OpenChange[];
  readonly warnings: readonly string[];
  /** Only of what waits for a bill. */
  readonly waiting: WaitingChange | null;
}

/** Does it in the transaction at hand, and measures what that did; the caller rolls it back. */
export async function effectOf(
  ctx: CommandContext,
  run: (ctx: CorrectionContext) => Promise<CorrectionReceipt>,
): Promise<Effect> {
  const made: number[] = [];
  const warnings: string[] = [];
  const newId = (): number => {
    const id = ctx.newId();
    made.push(id);
    return id;
  };
  const watched = { ...ctx, newId, trial: true, approved: false, warn: (text: string) => void warnings.push(text) };
  const { transactionIds } = await run(watched);
  const before = await entriesBy(ctx.db, 'id', [...new Set([...transactionIds, ...made])]);
  const waiting = before.filter(({ status }) => status === 'unposted').map(({ id }) => id);
  await post(watched, waiting);
  const moved = await allocatedIn(ctx.db, made);
  const lines = await linesBy(ctx.db, 'id', [...moved.keys()]);
  const own = new Set(before.map(({ id }) => id));
  return {
    accounts: await accountEffects(ctx, before, lines, { moved, own }),
    made: before.map(({ kind, accountNumber, effectiveOn, amountCents, status }) => ({
      kind,
      accountNumber,
      effectiveOn,
      amountCents,
      waits: status === 'unposted',
    })),
    changes: await openChanges(
      ctx.db,
      lines.filter(({ transactionId }) => !own.has(transactionId)),
      moved,
    ),
    warnings,
    waiting: null,
  };
}

/** How an account stands now. */
export async function positionOf(ctx: CommandContext, account: AccountRef): Promise<Position> {
  const { balance_cents: balanceCents } = await ctx.db
    .selectFrom('account_balance')
    .select('balance_cents')
    .where('account_id', '=', account.id)
    .executeTakeFirstOrThrow();
  const open = (await openItems(ctx.db, [account], [])).get(account.id)!;
  return positionWith(
    balanceCents,
    open.map((item) => ({ ...item, amountCents: item.openCents })),
    ctx.today,
  );
}

type OpenLine = AgeingLine & { readonly serviceTypeId: number | null };

const positionWith = (balanceCents: Cents, open: readonly OpenLine[], today: CivilDate): Position => ({
  balanceCents,
  ageing: aged(open, today),
  serviceCreditCents: open
    .filter(({ effect, serviceTypeId }) => effect < 0 && serviceTypeId !== null)
    .reduce((sum, { amountCents }) => sum + amountCents, 0),
});

/** Net amounts by line of the allocations with these ids. */
async function allocatedIn(db: Db, ids: readonly number[]): Promise<Map<number, Cents>> {
  const rows = await db
    .selectFrom('allocation')
    .select(['credit_line_id as credit', 'debit_line_id as debit', 'amount_cents as cents'])
    .where('id', 'in', idList(db, ids))
    .execute();
  const moved = new Map<number, Cents>();
  for (const { credit, debit, cents } of rows) {
    moved.set(credit, (moved.get(credit) ?? 0) + cents);
    moved.set(debit, (moved.get(debit) ?? 0) + cents);
  }
  return moved;
}

interface Moves {
  readonly moved: ReadonlyMap<number, Cents>;
  readonly own: ReadonlySet<number>;
}

async function accountEffects(
  ctx: CommandContext,
  made: readonly Entry[],
  lines: readonly EntryLine[],
  { moved, own }: Moves,
): Promise<AccountEffect[]> {
  const ids = [...new Set([...made.map(({ account }) => account.id), ...lines.map(({ accountId }) => accountId)])];
  const refs = await accountRefs(ctx.db, ids);
  const open = await openItems(ctx.db, [...refs.values()], []);
  const rows = await ctx.db
    .selectFrom('account_balance as b')
    .innerJoin('account as a', 'a.id', 'b.account_id')
    .select(['a.id', 'a.number', 'b.balance_cents as balanceCents'])
    .where('a.id', 'in', idList(ctx.db, ids))
    .orderBy('a.number')
    .execute();
  return rows.map(({ id, number, balanceCents }) => {
    const after = open.get(id)!.map((item) => ({ ...item, amountCents: item.openCents }));
    const shown = new Set(after.map((item) => item.id));
    const closed = lines
      .filter((one) => one.accountId === id && !shown.has(one.id))
      .map((one) => ({ ...one, amountCents: 0 }));
    const before = [...after, ...closed]
      .filter(({ transactionId }) => !own.has(transactionId))
      .map((one) => ({ ...one, amountCents: one.amountCents + (moved.get(one.id) ?? 0) }));
    const posted = made
      .filter(({ account }) => account.id === id)
      .reduce((sum, { amountCents }) => sum + amountCents, 0);
    return {
      accountId: id,
      number,
      before: positionWith(balanceCents - posted, before, ctx.today),
      after: positionWith(balanceCents, after, ctx.today),
    };
  });
}

/** What is open, aged; what is dated ahead counts in the balance, and so here. */
const aged = (open: readonly AgeingLine[], today: CivilDate): Ageing =>
  ageingAsOf(
    open.map((line) => ({ ...line, effectiveOn: line.effectiveOn < today ? line.effectiveOn : today })),
    [],
    today,
  );

async function openChanges(
  db: Db,
  lines: readonly EntryLine[],
  moved: ReadonlyMap<number, Cents>,
): Promise<OpenChange[]> {
  const changed = lines.filter(({ id }) => (moved.get(id) ?? 0) !== 0);
  const entries = new Map(
    (
      await entriesBy(
        db,
        'id',
        changed.map(({ transactionId }) => transactionId),
      )
    ).map((entry) => [entry.id, entry]),
  );
  const services = await db.selectFrom('service_type').select(['id', 'code']).execute();
  const codes = new Map(services.map(({ id, code }) => [id, code]));
  return changed.map(({ id, transactionId, serviceTypeId, effect, effectiveOn, dueOn, openCents }) => {
    const { accountNumber, kind, number } = entries.get(transactionId)!;
    return {
      accountNumber,
      kind,
      number,
      serviceCode: serviceTypeId === null ? null : (codes.get(serviceTypeId) ?? null),
      effectiveOn,
      dueOn,
      side: effect > 0 ? 'debt' : 'credit',
      beforeCents: openCents + moved.get(id)!,
      afterCents: openCents,
    };
  });
}
