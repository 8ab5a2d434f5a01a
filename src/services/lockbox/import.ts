import { createHash } from 'node:crypto';
import { z } from 'zod';
import { insertRows } from '#db/bulk.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { createBatch } from '../batches/find.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { day, MOST_CENTS } from '../payments/input.ts';
import { takeMany } from '../payments/take-many.ts';
import { shortText } from '#domain/typed-text.ts';
import { type Matched, matchItems } from './match.ts';
import { type ParsedFile, parseLockbox } from './parse.ts';
import { lockboxProfile, PROFILE_NAMES, PROFILES } from './profile.ts';

/** What became of a file. */
export interface LockboxReceipt {
  readonly fileId: number;
  readonly batchId: number;
  readonly batchNumber: string;
  readonly items: number;
  readonly totalCents: Cents;
  readonly matched: number;
  readonly matchedCents: Cents;
  /** Waiting for somebody to say whose they are. */
  readonly exceptions: number;
}

const MOST_LINES = 100_000;
const LONGEST_LINE = 2000;
/** Lines named in a refusal; there may be as many as the file has. */
const NAMED = 20;

interface Prepared {
  readonly parsed: ParsedFile;
  readonly digest: string;
}

export const importLockbox = command({
  name: 'lockbox.import',
  summary: 'Take a bank’s lockbox file: all of it or nothing, what cannot be credited waits as exceptions',
  permission: 'lockbox.manage',
  identifiers: ['lines'],
  input: z.object({
    /** Name of the file, as it will be known. */
    name: shortText(200).min(1, 'Name the file.'),
    lines: z.array(shortText(LONGEST_LINE)).min(1, 'The file is empty.').max(MOST_LINES, 'The file is too long.'),
    /** One that comes with the program, or the bank’s own. */
    profile: z.union([z.enum(PROFILE_NAMES), lockboxProfile]).default('csv'),
    /** As the deposit slip says; needed where the file has no trailer. */
    controlCents: z.number().int().min(0).max(MOST_CENTS).optional(),
    controlCount: z.number().int().min(0).max(MOST_LINES).optional(),
    /** Left out: what the file says, else today. */
    depositedOn: day.optional(),
  }),
  prepare: async ({ lines, profile }): Promise<Prepared> => ({
    parsed: await parseLockbox(lines, typeof profile === 'string' ? PROFILES[profile]! : profile),
    digest: createHash('sha256')
      .update(
        lines
          .map((line) => line.trimEnd())
          .join('\n')
          .trimEnd(),
      )
      .digest('hex'),
  }),
  run: async (ctx, input, { parsed, digest }: Prepared): Promise<LockboxReceipt> => {
    await assertNew(ctx, digest);
    assertWhole(parsed);
    const totals = { count: parsed.items.length, cents: parsed.items.reduce((sum, { cents }) => sum + cents, 0) };
    assertControls(totals, parsed, input);
    const depositedOn = input.depositedOn ?? parsed.depositedOn ?? ctx.today;
    assertPast(ctx, parsed, depositedOn);
    const matched = await matchItems(ctx.db, parsed.items, depositedOn);
    return write(ctx, matched, { name: input.name, digest, depositedOn, ...totals });
  },
});

async function assertNew({ db }: CommandContext, digest: string): Promise<void> {
  const file = await db
    .selectFrom('lockbox_file as f')
    .innerJoin('batch as b', 'b.id', 'f.batch_id')
    .select(['f.name', 'f.imported_by as by', 'f.deposited_on as on', 'b.number'])
    .where('f.digest', '=', digest)
    .executeTakeFirst();
  if (!file) return;
  throw new Failure(
    'refused',
    `This file was taken already: ${file.name} of ${file.on}, by ${file.by}, batch ${file.number}.`,
  );
}

/** @throws Failure `invalid` that names the lines */
function assertWhole({ problems }: ParsedFile): void {
  if (problems.length === 0) return;
  const named = problems.slice(0, NAMED).map(({ row, reason }) => [`row ${row}`, reason] as const);
  const more = problems.length > NAMED ? ` and ${problems.length - NAMED} more` : '';
  const [first] = problems as readonly [(typeof problems)[number]];
  const words = `Nothing was taken. Row ${first.row}: ${first.reason}`;
  const rest = problems.length > 1 ? ` ${problems.length} rows in all${more}.` : '';
  throw new Failure('invalid', `${words}${rest}`, Object.fromEntries(named));
}

interface Totals {
  readonly count: number;
  readonly cents: Cents;
}

/** What the file holds against its trailer and the deposit slip; one of them must say the total. */
function assertControls(
  { count, cents }: Totals,
  trailer: Pick<ParsedFile, 'controlCents' | 'controlCount'>,
  given: { readonly controlCents?: number | undefined; readonly controlCount?: number | undefined },
): void {
  const wrong = (field: string, words: string): never => {
    throw new Failure('invalid', `Nothing was taken. ${words}`, { [field]: words });
  };
  if (trailer.controlCents === null && given.controlCents === undefined) {
    wrong('controlCents', 'The file has no total: give the one of the deposit slip.');
  }
  for (const [source, total] of [
    ['trailer', trailer.controlCents],
    ['deposit slip', given.controlCents ?? null],
  ] as const) {
    if (total !== null && total !== cents) {
      wrong('controlCents', `The payments sum to ${formatCents(cents)}, the ${source} says ${formatCents(total)}.`);
    }
  }
  for (const [source, said] of [
    ['trailer', trailer.controlCount],
    ['deposit slip', given.controlCount ?? null],
  ] as const) {
    if (said !== null && said !== count)
      wrong('controlCount', `There are ${count} payments, the ${source} says ${said}.`);
  }
}

function assertPast({ today }: CommandContext, { items }: ParsedFile, depositedOn: CivilDate): void {
  const late = items.filter(({ paidOn }) => paidOn !== null && paidOn > today);
  assertWhole({
    items,
    problems: late.map(({ row }) => ({ row, reason: 'Its date is in the future.' })),
    depositedOn,
    controlCents: null,
    controlCount: null,
  });
  if (depositedOn > today) {
    throw new Failure('invalid', 'The day of deposit is in the future.', { depositedOn: 'It is in the future.' });
  }
}

interface File extends Totals {
  readonly name: string;
  readonly digest: string;
  readonly depositedOn: CivilDate;
}

async function write(ctx: CommandContext, matched: readonly Matched[], file: File): Promise<LockboxReceipt> {
  const { id: batchId, number: batchNumber } = await createBatch(ctx, {
    kind: 'lockbox',
    description: file.name.slice(0, 120),
    controlCents: file.cents,
    controlCount: file.count,
  });
  const good = matched.filter(({ problem }) => problem === null);
  const payments = await takeMany(
    ctx,
    good.map(({ item, account, paidOn }) => ({ ...item, account: account!, paidOn })),
    { channel: 'lockbox', batchId },
  );
  const paymentOf = new Map(good.map((one, at) => [one, payments[at]!]));
  const fileId = ctx.newId();
  await ctx.db
    .insertInto('lockbox_file')
    .values({
      id: fileId,
      name: file.name,
      digest: file.digest,
      deposited_on: file.depositedOn,
      items: file.count,
      total_cents: file.cents,
      batch_id: batchId,
      imported_at: ctx.now,
      imported_by: ctx.actor.username,
    })
    .execute();
  const rows = matched.map((one) => itemRow(ctx, fileId, one, paymentOf.get(one) ?? null));
  await insertRows(ctx.db, 'lockbox_item', rows);
  const matchedCents = good.reduce((sum, { item }) => sum + item.cents, 0);
  ctx.audit({
    entity: 'LockboxFile',
    entityId: fileId,
    changes: { batch: [null, batchNumber], items: [null, file.count], totalCents: [null, file.cents] },
  });
  return {
    fileId,
    batchId,
    batchNumber,
    items: file.count,
    totalCents: file.cents,
    matched: good.length,
    matchedCents,
    exceptions: matched.length - good.length,
  };
}

const itemRow = (
  ctx: CommandContext,
  fileId: number,
  { item, paidOn, account, problem }: Matched,
  paymentId: number | null,
) => ({
  id: ctx.newId(),
  file_id: fileId,
  row: item.row,
  account_number: item.accountNumber,
  payer: item.payer,
  amount_cents: item.cents,
  method: item.method,
  reference: item.reference,
  paid_on: paidOn,
  status: problem === null ? ('matched' as const) : ('exception' as const),
  problem,
  account_id: account?.id ?? null,
  customer_id: account?.customerId ?? null,
  payment_id: paymentId,
  resolved_by: null,
  resolved_at: null,
  remarks: null,
  version: 1,
});
