import type { DualMigration } from './dual.ts';

/** Tables of which no row may ever change or go. */
const APPEND_ONLY = ['audit_entry', 'allocation', 'note_version', 'import_run'];

/** What of a posted line may never change; `open_cents` alone moves, with allocations. */
const FIXED_OF_LINE = [
  'transaction_id',
  'customer_id',
  'account_id',
  'service_type_id',
  'debit_gl',
  'credit_gl',
  'amount_cents',
  'effect',
  'effective_on',
  'due_on',
];

const posted = (row: string): string =>
  `(select status from ledger_transaction where id = ${row}.transaction_id) = 'posted'`;

function sqliteTrigger(name: string, event: string, when: string, message: string): string {
  return `create trigger ${name} before ${event} for each row when ${when} begin select raise(abort, '${message}'); end;`;
}

function postgresTrigger(name: string, event: string, table: string, when: string, message: string): string[] {
  return [
    `create function ${name}() returns trigger language plpgsql as $$
      begin if ${when} then raise exception '${message}'; end if;
      if tg_op = 'DELETE' then return old; end if; return new; end $$;`,
    `create trigger ${name} before ${event} on ${table} for each row execute function ${name}();`,
  ];
}

interface Guard {
  readonly name: string;
  readonly event: 'update' | 'delete';
  readonly table: string;
  readonly message: string;
  /** The condition in each dialect: null-safe comparison differs. */
  readonly when: (differs: (column: string) => string) => string;
}

const guards: readonly Guard[] = [
  ...APPEND_ONLY.flatMap((table): Guard[] =>
    (['update', 'delete'] as const).map((event) => ({
      name: `${table}_no_${event}`,
      event,
      table,
      message: `${table} is append-only`,
      when: () => '1 = 1',
    })),
  ),
  {
    name: 'ledger_transaction_fixed',
    event: 'update',
    table: 'ledger_transaction',
    message: 'a posted transaction cannot be changed',
    when: () => `old.status = 'posted'`,
  },
  {
    name: 'ledger_transaction_kept',
    event: 'delete',
    table: 'ledger_transaction',
    message: 'a posted transaction cannot be deleted',
    when: () => `old.status = 'posted'`,
  },
  {
    name: 'ledger_line_fixed',
    event: 'update',
    table: 'ledger_line',
    message: 'a posted line cannot be changed',
    when: (differs) => `${posted('old')} and (${FIXED_OF_LINE.map(differs).join(' or ')})`,
  },
  {
    name: 'ledger_line_kept',
    event: 'delete',
    table: 'ledger_line',
    message: 'a posted line cannot be deleted',
    when: () => posted('old'),
  },
];

/** Names of all guards: the checks compare them with what the database has. */
export const guardNames: readonly string[] = guards.map((guard) => guard.name);

/** What is posted or logged stays as it was, whichever program writes. */
export const migration: DualMigration = {
  name: '2026-11-22-guards',
  sqlite: {
    up: guards.map((g) =>
      sqliteTrigger(
        g.name,
        `${g.event} on ${g.table}`,
        g.when((c) => `old.${c} is not new.${c}`),
        g.message,
      ),
    ),
  },
  postgresql: {
    up: guards.flatMap((g) =>
      postgresTrigger(
        g.name,
        g.event,
        g.table,
        g.when((c) => `old.${c} is distinct from new.${c}`),
        g.message,
      ),
    ),
  },
};
