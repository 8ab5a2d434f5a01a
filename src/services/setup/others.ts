import { COMPANY_OPTIONS, type CompanyOptionName } from '#domain/company-options.ts';
import { optionFacts, optionValue } from '#domain/option-kinds.ts';
import { parseCents } from '#domain/money.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import type { Query, CommandOperation } from '../operation.ts';
import { loadOptions, setOption } from '../options/operations.ts';
import { saveFormat, setFormat } from '../paper/formats.ts';
import { addGroup, changeGroup } from '../users/groups.ts';
import { type GroupRow, groupRows } from '../users/list-groups.ts';
import { movable } from './document.ts';
import type { Importing } from './plan.ts';
import type { SaidFormat, SaidGroup, SaidSetup } from './read.ts';

/** An input as its operation takes it. @throws Failure `invalid`, at its fields */
function accepted<I>({ input }: Pick<Query<I> | CommandOperation<I>, 'input'>, given: unknown): I {
  const parsed = input.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new Failure('invalid', issue.message, { [issue.path.join('.') || 'name']: issue.message });
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function optionSaid(name: CompanyOptionName, said: unknown): unknown {
  const facts = optionFacts(name);
  if (facts.kind === 'flag') return said === 'true' ? true : said === 'false' ? false : said;
  if (typeof said !== 'string' || facts.kind === 'words' || facts.kind === 'entries') return said;
  const value = optionValue(facts, said);
  if ('problem' in value) throw new Failure('invalid', value.problem, { value: value.problem });
  return value.value;
}

/** Company options of a file; those that it does not name stay as they are. */
export async function importOptions(importing: Importing, { options }: SaidSetup): Promise<void> {
  const { ctx } = importing;
  const before = await loadOptions(ctx.db);
  const chosen = new Set((await ctx.db.selectFrom('company_option').select('name').execute()).map(({ name }) => name));
  for (const [key, said] of Object.entries(options)) {
    if (!(key in COMPANY_OPTIONS) || !movable(key as CompanyOptionName)) {
      importing.wrong(
        ['options', key],
        key in COMPANY_OPTIONS ? 'This option is no part of a setup' : 'There is no such option',
      );
      continue;
    }
    const name = key as CompanyOptionName;
    await importing.one(['options', name], async () => {
      const { value } = accepted(setOption, { name, value: optionSaid(name, said) });
      const parsed = COMPANY_OPTIONS[name].safeParse(value);
      if (parsed.success && same(parsed.data, before[name]) && chosen.has(name)) {
        return importing.did('options', name, 'unchanged');
      }
      await setOption.run(ctx, { name, value }, undefined);
      importing.did('options', name, same(before[name], parsed.data) && !chosen.has(name) ? 'added' : 'changed');
    });
  }
}

/** `residents`, or `residents (read)`. */
function customersSaid(customers: SaidGroup['customers']) {
  if (customers === 'all') return customers;
  return customers.map((text) => {
    const readOnly = text.endsWith(' (read)');
    return { group: readOnly ? text.slice(0, -' (read)'.length) : text, readOnly };
  });
}

function groupSaid(said: SaidGroup) {
  const cents = said.creditLimit === 'any' ? null : parseCents(said.creditLimit);
  if (cents === null && said.creditLimit !== 'any') {
    throw new Failure('invalid', 'Write an amount, or any', { creditLimit: 'Write an amount, or any' });
  }
  return {
    name: said.name,
    description: said.description,
    level: Number(said.level),
    documentLevel: Number(said.documentLevel),
    creditLimitCents: cents,
    needsTotp: said.secondFactor,
    permissions: said.rights.toSorted(),
    customers: customersSaid(said.customers),
  };
}

const groupThere = (group: GroupRow) => ({
  name: group.name,
  description: group.description,
  level: group.level,
  documentLevel: group.documentLevel,
  creditLimitCents: group.creditLimitCents,
  needsTotp: group.needsTotp,
  permissions: group.permissions.toSorted(),
  customers: group.customers,
});

/** Groups and their rights; groups that the file does not name stay, with their members. */
export async function importGroups(importing: Importing, { groups }: SaidSetup): Promise<void> {
  const { ctx } = importing;
  const there = await groupRows(ctx.db);
  for (const [index, said] of groups.entries()) {
    await importing.one(['groups', index], async () => {
      const facts = groupSaid(said);
      const before = there.find(({ code }) => code === said.code);
      if (before && same(groupThere(before), facts)) return importing.did('groups', said.code, 'unchanged');
      if (!may(ctx.actor, 'groups.manage')) throw new Failure('forbidden', 'You may not change groups (groups.manage)');
      if (before) {
        const input = accepted(changeGroup, { code: said.code, version: before.version, ...facts });
        await changeGroup.run(ctx, input, undefined);
      } else await addGroup.run(ctx, accepted(addGroup, { code: said.code, ...facts }), undefined);
      importing.did('groups', said.code, before ? 'changed' : 'added');
    });
  }
}

/** Formats of paper; those that the file does not name stay. Of the program's own only the choice is taken over. */
export async function importFormats(importing: Importing, { formats }: SaidSetup): Promise<void> {
  const { ctx } = importing;
  const typed = (importing.written.typed as { formats?: readonly { layout?: unknown }[] }).formats ?? [];
  for (const [index, said] of formats.entries()) {
    await importing.one(['formats', index], () => oneFormat(importing, said, typed[index]?.layout));
  }
  await ctx.em.flush();
}

async function oneFormat(importing: Importing, said: SaidFormat, layout: unknown): Promise<void> {
  const { ctx } = importing;
  const before = await ctx.db.selectFrom('paper_format').selectAll().where('code', '=', said.code).executeTakeFirst();
  if (!before && said.system) throw new Failure('refused', `This version of the program has no format ${said.code}`);
  const wanted = { standard: said.standard, active: !said.retired };
  const state = before && { standard: before.standard === 1, active: before.active === 1 };
  if (before && same(state, wanted) && (before.system === 1 || isSame(before, said, layout))) {
    return importing.did('formats', said.code, 'unchanged');
  }
  if (!may(ctx.actor, 'paper.formats')) throw new Failure('forbidden', 'You may not change formats (paper.formats)');
  if (before?.system === 1) await setFormat.run(ctx, { code: said.code, ...wanted }, undefined);
  else {
    const { code, kind, name } = said;
    await saveFormat.run(
      ctx,
      accepted(saveFormat, { code, kind, name, ...wanted, layout: JSON.stringify(layout) }),
      undefined,
    );
  }
  await ctx.em.flush();
  importing.did('formats', said.code, before ? 'changed' : 'added');
}

const isSame = (before: { name: string; layout: string }, said: SaidFormat, layout: unknown): boolean =>
  before.name === said.name && same(JSON.parse(before.layout), layout);
