import { formatCents } from '#domain/money.ts';
import { agreementWords, debtReasonProblem } from '#domain/same-person.ts';
import type { AlikeCustomer } from '#services/customers/new/alike.ts';
import { checkNewCustomer } from '#services/customers/new/check.ts';
import { createCustomer, type CreatedCustomer } from '#services/customers/new/create.ts';
import { type NewCustomer, newCustomer } from '#services/customers/new/input.ts';
import { Failure, unreadable } from '#services/failure.ts';
import { triedAgain } from '#ui/tried.ts';
import { closedPart } from './forms.ts';
import { byPart, saidOf } from './input.ts';
import { fieldsFor, type NewCustomerContext, type NewCustomerState, type Problems } from './model.ts';
import { missingIn } from './summary.ts';
import { SECTION_TITLES, type Section, SECTIONS } from './sections.ts';

/** What is needed and empty, by part. */
function missing(state: NewCustomerState): Partial<Record<Section, Problems>> {
  const problems: Partial<Record<Section, Problems>> = {};
  for (const section of SECTIONS) {
    const fields = fieldsFor(state, section);
    if (closedPart(section, state.typed, fields, state.choices)) continue;
    const empty = missingIn(fields, state.typed[section]);
    if (empty.length > 0)
      problems[section] = Object.fromEntries(empty.map(({ name, label }) => [name, `${label} is needed.`]));
  }
  return problems;
}

/** Shows messages at their parts, the cursor on the first. */
function showProblems(ctx: NewCustomerContext, problems: Partial<Record<Section, Problems>>, words: string): void {
  const first = SECTIONS.findIndex((section) => problems[section] !== undefined);
  ctx.set({ problems, ...(first < 0 ? {} : { at: first }) });
  const section = SECTIONS[first];
  const [said = words] = Object.values((section && problems[section]) ?? {});
  ctx.toast(section ? `${SECTION_TITLES[section]}: ${said}` : words, 'bad');
}

const debtWords = ({ owedCents, writtenOffCents, inCollections }: AlikeCustomer): string =>
  [
    owedCents > 0 && `owes ${formatCents(owedCents)}`,
    writtenOffCents > 0 && `${formatCents(writtenOffCents)} written off`,
    inCollections && 'in collections',
  ]
    .filter(Boolean)
    .join(', ');

/** Whoever looks like the same person is looked at; false when the operator went back or to one of them. */
async function nobodyElse(ctx: NewCustomerContext, { detail, billTo, personal }: NewCustomer): Promise<boolean> {
  const state = ctx.get();
  const person = detail.kind === 'individual';
  const alike = await ctx.call(checkNewCustomer, {
    firstName: person ? detail.firstName : null,
    lastName: person ? detail.lastName : null,
    businessName: person ? null : detail.businessName,
    phones: billTo.phones.map(({ number }) => number),
    emails: billTo.emails.map(({ address }) => address),
    streets: [billTo.address.line1],
    ssn: personal.ssn,
    birthDate: personal.birthDate,
  });
  const unseen = alike.filter(({ customerId }) => !state.others.includes(customerId));
  if (unseen.length > 0) {
    const chosen = await ctx.choose<number>('Is it one of these?', [
      ...alike.map((one) => ({
        value: one.customerId,
        label: `${one.number} ${one.name}`,
        detail: [agreementWords(one.agreements), debtWords(one)].filter(Boolean).join('; '),
      })),
      { value: 0, label: 'None of these: enter a new customer' },
    ]);
    if (chosen === null) return false;
    if (chosen !== 0) {
      ctx.open('account', { customerId: chosen });
      return false;
    }
    const others = [...new Set([...state.others, ...alike.map(({ customerId }) => customerId)])];
    // A reason that was given is about the debts that were known then.
    const debtReason = unseen.some(({ leftDebt }) => leftDebt) ? null : state.debtReason;
    ctx.set({ others, debtReason });
  }
  const debtors = alike.filter(({ leftDebt }) => leftDebt);
  return debtors.length === 0 || ctx.get().debtReason !== null || askReason(ctx, debtors);
}

async function askReason(ctx: NewCustomerContext, debtors: readonly AlikeCustomer[]): Promise<boolean> {
  const [first] = debtors;
  const reason = await ctx.form({
    title: `${first!.number} ${first!.name} ${debtWords(first!)}`,
    verb: 'Go on',
    fields: [
      {
        name: 'reason',
        label: 'No hindrance, as',
        kind: 'text' as const,
        required: true,
        maxLength: 200,
        help: 'It stands in the audit trail.',
      },
    ],
    initial: { reason: '' },
    today: ctx.today,
    save: async ({ reason: typed }) => {
      const problem = debtReasonProblem(typed);
      if (problem) throw new Failure('invalid', problem, { reason: problem });
      return typed;
    },
  });
  if (reason === null) return false;
  ctx.set({ debtReason: reason });
  return true;
}

/** @throws Failure `invalid`, with a message at each field that cannot be read */
function readOf(state: NewCustomerState): NewCustomer {
  const read = newCustomer.safeParse(saidOf(state));
  if (read.success) return read.data;
  throw unreadable(read.error.issues);
}

async function create(ctx: NewCustomerContext): Promise<CreatedCustomer | null> {
  try {
    // Who may be entered already, because the answer was lost, would be found as its own like.
    const lost = ctx.get().tried?.text === JSON.stringify(readOf(ctx.get()));
    if (!lost && !(await nobodyElse(ctx, readOf(ctx.get())))) return null;
    const said = readOf(ctx.get());
    const tried = triedAgain(ctx.get().tried, JSON.stringify(said));
    ctx.set({ tried });
    return await ctx.call(createCustomer, said, { idempotencyKey: tried.key });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code !== 'unavailable') ctx.set({ tried: null });
    showProblems(ctx, byPart(error.fields, ctx.get()), error.message);
    return null;
  }
}

/** Saves everything at once and opens the new customer. */
export async function saveAll(ctx: NewCustomerContext): Promise<void> {
  const state = ctx.get();
  const empty = missing(state);
  const [first] = Object.values(empty);
  if (first) return showProblems(ctx, empty, '');
  ctx.set({ saving: true, problems: {} });
  try {
    const made = await create(ctx);
    if (!made) return;
    const where = made.account
      ? `, account ${made.account.number}${made.account.activity === 'waiting' ? ' (waiting)' : ''}`
      : '';
    ctx.set({ done: true });
    ctx.toast(`Customer ${made.number} is entered${where}.`, 'good');
    ctx.replace('account', made.account ? { accountId: made.account.accountId } : { customerId: made.customerId });
  } finally {
    ctx.set({ saving: false });
  }
}
