import {
  NAME_FIELDS,
  type CustomerRecord,
  RECORD_LABELS,
  RECORD_TABLES,
  type RecordField,
} from '#domain/customer-record.ts';
import { nameProblems } from '#domain/person-name.ts';
import { may, SEE_PRIVATE } from '../../actor.ts';
import { codeValues } from '../../code-tables/values.ts';
import { Failure } from '../../failure.ts';
import type { CommandContext } from '../../operation.ts';

type Problems = Partial<Record<RecordField, string>>;

/** Codes that are changed must be on their tables' lists. */
async function codeProblems(ctx: CommandContext, before: CustomerRecord, after: CustomerRecord): Promise<Problems> {
  const problems: Problems = {};
  for (const [field, table] of Object.entries(RECORD_TABLES) as [keyof typeof RECORD_TABLES, string][]) {
    const code = after[field];
    if (code === null || code === before[field]) continue;
    const values = await codeValues(ctx.db, table);
    if (!values.some((value) => value.code === code)) problems[field] = 'Not on the list. F4 shows the values.';
  }
  const added = after.disallowedMethods.filter((code) => !before.disallowedMethods.includes(code));
  if (added.length > 0) {
    const methods = new Set((await codeValues(ctx.db, 'payment_method')).map(({ code }) => code));
    const unknown = added.find((code) => !methods.has(code));
    if (unknown !== undefined) problems.disallowedMethods = `There is no payment method ${unknown}.`;
  }
  return problems;
}

async function formatProblem(ctx: CommandContext, code: string | null): Promise<string | null> {
  if (code === null) return null;
  const format = await ctx.db
    .selectFrom('paper_format')
    .select('id')
    .where('code', '=', code)
    .where('kind', '=', 'statement')
    .executeTakeFirst();
  return format ? null : 'There is no such format of statements.';
}

/** A group that the editor may not change would take the customer out of their hands. */
function groupProblem({ actor }: CommandContext, group: string | null): string | null {
  const { customers: reach = 'all' } = actor;
  if (reach === 'all' || (group !== null && reach.get(group) === 'change')) return null;
  if (group === null) return 'You may change customers of your groups only: leave it in one of them.';
  return reach.has(group)
    ? `You may only read customers of group ${group}; you cannot move one there.`
    : `You may not see customers of group ${group}; you cannot move one there.`;
}

/**
 * What a change would do that it may not.
 * @param hides the editor agreed to lose sight of the customer
 * @throws Failure `invalid` with a message at each field, `refused` when it would be hidden from the editor unasked
 */
export async function checkRecord(
  ctx: CommandContext,
  before: CustomerRecord,
  after: CustomerRecord,
  hides: boolean,
): Promise<void> {
  const changed = (field: RecordField): boolean => before[field] !== after[field];
  const problems: Problems = {
    ...(NAME_FIELDS.some(changed) ? nameProblems(after) : {}),
    ...(await codeProblems(ctx, before, after)),
  };
  if (changed('customerGroup')) {
    const problem = groupProblem(ctx, after.customerGroup);
    if (problem) problems.customerGroup = problem;
  }
  if (changed('statementFormat')) {
    const problem = await formatProblem(ctx, after.statementFormat);
    if (problem) problems.statementFormat = problem;
  }
  const [first] = Object.entries(problems) as [RecordField, string][];
  if (first)
    throw new Failure('invalid', `${RECORD_LABELS[first[0]]}: ${first[1]}`, problems as Record<string, string>);
  if (changed('public') && after.public === 0 && !may(ctx.actor, SEE_PRIVATE) && !hides) {
    const words = 'You may not see private customers: you would no longer see this one.';
    throw new Failure('refused', words, { public: words });
  }
}
