import type { Schema } from '#db/schema.ts';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { TODAY } from './database.ts';
import { type AccountRef, Premises, type Values } from './premises.ts';

/** What a charge or a payment may say besides its amount. */
export interface MoneyOptions {
  readonly on?: CivilDate;
  readonly dueOn?: CivilDate | null;
  readonly service?: number | null;
  readonly status?: 'posted' | 'unposted';
  readonly kind?: Schema['ledger_transaction']['kind'];
  readonly method?: string;
  readonly number?: string;
  readonly statementId?: number;
  /** What its line says. */
  readonly description?: string;
}

/**
 * A small utility made by hand: each method adds one coherent thing (balances, open amounts
 * and allocations included) and answers its id. Everything unsaid gets a plain default.
 */
export class Utility extends Premises {
  /** A debit of one line, due twenty days after its date unless said otherwise; answers the transaction. */
  async charge(account: AccountRef, cents: Cents, options: MoneyOptions = {}): Promise<number> {
    const on = options.on ?? TODAY;
    const dueOn = options.dueOn === undefined ? addDays(on, 20) : options.dueOn;
    const transaction = await this.#transaction(account, cents, { kind: 'charge', ...options, on, dueOn });
    await this.#line(account, transaction, { ...options, on, dueOn, cents, effect: 1, open: cents });
    await this.#post(transaction, options);
    return transaction;
  }

  /** A credit of one line; posted, it pays what is open, the oldest due date first. Answers the transaction. */
  async payment(account: AccountRef, cents: Cents, options: MoneyOptions = {}): Promise<number> {
    const on = options.on ?? TODAY;
    const posted = (options.status ?? 'posted') === 'posted';
    const transaction = await this.#transaction(account, -cents, { kind: 'payment', ...options, on, dueOn: null });
    const open = posted ? await this.#openDebits(account) : [];
    let left = cents;
    const paid: { id: number; cents: Cents }[] = [];
    for (const debit of open) {
      const part = Math.min(left, debit.open_cents);
      if (part > 0) paid.push({ id: debit.id, cents: part });
      left -= part;
    }
    const line = await this.#line(account, transaction, {
      ...options,
      on,
      dueOn: null,
      cents,
      effect: -1,
      open: posted ? left : cents,
    });
    await this.#post(transaction, options);
    for (const part of paid) await this.#allocate(account, line, part, on);
    return transaction;
  }

  note(values: Values<'note'> & { readonly body: string }): Promise<number> {
    const level = values.account_id ? 'account' : values.customer_id ? 'customer' : 'location';
    return this.insert('note', {
      level,
      type: 'general',
      subject: values.body.slice(0, 40),
      created_at: Date.parse(`${TODAY}T12:00:00Z`),
      created_on: TODAY,
      created_by: 'tess',
      ...values,
    });
  }

  /** A document with one file, of which only the row is there. */
  async document(
    values: Values<'document'> & { readonly description: string; readonly level: 'customer' | 'location' | 'account' },
  ): Promise<number> {
    const made = { created_at: Date.parse(`${TODAY}T12:00:00Z`), created_by: 'tess' };
    const id = await this.insert('document', { type: 'LETTER', ...made, ...values });
    await this.insert('document_version', {
      document_id: id,
      number: 1,
      file_name: `${values.description}.txt`,
      media_type: 'text/plain',
      size: 1,
      digest: '0'.repeat(64),
      address: '0'.repeat(64),
      ...made,
    });
    return id;
  }

  async #transaction(account: AccountRef, cents: Cents, options: MoneyOptions): Promise<number> {
    const status = options.status ?? 'posted';
    const id = await this.insert('ledger_transaction', {
      account_id: account.id,
      customer_id: account.customerId,
      kind: options.kind,
      status: 'unposted',
      number: options.number ?? null,
      effective_on: options.on,
      due_on: options.dueOn,
      amount_cents: cents,
      method: options.method ?? (options.kind === 'payment' ? 'check' : null),
      statement_id: options.statementId ?? null,
      created_at: 0,
      created_by: 'tess',
    });
    const total = status === 'posted' ? 'balance_cents' : 'unposted_cents';
    await this.db
      .updateTable('account_balance')
      .set((eb) => ({ [total]: eb(total, '+', cents) }))
      .where('account_id', '=', account.id)
      .execute();
    return id;
  }

  async #post(id: number, { status = 'posted' }: MoneyOptions): Promise<void> {
    if (status === 'posted')
      await this.db.updateTable('ledger_transaction').set({ status }).where('id', '=', id).execute();
  }

  #line(
    account: AccountRef,
    transactionId: number,
    line: MoneyOptions & { readonly cents: Cents; readonly effect: 1 | -1; readonly open: Cents },
  ): Promise<number> {
    return this.insert('ledger_line', {
      transaction_id: transactionId,
      customer_id: account.customerId,
      account_id: account.id,
      service_type_id: line.service ?? null,
      description: line.description ?? null,
      debit_gl: line.effect === 1 ? '1200' : '1010',
      credit_gl: line.effect === 1 ? '4000' : '1200',
      amount_cents: line.cents,
      effect: line.effect,
      open_cents: line.open,
      effective_on: line.on,
      due_on: line.dueOn ?? null,
    });
  }

  #openDebits(account: AccountRef) {
    return this.db
      .selectFrom('ledger_line as x')
      .innerJoin('ledger_transaction as t', 't.id', 'x.transaction_id')
      .select(['x.id', 'x.open_cents'])
      .where('x.account_id', '=', account.id)
      .where('x.effect', '=', 1)
      .where('x.open_cents', '>', 0)
      .where('t.status', '=', 'posted')
      .orderBy('x.due_on')
      .orderBy('x.id')
      .execute();
  }

  async #allocate(account: AccountRef, creditLine: number, debit: { id: number; cents: Cents }, on: CivilDate) {
    await this.insert('allocation', {
      customer_id: account.customerId,
      credit_line_id: creditLine,
      debit_line_id: debit.id,
      amount_cents: debit.cents,
      allocated_on: on,
    });
    await this.db
      .updateTable('ledger_line')
      .set((eb) => ({ open_cents: eb('open_cents', '-', debit.cents) }))
      .where('id', '=', debit.id)
      .execute();
  }
}
