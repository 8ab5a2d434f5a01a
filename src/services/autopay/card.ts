import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CardLink, CardResult, CardResultRefused } from '#gateways/hosted-card/hosted-card.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext, type Preparation } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { dropSecret, putSecret } from '../secrets/store.ts';
import type { OpenVault, Place } from '../secrets/vault.ts';
import { shortText } from '#domain/typed-text.ts';
import type { AutopayReceipt } from './end.ts';
import { terms, which } from './input.ts';
import { assertActive, assertAllowed, changeable } from './instruments.ts';
import { setUp } from './set-up.ts';
import { change, checkedTerms } from './terms.ts';

const KIND = 'card-token';
/** A link to the hosted form is good for an hour. */
const LINK_MS = 3_600_000;
const NONCE_BYTES = 18;

const placeOf = (entityId: number): Place => ({ entity: 'AutopayInstruction', entityId, kind: KIND });

/** @throws Failure `refused` or `unavailable`, in the words of the gateway */
async function throughForm<T>(aids: Preparation, use: (form: NonNullable<Preparation['cards']>) => Promise<T>) {
  if (!aids.cards) throw new Failure('unavailable', 'No cards can be set up here.');
  try {
    return await use(aids.cards);
  } catch (error) {
    // By its name: services know the gateways by their interfaces alone.
    if (!(error instanceof Error) || error.name !== ('CardResultRefused' satisfies CardResultRefused['name']))
      throw error;
    throw new Failure('refused', error.message, { result: error.message });
  }
}

/** A link to the processor's form, and until when it works. */
export interface CardSetup extends CardLink {
  readonly processor: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** A made-up utility, whose processor nobody can reach. */
  readonly demo: boolean;
}

export const beginCard = command({
  name: 'autopay.beginCard',
  summary: 'Make a link, good once and for an hour, to the hosted form where a customer’s card is entered',
  permission: 'autopay.edit',
  secret: true,
  input: z.object({ customerId: which.customerId }),
  subject: ({ customerId }) => ({ customerId }),
  prepare: async ({ customerId }, aids): Promise<CardSetup> => {
    const { cardFormUrl: formUrl, cardProcessor, demo } = await loadOptions(aids.db);
    if (formUrl === '') {
      throw new Failure('refused', 'No card processor is set up: set the company option cardFormUrl.');
    }
    const customer = await aids.db
      .selectFrom('customer')
      .select('number')
      .where('id', '=', customerId)
      .executeTakeFirst();
    const expiresAt = aids.now + LINK_MS;
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const about = { formUrl, customerId, customerNumber: customer?.number ?? '', nonce, expiresAt, demo };
    const link = await throughForm(aids, (form) => form.link(about));
    return { ...link, processor: cardProcessor, expiresAt, demo };
  },
  run: async (ctx, { customerId }, setup: CardSetup): Promise<CardSetup> => {
    await assertAllowed(ctx.db, customerId, 'card');
    ctx.audit({ entity: 'Customer', entityId: customerId, customerId, changes: { cardForm: [null, 'link made'] } });
    return setup;
  },
});

interface Taken {
  readonly result: CardResult;
  readonly open: OpenVault;
}

/**
 * Remembers that a link was answered, among the keys of commands that ran once: they are kept for
 * days, a link works for an hour.
 * @throws Failure `refused` when it was answered before
 */
async function assertFirstAnswer({ db, now }: CommandContext, nonce: string): Promise<void> {
  const key = `card-form:${nonce}`;
  const known = await db.selectFrom('idempotent_answer').select('key').where('key', '=', key).executeTakeFirst();
  if (known) {
    const words = 'This result was taken already. Make a new link for another card.';
    throw new Failure('refused', words, { result: words });
  }
  const hash = createHash('sha256').update(nonce).digest('hex');
  await db
    .insertInto('idempotent_answer')
    .values({ key, operation: 'autopay.addCard', input_hash: hash, answer: 'null', at: now })
    .execute();
}

export const addCard = command({
  name: 'autopay.addCard',
  summary: 'Set up an automatic card payment from the signed result of the hosted form',
  permission: 'autopay.edit',
  secret: true,
  input: z.object({
    customerId: which.customerId,
    result: shortText(4000)
      .min(1, 'Paste the result of the hosted form.')
      .describe('the line that the processor signed'),
    ...terms,
    automatic: z.boolean().default(true).describe('drawn from by itself; the others of the customer wait'),
  }),
  subject: ({ customerId }) => ({ customerId }),
  prepare: async ({ result }, aids): Promise<Taken> => {
    const { demo } = await loadOptions(aids.db);
    return {
      result: await throughForm(aids, (form) => form.result(result, aids.now, demo)),
      open: await aids.vault.unlock(),
    };
  },
  run: async (ctx, { customerId, automatic, ...given }, { result, open }: Taken): Promise<AutopayReceipt> => {
    await assertAllowed(ctx.db, customerId, 'card');
    if (result.customerId !== customerId) {
      const words = 'This result is of another customer’s link. Nothing was kept.';
      throw new Failure('refused', words, { result: words });
    }
    const agreed = checkedTerms(given, ctx.today);
    await assertFirstAnswer(ctx, result.nonce);
    const { token, brand, last4, expiresIn } = result;
    const id = ctx.newId();
    await putSecret(ctx.db, open, placeOf(id), token, { customerId }, { id: ctx.newId(), now: ctx.now });
    const facts = { method: 'card', bankOrBrand: brand, expiresIn, ...agreed } as const;
    return setUp(ctx, { id, customerId, last4, sealed: KIND, automatic }, facts);
  },
});

export const editCard = command({
  name: 'autopay.editCard',
  summary: 'Change what is agreed about an automatic card payment; another card is set up anew',
  permission: 'autopay.edit',
  input: z.object({ ...which, ...terms }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { customerId, autopayId, version, ...given }): Promise<AutopayReceipt> => {
    const instrument = await changeable(ctx, { customerId, autopayId, version });
    assertActive(instrument, ctx.today);
    if (instrument.method !== 'card') throw new Failure('refused', 'This is no card.');
    await assertAllowed(ctx.db, customerId, 'card');
    change(ctx, instrument, checkedTerms(given, ctx.today));
    await ctx.em.flush();
    return { autopayId, version: instrument.version };
  },
});

export const deleteToken = command({
  name: 'autopay.deleteToken',
  summary: 'Delete the token of a card for good; nothing can be drawn from the card any more',
  permission: 'autopay.edit',
  input: z.object(which),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, input): Promise<AutopayReceipt> => {
    const instrument = await changeable(ctx, input);
    if (!(await dropSecret(ctx.db, placeOf(instrument.id)))) throw new Failure('refused', 'No token is kept of it.');
    const { customerId } = input;
    const changes = { [KIND]: ['•', null] } as const;
    ctx.audit({ entity: 'AutopayInstruction', entityId: instrument.id, customerId, changes });
    return { autopayId: instrument.id, version: instrument.version };
  },
});
