import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { CHAIN_START } from '../audit.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { shortText } from '#domain/typed-text.ts';

/** Where the database's own id is among the company options; the migration made it, nobody can set it. */
const DATABASE_ID = 'databaseId';
export const checkpoint = z.object({
  /** Which database it is of, through backups and moves. */
  database: shortText(64).min(1),
  /** Its company's name then, for people. */
  company: shortText(200),
  /** The last entry of the trail; 0 in an empty one. */
  seq: z.int().min(0),
  hash: shortText(64).regex(/^[0-9a-f]{64}$/),
  /** When it was made, epoch ms. */
  at: z.int().min(0),
  /** Entries that there were: as many as `seq` says, when none is missing. */
  rows: z.int().min(0),
  /** Version of the program that made it. */
  program: shortText(40),
});

/** What the audit trail was at a moment; kept elsewhere, it shows whatever is done to the trail later. */
export type Checkpoint = z.output<typeof checkpoint>;

/** The id that checkpoints know this database by. */
async function databaseId(db: Db): Promise<string> {
  const row = await db.selectFrom('company_option').select('value').where('name', '=', DATABASE_ID).executeTakeFirst();
  if (!row)
    throw new Failure('unavailable', 'The database has lost its id: its checkpoints can no longer be compared.');
  return String(JSON.parse(row.value));
}

export const makeCheckpoint = query({
  name: 'audit.checkpoint',
  summary: 'Where the audit trail stands, to be kept on another machine',
  permission: 'audit.export',
  input: z.object({ program: shortText(40).default('') }),
  run: async ({ db, now }, { program }): Promise<Checkpoint> => {
    const last = await db
      .selectFrom('audit_entry')
      .select(['seq', 'hash'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    const { rows } = await db
      .selectFrom('audit_entry')
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .where('seq', '<=', last?.seq ?? 0)
      .executeTakeFirstOrThrow();
    return {
      database: await databaseId(db),
      company: (await loadOptions(db)).companyName,
      seq: last?.seq ?? 0,
      hash: last?.hash ?? CHAIN_START,
      at: now,
      rows: Number(rows),
      program,
    };
  },
});

/**
 * Checkpoints from the lines of a file, each a JSON object.
 * @throws Failure `invalid`, naming the line
 */
export function readCheckpoints(text: string): Checkpoint[] {
  const found: Checkpoint[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = checkpoint.safeParse(jsonOf(line));
    if (!parsed.success) throw new Failure('invalid', `Line ${index + 1} of the checkpoints is none.`);
    found.push(parsed.data);
  }
  if (found.length === 0) throw new Failure('invalid', 'There is no checkpoint in the file.');
  return found;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** @throws Failure `refused` when a checkpoint is of another utility's database, by its name */
export async function assertOwnCheckpoints(db: Db, checkpoints: readonly Checkpoint[]): Promise<void> {
  const own = await databaseId(db);
  const other = checkpoints.find(({ database }) => database !== own);
  if (!other) return;
  const { companyName } = await loadOptions(db);
  throw new Failure(
    'refused',
    `The checkpoint is of another database: ${other.company} (${other.database}). This one is ${companyName} (${own}).`,
  );
}
