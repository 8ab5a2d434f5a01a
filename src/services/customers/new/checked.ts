import { nameProblems } from '#domain/person-name.ts';
import { addressProblems, emailProblems, phoneProblems, type Problems } from '#domain/reach.ts';
import { codeValues } from '../../code-tables/values.ts';
import { Failure } from '../../failure.ts';
import type { CommandContext, QueryContext } from '../../operation.ts';
import { numberProblems } from '../../secrets/typed-numbers.ts';
import type { NewCustomer } from './input.ts';

/** Fields of the detail that hold a code, and its table. */
const CODES = {
  accountStatus: 'account_status',
  defaultTerms: 'terms',
  branch: 'branch',
  salesperson: 'salesperson',
  chainAccount: 'chain_account',
  customerGroup: 'customer_group',
  customerGroup2: 'customer_group',
  identityCheck: 'identity_check',
} as const;

type Asked = Pick<QueryContext, 'db' | 'actor'>;

const under = (path: string, problems: Problems): Problems =>
  Object.fromEntries(Object.entries(problems).map(([field, words]) => [`${path}.${field}`, words]));

/** Whoever it is and where bills go, without numbers that are sealed. */
type Entered = Pick<NewCustomer, 'detail' | 'billTo'>;

/** What the form itself tells: needed fields, formats. */
function formProblems({ detail, billTo }: Entered): Problems {
  const problems: Problems = {
    ...under('detail', nameProblems(detail)),
    ...under('billTo.address', addressProblems(billTo.address)),
  };
  for (const [at, phone] of billTo.phones.entries())
    Object.assign(problems, under(`billTo.phones.${at}`, phoneProblems(phone)));
  for (const [at, email] of billTo.emails.entries())
    Object.assign(problems, under(`billTo.emails.${at}`, emailProblems(email)));
  if (detail.emailNotices === 1 && billTo.emails.length === 0)
    problems['detail.emailNotices'] = 'There is no e-mail address to send to.';
  return problems;
}

/** The same of the numbers that are sealed. */
const personalProblems = ({ personal }: Pick<NewCustomer, 'personal'>): Problems =>
  under('personal', numberProblems(personal));

/** Whether customers are shared out by group anywhere: then every customer needs one (guide: domain §2.7). */
const groupsMatter = async ({ db, actor }: Asked): Promise<boolean> =>
  (actor.customers ?? 'all') !== 'all' ||
  (await db.selectFrom('group_customer_group').select('id').executeTakeFirst()) !== undefined;

/** What only the database knows: codes, numbers, groups. */
async function factProblems(ctx: Asked, { detail, billTo }: Entered): Promise<Problems> {
  const problems: Problems = {};
  const known = async (table: string, value: string) =>
    value === '' || (await codeValues(ctx.db, table)).some((one) => one.code === value);
  for (const [field, table] of Object.entries(CODES)) {
    if (!(await known(table, detail[field as keyof typeof CODES]))) problems[`detail.${field}`] = 'Not on the list.';
  }
  if (!(await known('address_type', billTo.address.type))) problems['billTo.address.type'] = 'Not on the list.';
  for (const [at, { type }] of billTo.phones.entries())
    if (!(await known('phone_type', type))) problems[`billTo.phones.${at}.type`] = 'Not on the list.';
  for (const [at, { type }] of billTo.emails.entries())
    if (!(await known('email_type', type))) problems[`billTo.emails.${at}.type`] = 'Not on the list.';
  if (detail.statementFormat !== '' && !(await isFormat(ctx, detail.statementFormat)))
    problems['detail.statementFormat'] = 'There is no such format of statements.';
  if (detail.number !== '' && (await isTaken(ctx, detail.number)))
    problems['detail.number'] = `There is a customer ${detail.number} already.`;
  const reach = ctx.actor.customers ?? 'all';
  if (detail.customerGroup === '' && (await groupsMatter(ctx)))
    problems['detail.customerGroup'] = 'Choose the customer group: who may see the customer hangs on it.';
  else if (reach !== 'all' && reach.get(detail.customerGroup) !== 'change')
    problems['detail.customerGroup'] = 'You may not enter customers of this group.';
  return problems;
}

const isFormat = async ({ db }: Asked, code: string): Promise<boolean> =>
  (await db
    .selectFrom('paper_format')
    .select('id')
    .where('code', '=', code)
    .where('kind', '=', 'statement')
    .where('active', '=', 1)
    .executeTakeFirst()) !== undefined;

export const isTaken = async ({ db }: Asked, number: string): Promise<boolean> =>
  (await db.selectFrom('customer').select('id').where('number', '=', number).executeTakeFirst()) !== undefined;

/** What is wrong with who it is and where bills go, by path; nothing when all is well. */
export const enteredProblems = async (ctx: Asked, input: Entered): Promise<Problems> => ({
  ...formProblems(input),
  ...(await factProblems(ctx, input)),
});

/** @throws Failure `invalid`, with a message at each field */
export async function assertValid(ctx: CommandContext, input: NewCustomer): Promise<void> {
  const problems = { ...(await enteredProblems(ctx, input)), ...personalProblems(input) };
  const [first] = Object.values(problems);
  if (first) throw new Failure('invalid', first, problems);
}
