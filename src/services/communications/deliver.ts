import type { Carriers, Delivery } from '#gateways/delivery.ts';
import type { Call } from '../operation.ts';
import { type Claimed, claimNext, giveUpLost, settle } from './courier.ts';

/** What became of what was tried, by state. */
export type Delivered = Readonly<Record<string, number>>;

export interface DeliverOptions {
  /** Nothing but these. */
  readonly only?: readonly number[];
  /** Looked at between two messages; the one on the line is brought to its end. */
  readonly signal?: AbortSignal;
}

/**
 * Sends what waits, one after the other: taken in a transaction, sent outside of any, and settled in
 * another. `call` is the courier's own.
 */
export async function deliver(
  call: Call,
  carriers: Carriers,
  { only, signal }: DeliverOptions = {},
): Promise<Delivered> {
  const counts: Record<string, number> = {};
  const count = (state: string, by = 1): void => {
    if (by > 0) counts[state] = (counts[state] ?? 0) + by;
  };
  count('lost', await call(giveUpLost, {}));
  while (!signal?.aborted) {
    const message = await call(claimNext, only === undefined ? {} : { only: [...only] });
    if (message === null) break;
    const delivery = await sent(message, carriers);
    count(await call(settle, { id: message.id, attempt: message.attempt, delivery }));
  }
  return counts;
}

async function sent(message: Claimed, carriers: Carriers): Promise<Delivery> {
  const { address, document: kept, withheld } = message;
  if (withheld !== null) return withheld;
  if (address === null) {
    const what = message.channel === 'email' ? 'mail server' : `printer ${message.recipient}`;
    return { outcome: 'later', reason: `There is no ${what} set up.` };
  }
  const enclosure = kept && { ...kept, content: Buffer.from(kept.content, 'base64') };
  if (message.channel === 'print') {
    if (!enclosure) return { outcome: 'refused', reason: 'There is nothing to print.', bounced: false };
    return carriers.print({ printer: address, name: enclosure.name, user: message.createdBy, document: enclosure });
  }
  return carriers.mail({
    server: address,
    from: message.from,
    replyTo: message.replyTo,
    to: message.recipient,
    subject: message.subject,
    body: message.body,
    messageId: message.messageId,
    date: message.createdAt,
    enclosure,
  });
}
