import { z } from 'zod';
import { ACCOUNT_TYPES, type BankAccountType } from '#domain/autopay.ts';
import { plainRouting, routingProblem } from '#domain/routing-number.ts';
import { lastFour, plainValue, SENSITIVE_LONGEST, valueProblem } from '#domain/sensitive.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext, type Preparation } from '../operation.ts';
import { putSecret } from '../secrets/store.ts';
import type { OpenVault, Place } from '../secrets/vault.ts';
import { shortText } from '#domain/typed-text.ts';
import { bankNamed } from './banks.ts';
import type { AutopayReceipt } from './end.ts';
import { terms, which } from './input.ts';
import { assertActive, assertAllowed, changeable } from './instruments.ts';
import { setUp } from './set-up.ts';
import { change, checkedTerms } from './terms.ts';

const KIND = 'bank-account';
/** In the place of the last four of a number that they would tell. */
const NO_LAST4 = '••••';

const bank = {
  accountType: z.enum(
    Object.keys(ACCOUNT_TYPES) as [BankAccountType, ...BankAccountType[]],
    'Choose checking or savings.',
  ),
  routingNumber: shortText(20).describe('nine digits, in the directory of banks'),
};

/** A number that was looked at, ready to be sealed; null: the one that is kept stays. */
interface Prepared {
  readonly number: { readonly value: string; readonly blindIndex: string; readonly open: OpenVault } | null;
  readonly routingNumber: string;
}

async function prepared(typed: string, routing: string, { vault }: Preparation): Promise<Prepared> {
  const routingNumber = plainRouting(routing);
  const value = plainValue(KIND, typed);
  const problems = {
    routingNumber: routingProblem(routingNumber),
    accountNumber: value === '' ? null : valueProblem(KIND, value),
  };
  const fields = Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== null));
  const [first] = Object.values(fields);
  if (first) throw new Failure('invalid', first, fields as Record<string, string>);
  if (value === '') return { number: null, routingNumber };
  const open = await vault.unlock();
  const [blindIndex] = await open.indexes(KIND, value);
  return { number: { value, blindIndex, open }, routingNumber };
}

async function seal(ctx: CommandContext, place: Place, customerId: number, { number, routingNumber }: Prepared) {
  const { value, blindIndex, open } = number!;
  const last4 = lastFour(KIND, value);
  const kept = { customerId, last4, detail: routingNumber, blindIndex };
  await putSecret(ctx.db, open, place, value, kept, { id: ctx.newId(), now: ctx.now });
  return last4 ?? NO_LAST4;
}

const placeOf = (entityId: number): Place => ({ entity: 'AutopayInstruction', entityId, kind: KIND });

export const addDraft = command({
  name: 'autopay.addDraft',
  summary: 'Set up an automatic bank draft',
  permission: 'autopay.edit',
  secret: 'input',
  input: z.object({
    customerId: which.customerId,
    ...bank,
    accountNumber: shortText(SENSITIVE_LONGEST).min(1, 'Enter the account number.'),
    ...terms,
    automatic: z.boolean().default(true).describe('drawn from by itself; the others of the customer wait'),
  }),
  subject: ({ customerId }) => ({ customerId }),
  prepare: (input, aids) => prepared(input.accountNumber, input.routingNumber, aids),
  run: async (ctx, { customerId, accountType, automatic, ...given }, ready: Prepared): Promise<AutopayReceipt> => {
    await assertAllowed(ctx.db, customerId, 'draft');
    const agreed = checkedTerms(given, ctx.today);
    const bankOrBrand = await bankNamed(ctx.db, ready.routingNumber);
    const id = ctx.newId();
    const last4 = await seal(ctx, placeOf(id), customerId, ready);
    const facts = { method: 'draft', bankOrBrand, accountType, routingNumber: ready.routingNumber, ...agreed } as const;
    return setUp(ctx, { id, customerId, last4, sealed: KIND, automatic }, facts);
  },
});

export const editDraft = command({
  name: 'autopay.editDraft',
  summary: 'Change an automatic bank draft; without an account number the one that is kept stays',
  permission: 'autopay.edit',
  secret: true,
  input: z.object({ ...which, ...bank, accountNumber: shortText(SENSITIVE_LONGEST).default(''), ...terms }),
  subject: ({ customerId }) => ({ customerId }),
  prepare: (input, aids) => prepared(input.accountNumber, input.routingNumber, aids),
  run: async (
    ctx,
    { accountType, customerId, autopayId, version, ...given },
    ready: Prepared,
  ): Promise<AutopayReceipt> => {
    const instrument = await changeable(ctx, { customerId, autopayId, version });
    assertActive(instrument, ctx.today);
    if (instrument.method !== 'draft') throw new Failure('refused', 'This is no bank draft.');
    await assertAllowed(ctx.db, customerId, 'draft');
    const { routingNumber } = ready;
    const moved = routingNumber !== instrument.routingNumber;
    const bankOrBrand = moved ? await bankNamed(ctx.db, routingNumber) : instrument.bankOrBrand;
    if (moved && ready.number === null && (await isSealed(ctx, autopayId))) {
      const words = 'At another bank the account has another number: enter it.';
      throw new Failure('invalid', words, { accountNumber: words });
    }
    const agreed = checkedTerms(given, ctx.today);
    const facts = { accountType, routingNumber, bankOrBrand, ...agreed };
    if (ready.number === null) change(ctx, instrument, facts);
    else {
      const last4 = await seal(ctx, placeOf(autopayId), customerId, ready);
      instrument.last4 = last4;
      change(ctx, instrument, facts, [KIND]);
    }
    await ctx.em.flush();
    return { autopayId, version: instrument.version };
  },
});

const isSealed = async ({ db }: CommandContext, entityId: number): Promise<boolean> =>
  (await db
    .selectFrom('secret_value')
    .select('id')
    .where('entity', '=', 'AutopayInstruction')
    .where('entity_id', '=', entityId)
    .where('kind', '=', KIND)
    .executeTakeFirst()) !== undefined;
