import type { Db } from '#db/schema.ts';
import type { CompanyOptions } from '#domain/company-options.ts';
import { type Actor, may } from '../actor.ts';
import { readContacts, type ContactRow } from '../contacts/read.ts';

/** Whose contacts get duplicates: of the customer, and of the place as long as the customer lives there. */
interface Whose {
  readonly customerId: number;
  readonly locationId: number;
  readonly activity: 'current' | 'waiting' | 'final';
}

/** Somebody who gets a copy. */
export interface ContactCopy {
  readonly as: string;
  readonly name: string;
  readonly lines: readonly string[];
  /** Where the copy goes by e-mail; null: it goes on paper. */
  readonly email: string | null;
}

/** Whether this actor sends statements by e-mail at all; where not, everybody gets them on paper. */
export const mailsStatements = (actor: Actor, { eBills, mailServer, mailFrom }: CompanyOptions): boolean =>
  eBills !== 'off' && mailServer !== '' && mailFrom !== '' && may(actor, 'paper.mail');

/**
 * Contacts who take notices, each in the way that is chosen for it. A location's contacts hear of who
 * lives there now, not of who did.
 */
export async function contactCopies(
  db: Db,
  { customerId, locationId, activity }: Whose,
  byMail: boolean,
  linesOf: (address: ContactRow['addresses'][number]) => string[],
): Promise<ContactCopy[]> {
  const contacts = await readContacts(db, { customerId, locationId: activity === 'final' ? null : locationId });
  return contacts
    .filter(({ notices }) => notices !== 'none')
    .map((contact) => {
      const address = contact.addresses.find(({ primary }) => primary);
      return {
        as: `contact (${contact.typeName})`,
        name: [contact.firstName, contact.middleName, contact.lastName, contact.suffix].filter(Boolean).join(' '),
        lines: address ? linesOf(address) : [],
        email: contact.notices === 'email' && byMail ? contact.email : null,
      };
    });
}
