import { z } from 'zod';
import { formatCents } from '#domain/money.ts';
import { type DraftRow, listDrafts } from '#services/drafts/drafts.ts';
import { payableAccount } from '#services/payments/account.ts';
import { Failure } from '#services/failure.ts';
import { emptyField } from '#ui/field/model.ts';
import type { DraftRef, ScreenDraft } from '#ui/screen.ts';
import type { PaymentContext } from './context.ts';
import { tenderedCents } from './facts.ts';
import { type AccountDraft, type Entry, isBegun, newEntry, type PaymentState } from './model.ts';

/** Forms of the drafts: a payment that is entered, and one that is changed. */
const ENTERED = 'payment';
const CHANGED = 'payment.edit';

/*
 * Identities and keys are written without long runs of digits: drafts, as all that comes in, are
 * refused when they hold what looks like a card number.
 */
const packId = (id: number): string => id.toString(36);
const unpackId = (text: string): number => Number.parseInt(text, 36);
const LETTERS = 'ghijklmnop';
const packKey = (key: string): string => key.replaceAll(/\d/g, (digit) => LETTERS[Number(digit)]!);
const unpackKey = (text: string): string => text.replaceAll(/[g-p]/g, (letter) => String(LETTERS.indexOf(letter)));

const id = z.string().transform(unpackId);
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const savedEntry = z.object({
  key: z.string().transform(unpackKey),
  mode: z.enum(['automatic', 'manual', 'fifo', 'spec']),
  channel: z.enum(['counter', 'mail', 'lockbox', 'import', 'draft', 'web', 'phone']),
  memo: z.string(),
  rest: z.boolean(),
  paidOn: json(z.string().nullable()),
  source: json(id.nullable()),
  batch: json(id.nullable()),
  accounts: json(z.array(z.object({ id, wanted: z.string(), charges: z.array(z.tuple([id, z.string()])) }))),
  tenders: json(
    z
      .array(
        z.object({
          method: z.string(),
          amount: z.string(),
          proposed: z.boolean(),
          reference: z.string(),
          given: z.string(),
        }),
      )
      .min(1),
  ),
  editing: json(
    z
      .object({ paymentId: id, version: z.number(), receipt: z.string(), paidOnBefore: z.string().nullable() })
      .nullable(),
  ),
});
type SavedEntry = z.infer<typeof savedEntry>;

const refOf = ({ accounts, editing }: Entry): DraftRef =>
  editing
    ? { form: CHANGED, subjectId: editing.paymentId }
    : { form: ENTERED, subjectId: accounts[0]!.facts.accountId };

const optional = (value: number | null): string | null => (value === null ? null : packId(value));

/** The payment in hand as it is kept; null while there is none. */
export function paymentDraft(state: PaymentState): ScreenDraft | null {
  if (!isBegun(state)) return null;
  const { entry, paidOn, channel, batchId } = state;
  const { accounts, tenders, editing } = entry;
  const numbers = accounts.map(({ facts }) => facts.number);
  const sum = formatCents(tenderedCents(entry));
  return {
    ref: refOf(entry),
    title: `${editing ? `Change of ${editing.receipt}` : 'Payment'} ${sum}, ${numbers.join(', ')}`.slice(0, 200),
    values: {
      key: packKey(entry.key),
      mode: entry.mode,
      channel,
      memo: entry.memo,
      rest: entry.restToAccount,
      paidOn: JSON.stringify(paidOn),
      source: JSON.stringify(optional(entry.sourceId)),
      batch: JSON.stringify(optional(batchId)),
      accounts: JSON.stringify(
        accounts.map(({ facts, wanted, charges }) => ({
          id: packId(facts.accountId),
          wanted,
          charges: [...charges].map(([charge, text]) => [packId(charge), text]),
        })),
      ),
      tenders: JSON.stringify(
        tenders.map(({ method, amount, proposed, reference, given }) => ({
          method,
          amount: amount.text,
          proposed,
          reference: reference.text,
          given: given.text,
        })),
      ),
      editing: JSON.stringify(editing && { ...editing, paymentId: packId(editing.paymentId) }),
    },
    words: [
      ...accounts.map(({ facts }) => `${facts.number} ${facts.name}`.slice(0, 300)),
      ...tenders.map(({ method, amount, reference }) => `${method} ${amount.text} ${reference.text}`.trim()),
      ...(entry.memo === '' ? [] : [entry.memo]),
      'Not taken yet.',
    ],
  };
}

/** What a draft holds, read from what was kept; null when it is none of a payment. */
function savedOf({ form, values }: DraftRow): SavedEntry | null {
  if (form !== ENTERED && form !== CHANGED) return null;
  return savedEntry.safeParse(values).data ?? null;
}

/** Puts a kept payment in hand again; with its key, so that it is taken once however often it is tried. */
async function restore(ctx: PaymentContext, draft: DraftRow, saved: SavedEntry): Promise<void> {
  const accounts: AccountDraft[] = [];
  for (const { id: accountId, wanted, charges } of saved.accounts) {
    const facts = await ctx.call(payableAccount, { accountId });
    if (facts.blocked !== null) throw new Failure('refused', `${facts.number}: ${facts.blocked}`);
    accounts.push({ facts, wanted, charges: new Map(charges) });
  }
  const entry: Entry = {
    ...newEntry('cash', saved.mode),
    key: saved.key,
    accounts,
    sourceId: saved.source,
    tenders: saved.tenders.map(({ amount, reference, given, ...rest }) => ({
      ...rest,
      methodTyped: false,
      amount: emptyField(amount),
      reference: emptyField(reference),
      given: emptyField(given),
    })),
    at: saved.tenders.length - 1,
    restToAccount: saved.rest,
    memo: saved.memo,
    editing: saved.editing,
  };
  ctx.set({
    entry,
    paidOn: saved.paidOn,
    channel: saved.channel,
    batchId: saved.batch,
    find: emptyField(),
    hits: [],
    focus: 'amount',
    row: 0,
    fresh: true,
    problem: '',
    said: `Taken up from the draft of ${new Date(draft.savedAt).toTimeString().slice(0, 5)}. It is not taken yet; Esc drops it.`,
  });
}

/**
 * Takes up the newest draft that fits. One that cannot be taken up now stays kept, and why is said.
 * @returns whether one is in hand now
 */
async function takeUp(ctx: PaymentContext, fits: (draft: DraftRow, saved: SavedEntry) => boolean): Promise<boolean> {
  for (const draft of await ctx.call(listDrafts, {})) {
    const saved = savedOf(draft);
    if (!saved || !fits(draft, saved)) continue;
    if (saved.key === ctx.get().entry.key) return true;
    try {
      await restore(ctx, draft, saved);
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      ctx.toast(`The draft “${draft.title}” waits: ${error.message}`, 'warning');
      return false;
    }
  }
  return false;
}

/** The draft that was left, where it is of what the screen was opened for. */
export function takeUpLeft(ctx: PaymentContext): Promise<boolean> {
  const { accountId, paymentId, text, batchId } = ctx.params ?? {};
  if (paymentId !== undefined) return takeUp(ctx, (_, { editing }) => editing?.paymentId === paymentId);
  if (accountId !== undefined) return takeUp(ctx, ({ form, subjectId }) => form === ENTERED && subjectId === accountId);
  if (text) return Promise.resolve(false);
  return takeUp(ctx, (_, { batch }) => batchId === undefined || batch === batchId);
}

/** The draft that was chosen from the list of all. */
export const resumePayment = (ctx: PaymentContext, { form, subjectId }: DraftRef): Promise<boolean> =>
  takeUp(ctx, (draft) => draft.form === form && draft.subjectId === subjectId);
