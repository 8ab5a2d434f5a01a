import { z } from 'zod';
import type { Database } from '#db/database.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { Actor } from '#services/actor.ts';
import { checkDatabase } from '#services/check/check.ts';
import { enter } from '#services/ledger/enter.ts';
import { post } from '#services/ledger/post.ts';
import type { NewLine, NewTransaction } from '#services/ledger/rows.ts';
import type { Call, CommandContext } from '#services/operation.ts';
import { command } from '#services/operation.ts';
import { actor, freshDatabase, runnerFor, TODAY } from './database.ts';
import type { AccountRef } from './premises.ts';
import { Utility } from './utility.ts';

type Work = (ctx: CommandContext) => Promise<unknown>;

/** Any work inside a command's transaction. */
const within = command({
  name: 'test.within',
  summary: 'Work of a test',
  permission: null,
  input: z.custom<Work>(),
  run: (ctx, work) => work(ctx),
});

/** A tender of a payment that a test makes. */
export interface TestTender {
  readonly method: string;
  readonly cents: Cents;
}

/** A small utility whose ledger is written by the engine itself. */
export class Books {
  readonly database: Database;
  readonly town: Utility;
  readonly call: Call;

  constructor(database: Database) {
    this.database = database;
    this.town = new Utility(database);
    this.call = runnerFor(database);
  }

  static async open(): Promise<Books> {
    return new Books(await freshDatabase());
  }

  /** The runner of somebody who is no administrator. */
  as(username: string, limit: Cents | null, ...permissions: string[]): Call {
    const who: Actor = { ...actor(...permissions), username, creditLimitCents: limit };
    return runnerFor(this.database, who);
  }

  async do<R>(work: (ctx: CommandContext) => Promise<R>): Promise<R> {
    return (await this.call(within, work)) as R;
  }

  /** Posts a transaction; answers it and its lines. */
  post(entry: NewTransaction): Promise<{ id: number; lineIds: readonly number[] }> {
    return this.do(async (ctx) => {
      const made = await enter(ctx, entry);
      await post(ctx, [made.id]);
      return made;
    });
  }

  /** A posted charge of these lines, due when said. */
  charge(
    account: AccountRef,
    lines: readonly (Partial<NewLine> & { readonly amountCents: Cents })[],
    { on = TODAY, dueOn = on, number = null }: { on?: CivilDate; dueOn?: CivilDate; number?: string | null } = {},
  ) {
    return this.post({
      account,
      kind: 'charge',
      effectiveOn: on,
      dueOn,
      number,
      lines: lines.map((line) => ({ debitGl: '1200', creditGl: '4900', effect: 1, ...line })),
    });
  }

  /** A posted payment of one account by any tenders; answers its parts in their order. */
  pay(
    account: AccountRef,
    tenders: readonly TestTender[],
    { on = TODAY, service = null }: { on?: CivilDate; service?: number | null } = {},
  ): Promise<{ id: number; paymentId: number; tenderId: number }[]> {
    return this.do(async (ctx) => {
      const paymentId = ctx.newId();
      const totalCents = tenders.reduce((sum, { cents }) => sum + cents, 0);
      await ctx.db
        .insertInto('payment')
        .values({
          id: paymentId,
          number: `R${paymentId}`,
          source_account_id: account.id,
          customer_id: account.customerId,
          paid_on: on,
          total_cents: totalCents,
          channel: 'counter',
          mode: 'automatic',
          created_at: ctx.now,
          created_by: 'tess',
          version: 1,
        })
        .execute();
      const parts: { id: number; paymentId: number; tenderId: number }[] = [];
      for (const { method, cents } of tenders) {
        const tenderId = ctx.newId();
        await ctx.db
          .insertInto('tender')
          .values({
            id: tenderId,
            payment_id: paymentId,
            customer_id: account.customerId,
            method,
            amount_cents: cents,
            version: 1,
          })
          .execute();
        const { id } = await enter(ctx, {
          account,
          kind: 'payment',
          effectiveOn: on,
          method,
          paymentId,
          tenderId,
          lines: [{ debitGl: '1010', creditGl: '1200', amountCents: cents, effect: -1, serviceTypeId: service }],
        });
        parts.push({ id, paymentId, tenderId });
      }
      await post(
        ctx,
        parts.map(({ id }) => id),
      );
      return parts;
    });
  }

  /** What is open on an account: due date and cents of debts, then of credits. */
  async open(account: AccountRef): Promise<{ debts: [CivilDate | null, Cents][]; credits: Cents[] }> {
    const rows = await this.database.db
      .selectFrom('ledger_line as l')
      .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
      .select(['l.due_on as dueOn', 'l.open_cents as cents', 'l.effect'])
      .where('l.account_id', '=', account.id)
      .where('t.status', '=', 'posted')
      .where('l.open_cents', '>', 0)
      .orderBy('l.due_on')
      .orderBy('l.id')
      .execute();
    return {
      debts: rows.filter(({ effect }) => effect > 0).map(({ dueOn, cents }) => [dueOn, cents]),
      credits: rows.filter(({ effect }) => effect < 0).map(({ cents }) => cents),
    };
  }

  async balance(account: AccountRef): Promise<{ posted: Cents; unposted: Cents }> {
    const row = await this.database.db
      .selectFrom('account_balance')
      .select(['balance_cents as posted', 'unposted_cents as unposted'])
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow();
    return row;
  }

  /** Everything that `meterdesk check` would find. */
  async findings(): Promise<string[]> {
    const { rules } = await checkDatabase(this.database.db);
    return rules.flatMap(({ findings }) => findings.map(({ message }) => message));
  }

  async setOption(name: string, value: unknown): Promise<void> {
    await this.database.db
      .insertInto('company_option')
      .values({ name, value: JSON.stringify(value), version: 1 })
      .onConflict((at) => at.column('name').doUpdateSet({ value: JSON.stringify(value) }))
      .execute();
  }
}
