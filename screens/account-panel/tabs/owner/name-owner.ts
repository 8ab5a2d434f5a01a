import { Failure } from '#services/failure.ts';
import { locationOwners, type Ownership } from '#services/locations/owners.ts';
import { type RentalReceipt, setOwner, takeBackOwner } from '#services/locations/rental.ts';
import { find } from '#services/lookup/find.ts';
import type { FormDefinition } from '#ui/form/definition.ts';
import { takingBack } from '#ui/undo.ts';
import { locationRecord } from '../location/rental.ts';
import type { TabContext } from '../../tab.ts';
import type { CustomerTabState } from '../customer/frame/state.ts';

type Ctx = TabContext<CustomerTabState>;

interface Typed {
  readonly [name: string]: string | boolean;
  readonly customer: string;
  readonly fromOn: string;
}

/** Customers offered for a text that means several. */
const MOST = 20;

const wrong = (words: string): Failure => new Failure('invalid', words, { customer: words });

/** The customer whom a number, a name or a phone means; of several the one that is chosen. */
async function customerMeant(ctx: Ctx, text: string): Promise<number> {
  const { rows, more } = await ctx.call(find, { text, limit: MOST });
  const found = new Map(rows.flatMap((row) => (row.customerId === null ? [] : [[row.customerId, row] as const])));
  const exact = [...found.values()].filter(({ customerNumber }) => customerNumber === text.trim());
  const candidates = exact.length === 1 ? exact : [...found.values()];
  if (candidates.length === 0) throw wrong('Nobody is found by this.');
  if (candidates.length === 1) return candidates[0]!.customerId!;
  const chosen = await ctx.choose(
    more ? 'Who owns it? There are more: type more of the name.' : 'Who owns it?',
    candidates.map((row) => ({
      value: row.customerId!,
      label: `${row.customerNumber}  ${row.customerName}`,
      detail: row.line1 ?? '',
    })),
  );
  if (chosen === null) throw wrong('Choose one of those found, or type more.');
  return chosen;
}

const numberOf = ({ periods }: Ownership): string => periods.find(({ toOn }) => toOn === null)?.number ?? '';

/** Names who owns the rental from a day on; empty: nobody is known. */
export function ownerForm(ctx: Ctx, ownership: Ownership): FormDefinition<Typed, RentalReceipt> {
  const { locationId } = ownership;
  return {
    title: ownership.ownerId === null ? 'Name the owner' : 'Change the owner',
    today: ctx.today,
    fields: [
      {
        name: 'customer',
        label: 'Owner',
        kind: 'text',
        maxLength: 100,
        help: 'A customer by number, name, phone or e-mail. Empty: nobody is known.',
      },
      { name: 'fromOn', label: 'From', kind: 'date', required: true, help: 'Who owned it before ends on this day.' },
    ],
    initial: { customer: numberOf(ownership), fromOn: ctx.today },
    version: ownership.version,
    draft: { form: 'owner.name', subjectId: locationId },
    current: async () => {
      const present = await ctx.call(locationOwners, { locationId, accountId: null });
      const { version, changedBy, changedAt } = present;
      return { values: { customer: numberOf(present), fromOn: ctx.today }, version, changedBy, changedAt };
    },
    save: async ({ customer, fromOn }, version) => {
      const customerId = customer.trim() === '' ? null : await customerMeant(ctx, customer);
      return ctx.call(setOwner, { locationId, version, customerId, fromOn });
    },
    undo: ({ version: made, began, ended }) =>
      takingBack(locationRecord(locationId), made, (version, how) =>
        ctx.call(takeBackOwner, { locationId, version, began, ended }, how),
      ),
  };
}
