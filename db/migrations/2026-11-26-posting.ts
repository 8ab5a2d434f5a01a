import type { DualMigration } from './dual.ts';

/** A condition under which a change is refused, the same text on both engines. */
interface Guard {
  readonly name: string;
  readonly event: 'insert' | 'update' | 'delete';
  readonly table: string;
  readonly when: string;
  readonly message: string;
}

const POSTING = `new.status = 'posted' and old.status <> 'posted'`;
const status = (id: string): string => `(select status from ledger_transaction where id = ${id})`;
const lineStatus = (id: string): string =>
  `(select t.status from ledger_line l join ledger_transaction t on t.id = l.transaction_id where l.id = ${id})`;
const batchPosted = (row: string): string =>
  `${row}.batch_id is not null and (select status from batch where id = ${row}.batch_id) = 'posted'`;
const anyPosted = (column: string): string =>
  `exists (select 1 from ledger_transaction t where t.${column} = old.id and t.status = 'posted')`;

/** Those that stand in the way of whoever loads books that are posted already. */
const entry: readonly Guard[] = [
  {
    name: 'ledger_transaction_entered',
    event: 'insert',
    table: 'ledger_transaction',
    when: `new.status = 'posted'`,
    message: 'a transaction is entered before it is posted',
  },
  {
    name: 'ledger_transaction_batch_open',
    event: 'insert',
    table: 'ledger_transaction',
    when: batchPosted('new'),
    message: 'a posted batch takes no more transactions',
  },
  {
    name: 'ledger_line_entered',
    event: 'insert',
    table: 'ledger_line',
    when: `${status('new.transaction_id')} = 'posted'`,
    message: 'a posted transaction takes no more lines',
  },
  {
    name: 'allocation_posted',
    event: 'insert',
    table: 'allocation',
    when: `${lineStatus('new.credit_line_id')} <> 'posted' or ${lineStatus('new.debit_line_id')} <> 'posted'`,
    message: 'only what is posted is allocated',
  },
  {
    name: 'allocation_pair',
    event: 'insert',
    table: 'allocation',
    when: `(select c.effect * d.effect * 10 + c.effect from ledger_line c, ledger_line d
      where c.id = new.credit_line_id and d.id = new.debit_line_id and c.customer_id = d.customer_id) is distinct from -11`,
    message: 'an allocation ties a credit to a debit of the same customer',
  },
];

const others: readonly Guard[] = [
  {
    name: 'ledger_transaction_balanced',
    event: 'update',
    table: 'ledger_transaction',
    when: `${POSTING} and (select sum(effect * amount_cents) from ledger_line where transaction_id = new.id) is distinct from new.amount_cents`,
    message: 'a transaction is posted only as the sum of its lines',
  },
  {
    name: 'ledger_transaction_period',
    event: 'update',
    table: 'ledger_transaction',
    when: `${POSTING} and exists (select 1 from accounting_period p
      where p.status = 'closed' and p.starts_on <= new.effective_on and new.effective_on <= p.ends_on)`,
    message: 'the accounting period is closed',
  },
  {
    name: 'ledger_line_moved',
    event: 'update',
    table: 'ledger_line',
    when: `old.transaction_id <> new.transaction_id and ${status('new.transaction_id')} = 'posted'`,
    message: 'a posted transaction takes no more lines',
  },
  {
    name: 'batch_fixed',
    event: 'update',
    table: 'batch',
    when: `old.status = 'posted'`,
    message: 'a posted batch cannot be changed',
  },
  {
    name: 'batch_kept',
    event: 'delete',
    table: 'batch',
    when: `old.status = 'posted'`,
    message: 'a posted batch cannot be deleted',
  },
  {
    name: 'payment_fixed',
    event: 'update',
    table: 'payment',
    when: anyPosted('payment_id'),
    message: 'a posted payment cannot be changed',
  },
  {
    name: 'payment_kept',
    event: 'delete',
    table: 'payment',
    when: anyPosted('payment_id'),
    message: 'a posted payment cannot be deleted',
  },
  {
    name: 'tender_fixed',
    event: 'update',
    table: 'tender',
    when: anyPosted('tender_id'),
    message: 'a posted payment cannot be changed',
  },
  {
    name: 'tender_kept',
    event: 'delete',
    table: 'tender',
    when: anyPosted('tender_id'),
    message: 'a posted payment cannot be deleted',
  },
  {
    name: 'cash_drawer_fixed',
    event: 'update',
    table: 'cash_drawer',
    when: `old.status = 'closed'`,
    message: 'a closed drawer cannot be changed',
  },
];

const sqliteText = ({ name, event, table, when, message }: Guard): string =>
  `create trigger ${name} before ${event} on ${table} for each row when ${when} begin select raise(abort, '${message}'); end;`;

const functionText = ({ name, when, message }: Guard): string =>
  `create function ${name}() returns trigger language plpgsql as $$
    begin if ${when} then raise exception '${message}'; end if;
    if tg_op = 'DELETE' then return old; end if; return new; end $$;`;

const triggerText = ({ name, event, table }: Guard): string =>
  `create trigger ${name} before ${event} on ${table} for each row execute function ${name}();`;

/** Names of these guards: the checks compare them with what the database has. */
export const postingGuards: readonly string[] = [...entry, ...others].map(({ name }) => name);

/** The guards of entry, to be dropped and made again around the loading of posted books. */
export const entryGuards = {
  sqlite: entry.map((guard) => ({ drop: `drop trigger ${guard.name}`, make: sqliteText(guard) })),
  postgresql: entry.map((guard) => ({
    drop: `drop trigger ${guard.name} on ${guard.table}`,
    make: triggerText(guard),
  })),
} as const;

/** Books are entered, then posted as the sum of their lines in an open period; what is posted stays whole. */
export const migration: DualMigration = {
  name: '2026-11-26-posting',
  sqlite: { up: [...entry, ...others].map(sqliteText) },
  postgresql: { up: [...entry, ...others].flatMap((guard) => [functionText(guard), triggerText(guard)]) },
};
