/** A promise of this suite: what is counted or timed, and how much of it may be. */
export interface Promised {
  readonly unit: string;
  readonly atMost: number;
  /** Only one engine can keep or break it. */
  readonly engine?: 'sqlite' | 'postgresql';
}

const none = (unit: string, engine?: Promised['engine']): Promised => ({ unit, atMost: 0, engine });
const within = (unit: string, atMost: number, engine?: Promised['engine']): Promised => ({ unit, atMost, engine });

/**
 * Everything that the suite proves, by name. Counts are asserted by the tests; times and sizes
 * are printed, because the machine of a test may be busy with something else.
 */
export const PROMISES = {
  'clerks at their pace: failures': none('commands'),
  'clerks at their pace: a posting takes, p50': within('ms', 100),
  'clerks at their pace: a posting takes, p99': within('ms', 250),
  'clerks at their pace: a posting takes, longest': within('ms', 1000),
  'everybody at once: failures': none('commands'),
  'killed: acknowledged and lost': none('commands'),
  'killed: done twice or by half': none('commands'),
  'killed: rules of the check that do not hold': none('rules'),
  'killed while documents are added: acknowledged and lost': none('documents', 'sqlite'),
  'killed while documents are added: rows without their file': none('rows', 'sqlite'),
  'killed while documents are added: files left after a cleaning': none('files', 'sqlite'),
  'senders killed: mail sent twice': none('messages', 'sqlite'),
  'senders killed: said to be sent and not there': none('messages', 'sqlite'),
  'a command repeated: done more than once': none('times'),
  'a command repeated: answered otherwise': none('answers'),
  'lock held by another for 3 s: longest stall': within('ms', 100, 'sqlite'),
  'lock held by another: key to paint, longest': within('ms', 200, 'sqlite'),
  'disk full: changes left by half': none('tables', 'sqlite'),
  'lock held beyond patience: told after': within('s', 20, 'sqlite'),
  'random histories of money: books that do not hold': none('histories', 'sqlite'),
  'clock going back and leaping: identities given twice': none('identities'),
  'clock going back and leaping: breaks in the audit trail': none('breaks'),
  'connection cut: commands lost or done twice': none('commands', 'postgresql'),
  'connection cut: not back by itself': none('times', 'postgresql'),
  'damaged pages: not found by the check': none('pages', 'sqlite'),
  'cut write-ahead logs: not whole afterwards': none('files', 'sqlite'),
  'random keys decoded: faults': none('inputs', 'sqlite'),
  'random files imported: faults': none('files', 'sqlite'),
  'random calls: faults': none('calls', 'sqlite'),
  'random dates and amounts: faults': none('texts', 'sqlite'),
  'hostile texts in forms: bytes that a terminal obeys': none('bytes', 'sqlite'),
  'hostile texts in forms: stored otherwise than typed': none('texts', 'sqlite'),
  'random keys for long: crashes': none('times', 'sqlite'),
  'random keys for long: frames beyond the screen': none('frames', 'sqlite'),
  'random keys for long: bytes that a terminal obeys': none('bytes', 'sqlite'),
  'random keys for long: more files open at the end': none('files', 'sqlite'),
  'random keys for long: write-ahead log, largest': within('MB', 64, 'sqlite'),
  'random keys for long: memory grows': within('MB/h', 1, 'sqlite'),
} as const satisfies Readonly<Record<string, Promised>>;

export type PromiseName = keyof typeof PROMISES;
