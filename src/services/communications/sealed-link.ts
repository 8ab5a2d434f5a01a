import type { Db } from '#db/schema.ts';
import type { Delivery } from '#gateways/delivery.ts';
import { dropSecret, findSealed } from '../secrets/store.ts';
import type { OpenVault, Place } from '../secrets/vault.ts';

/*
 * A message may hold a link that only its reader may know. It is then not in the message's text, but
 * sealed beside it, until the message has left, is given up or taken out of the queue.
 */

/** Where in the text the link comes. */
export const LINK_PLACE = '{{link}}';

export const linkOf = (communicationId: number): Place => ({
  entity: 'Communication',
  entityId: communicationId,
  kind: 'link',
});

/** The link is worth nothing any more, or has reached its reader. */
export const dropLink = (db: Db, communicationId: number): Promise<boolean> => dropSecret(db, linkOf(communicationId));

export const holdsLink = (body: string | null): boolean => body?.includes(LINK_PLACE) ?? false;

/** Whether any message that waits holds a link, so that the key is needed to send it. */
export const linksWait = async (db: Db): Promise<boolean> =>
  (await db
    .selectFrom('secret_value as s')
    .innerJoin('communication as x', 'x.id', 's.entity_id')
    .select('s.id')
    .where('s.entity', '=', 'Communication')
    .where('x.status', '=', 'queued')
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** The text as it is sent, or why it is not. */
export type Filled = { readonly body: string } | { readonly withheld: Delivery };

const RUN_OUT = 'The link in it has run out before it could be sent. Make a new one.';
const NO_KEY = 'The link in it is sealed, and the key is not at hand.';

/** Puts the sealed link in its place. `detail` of the sealed value is the instant at which it runs out, epoch ms. */
export async function withLink(
  db: Db,
  { id, body, now }: { readonly id: number; readonly body: string; readonly now: number },
  vault: OpenVault | null,
): Promise<Filled> {
  if (!holdsLink(body)) return { body };
  const row = await findSealed(db, linkOf(id));
  if (!row || Number(row.detail) <= now) return { withheld: { outcome: 'refused', reason: RUN_OUT, bounced: false } };
  if (vault === null) return { withheld: { outcome: 'later', reason: NO_KEY } };
  return { body: body.replaceAll(LINK_PLACE, () => vault.open(row.sealed, linkOf(id))) };
}
