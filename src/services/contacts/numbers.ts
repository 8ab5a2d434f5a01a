import { masked, SENSITIVE_NAMES } from '#domain/sensitive.ts';
import { may } from '../actor.ts';
import { query } from '../operation.ts';
import { OF_PERSON, type SensitiveLine } from '../secrets/list.ts';
import { shownLocation, subjectOf, whoseContacts } from './read.ts';

/** The sensitive numbers of a contact, masked. */
export interface ContactNumbers {
  readonly contactId: number;
  readonly lines: readonly SensitiveLine[];
}

/** Which sensitive numbers are kept of contacts. Needs no key. */
export const contactNumbers = query({
  name: 'contact.numbers',
  summary: 'Sensitive numbers of the contacts of a customer and of a location, masked',
  permission: 'contacts.read',
  input: whoseContacts,
  subject: subjectOf,
  run: async (ctx, { customerId, locationId }): Promise<readonly ContactNumbers[]> => {
    const location = await shownLocation(ctx, locationId);
    const rows = await ctx.db
      .selectFrom('contact as k')
      .leftJoin('secret_value as s', (on) => on.on('s.entity', '=', 'Contact').onRef('s.entity_id', '=', 'k.id'))
      .select(['k.id', 's.kind', 's.last4', 's.detail', 's.version'])
      .where((eb) =>
        eb.or([
          ...(customerId === null ? [] : [eb('k.customer_id', '=', customerId)]),
          ...(location === null ? [] : [eb('k.location_id', '=', location)]),
        ]),
      )
      .execute();
    const last4 = may(ctx.actor, 'sensitive.last4');
    return [...Map.groupBy(rows, ({ id }) => id)].map(([contactId, kept]) => ({
      contactId,
      lines: OF_PERSON.map((kind): SensitiveLine => {
        const row = kept.find((one) => one.kind === kind);
        return {
          kind,
          name: SENSITIVE_NAMES[kind],
          autopayId: null,
          masked: row ? masked(kind, last4 ? row.last4 : null) : null,
          detail: row?.detail ?? null,
          version: row?.version ?? null,
        };
      }),
    }));
  },
});
