import { z } from 'zod';
import { CardResultRefused } from './hosted-card.ts';
import { b64, HEAD, isSigned, LINK, linkContent, mac, RESULT, seconds } from './signed.ts';

/**
 * The secret of demo utilities, known to everybody: it signs for made-up customers alone. A utility
 * that is none takes nothing signed with it, and a demo for which one was agreed neither.
 */
export const DEMO_CARD_SECRET = 'everybody-knows-this-secret-of-demo-utilities';

/** The card that the pretended processor is given; its number exists nowhere. */
export interface PretendedCard {
  readonly token: string;
  readonly brand: string;
  readonly last4: string;
  /** `YYYY-MM` */
  readonly expires: string;
}

/** @throws CardResultRefused */
function referenceIn(link: string, now: number): string {
  const url = z.url().safeParse(link.trim());
  const reference = url.success ? new URL(url.data).searchParams.get('reference') : null;
  if (!reference) throw new CardResultRefused('That is no link to a hosted form. Copy it whole, between quotes.');
  const [about = '', signature = ''] = reference.split('.');
  if (!isSigned(DEMO_CARD_SECRET, LINK, about, signature))
    throw new CardResultRefused('This link is not of a demo utility: only its own processor answers it.');
  const [, , , until] = linkContent(about);
  if (seconds(now) >= until) throw new CardResultRefused('The link has run out. Make a new one.');
  return reference;
}

/**
 * Answers a demo's link as its hosted form would: the signed line for the form of the card.
 * @throws CardResultRefused for links that are not a demo's, or have run out
 */
export function pretendedAnswer(link: string, card: PretendedCard, now: number): string {
  const payload = b64(JSON.stringify({ reference: referenceIn(link, now), ...card }));
  return [HEAD, payload, mac(DEMO_CARD_SECRET, RESULT, payload)].join('.');
}
