/** What a database refused, whichever engine said so. */
export type DatabaseTrouble =
  | 'busy' // locked, deadlocked or out of serial order: the whole transaction may be run again
  | 'duplicate' // unique or primary key
  | 'conflict' // the row's version moved on
  | 'reference' // foreign key
  | 'rule' // a trigger or check of the schema
  | 'full'
  | 'readonly'
  | 'corrupt'
  | 'not-let-in' // the server refuses the user, the password, the database or the encryption
  | 'connection';

const SQLITE: readonly [prefix: string, trouble: DatabaseTrouble][] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'duplicate'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'duplicate'],
  ['SQLITE_CONSTRAINT_ROWID', 'duplicate'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 'reference'],
  ['SQLITE_CONSTRAINT', 'rule'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR', 'full'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_CANTOPEN', 'readonly'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
];

const POSTGRES: readonly [prefix: string, trouble: DatabaseTrouble][] = [
  ['40001', 'busy'],
  ['40P01', 'busy'],
  ['55P03', 'busy'],
  ['23505', 'duplicate'],
  ['23503', 'reference'],
  ['23', 'rule'],
  ['P0001', 'rule'],
  ['53300', 'busy'],
  ['57014', 'busy'],
  ['53100', 'full'],
  ['25006', 'readonly'],
  ['42501', 'readonly'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
  ['28', 'not-let-in'],
  ['3D000', 'not-let-in'],
  ['08', 'connection'],
  ['57P', 'connection'],
  ['25P03', 'connection'],
  ['ECONN', 'connection'],
  ['ENOTFOUND', 'connection'],
  ['EPIPE', 'connection'],
  ['ETIMEDOUT', 'connection'],
  ['EHOSTUNREACH', 'connection'],
  ['ENETUNREACH', 'connection'],
  ['EAI_AGAIN', 'connection'],
];

/** What the driver of PostgreSQL says without a code. */
const MESSAGES: readonly [pattern: RegExp, trouble: DatabaseTrouble][] = [
  [/^Connection terminated|^timeout exceeded when trying to connect|not queryable$|^Client was closed/, 'connection'],
  [/does not support SSL|certificate|^SASL:|password must be a string/i, 'not-let-in'],
];

function chain(error: unknown): Error[] {
  const found: Error[] = [];
  for (let e = error; e instanceof Error && found.length < 6; e = e.cause ?? (e as { previous?: unknown }).previous) {
    found.push(e);
  }
  return found;
}

/** Which trouble an error of Kysely, MikroORM or a driver is; null when it is none of the database's. */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  for (const e of chain(error)) {
    if (e.name === 'OptimisticLockError') return 'conflict';
    const code = String((e as { code?: unknown }).code ?? '');
    const table = code.startsWith('SQLITE_') ? SQLITE : POSTGRES;
    // The guard against replacing a row speaks before the constraint can.
    if (code === 'SQLITE_CONSTRAINT_TRIGGER' && e.message.endsWith('exists already')) return 'duplicate';
    const hit = table.find(([prefix]) => code.startsWith(prefix));
    if (hit) return hit[1];
    const said = code === '' ? MESSAGES.find(([pattern]) => pattern.test(e.message)) : undefined;
    if (said) return said[1];
  }
  return null;
}

/** Whether a unique violation is of an identity, which another process happened to make at the same time. */
export const isIdentityClash = (error: unknown): boolean =>
  databaseTrouble(error) === 'duplicate' && chain(error).some((e) => /\.id\b|_pkey/.test(e.message));

/** Whether another took the same place in the audit trail first: the transaction may be run again. */
export const isChainClash = (error: unknown): boolean =>
  databaseTrouble(error) === 'duplicate' && chain(error).some((e) => /audit_entry[._]seq/.test(e.message));
