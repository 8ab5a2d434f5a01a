import { createHmac } from 'node:crypto';
import { signedCardForm } from '#gateways/hosted-card/signed.ts';

/** The secret that tests have agreed with their processor. */
export const CARD_SECRET = 'agreed-between-the-test-and-its-processor';
export const cards = signedCardForm(() => Promise.resolve(CARD_SECRET));

/** What a processor may put otherwise than it should. */
export interface Answer {
  readonly token?: string;
  readonly brand?: string;
  readonly last4?: string;
  readonly expires?: string;
  readonly reference?: string;
  readonly secret?: string;
  readonly [more: string]: unknown;
}

const mac = (secret: string, label: string, text: string): string =>
  createHmac('sha256', secret).update(`${label}\n${text}`).digest('base64url');

/**
 * The processor's side of the contract, written anew from its text: checks the link as a processor
 * does, takes the card, and answers with its signed line.
 */
export function processorAnswers(url: string, said: Answer = {}): string {
  const reference = new URL(url).searchParams.get('reference') ?? '';
  const [about = '', signature] = reference.split('.');
  if (mac(CARD_SECRET, 'meterdesk-card-link', about) !== signature) throw new Error('the link is not signed right');
  const { secret = CARD_SECRET, ...rest } = said;
  const card = { reference, token: 'tok_4f9c.A1', brand: 'Visa', last4: '4242', expires: '2028-05', ...rest };
  const payload = Buffer.from(JSON.stringify(card)).toString('base64url');
  return `mdcard1.${payload}.${mac(secret, 'meterdesk-card-result', payload)}`;
}
