import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { holdsCardNumber } from '#domain/card-number.ts';
import {
  type CardLink,
  type CardRequest,
  type CardResult,
  CardResultRefused,
  type HostedCardForm,
} from './hosted-card.ts';

/*
 * The contract with a card processor.
 *
 * A secret of at least 32 characters is agreed with it and kept in a file of its own here
 * (`meterdesk help` says where); both sides sign with HMAC-SHA-256 under it. `b64` is base64url
 * without padding, `mac(label, text)` is b64(HMAC-SHA-256(secret, label + "\n" + text)).
 *
 * 1. We make the link: the form's address with these parameters added:
 *      reference  b64(JSON [version, customer id, nonce, expires]) + "." + mac("meterdesk-card-link", that first part)
 *                 version 1; expires in seconds since 1970
 *      customer   number of the customer, for the processor to show
 *      expires    the same as in the reference
 *    The processor checks the signature, refuses a link after its end, and one that was answered.
 * 2. The card holder enters the card at the processor. No number of it ever comes here.
 * 3. The processor answers with one line of text, shown to the operator to be pasted, or written to a file:
 *      "mdcard1." + payload + "." + mac("meterdesk-card-result", payload)
 *    where payload is b64 of the JSON object
 *      reference  as it was in the link, unchanged
 *      token      8 to 200 of A-Z a-z 0-9 . _ ~ : - with at least one letter; stands for the card
 *      brand      2 to 20 letters and spaces
 *      last4      four digits
 *      expires    last month of the card, YYYY-MM
 *    and nothing else.
 *
 * A result is taken only when both signatures are right, before the link's end, for the customer of
 * the link, and once: its nonce is remembered in the transaction that takes it.
 */

export const LINK = 'meterdesk-card-link';
export const RESULT = 'meterdesk-card-result';
export const HEAD = 'mdcard1';
const SHORTEST_SECRET = 32;
const LONGEST = 4000;

const payload = z.strictObject({
  reference: z.string().max(500),
  token: z
    .string()
    .regex(/^[\w.~:-]{8,200}$/)
    .regex(/[A-Za-z]/)
    .refine((token) => !holdsCardNumber(token)),
  brand: z.string().regex(/^[A-Za-z][A-Za-z ]{1,19}$/),
  last4: z.string().regex(/^\d{4}$/),
  expires: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
});

const answered = z.tuple([z.literal(1), z.int().positive(), z.string().min(16).max(64), z.int().positive()]);

export const b64 = (text: string): string => Buffer.from(text).toString('base64url');

export const mac = (secret: string, label: string, text: string): string =>
  createHmac('sha256', secret).update(`${label}\n${text}`).digest('base64url');

export function isSigned(secret: string, label: string, text: string, signature: string): boolean {
  const [ours, theirs] = [Buffer.from(mac(secret, label, text)), Buffer.from(signature)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

function parsed<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new CardResultRefused('The result is not as it was agreed with the processor. Nothing was kept.');
  }
}

/** What the first part of a link's reference says. @throws CardResultRefused */
export const linkContent = (about: string): z.output<typeof answered> => parsed(answered, about);

/** Seconds since 1970. */
export const seconds = (ms: number): number => Math.floor(ms / 1000);

const FORGED = 'This does not come from the processor, or it was changed on its way. Nothing was kept.';

/** The form of a processor that signs by the contract above; `readSecret` answers null while none is agreed. */
export function signedCardForm(readSecret: (demo: boolean) => Promise<string | null>): HostedCardForm {
  const secretOf = async (demo: boolean): Promise<string> => {
    const secret = await readSecret(demo).catch((error: unknown) => {
      throw new CardResultRefused(error instanceof Error ? error.message : 'The secret cannot be read.');
    });
    if (secret === null) {
      throw new CardResultRefused('No secret is agreed with a card processor yet. Ask your administrator.');
    }
    if (secret.length >= SHORTEST_SECRET) return secret;
    throw new CardResultRefused(`The secret agreed with the card processor is shorter than ${SHORTEST_SECRET}.`);
  };
  return {
    link: async ({ formUrl, customerId, customerNumber, nonce, expiresAt, demo }: CardRequest): Promise<CardLink> => {
      const secret = await secretOf(demo);
      const about = b64(JSON.stringify([1, customerId, nonce, seconds(expiresAt)]));
      const reference = `${about}.${mac(secret, LINK, about)}`;
      const url = new URL(formUrl);
      url.searchParams.set('reference', reference);
      url.searchParams.set('customer', customerNumber);
      url.searchParams.set('expires', String(seconds(expiresAt)));
      return { url: url.href, reference };
    },
    result: async (text: string, now: number, demo: boolean): Promise<CardResult> => {
      const secret = await secretOf(demo);
      const [head, body = '', signature = '', ...rest] = text.replaceAll(/\s/g, '').slice(0, LONGEST).split('.');
      if (head !== HEAD || rest.length > 0) {
        throw new CardResultRefused(`Paste the whole line that the processor showed; it begins with ${HEAD}.`);
      }
      if (!isSigned(secret, RESULT, body, signature)) throw new CardResultRefused(FORGED);
      const { reference, token, brand, last4, expires } = parsed(payload, body);
      const [about = '', ours = ''] = reference.split('.');
      if (!isSigned(secret, LINK, about, ours)) throw new CardResultRefused('It answers no link of ours.');
      const [, customerId, nonce, until] = linkContent(about);
      if (seconds(now) >= until) throw new CardResultRefused('The link that it answers has run out. Make a new one.');
      if (expires < new Date(now).toISOString().slice(0, 7)) throw new CardResultRefused('The card has expired.');
      return { customerId, nonce, token, brand, last4, expiresIn: expires };
    },
  };
}
