import { addressOperations, emailOperations, phoneOperations } from '#services/customers/reach/index.ts';
import type { Kept, Typed } from '#services/customers/reach/kind.ts';
import { type Address, addresses, type Email, emails, type Phone, phones } from '#services/customers/reach/kinds.ts';
import type { ReachOperations } from '#services/customers/reach/operations.ts';
import { placeOfZip } from '#services/customers/reach/place.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition, FormField } from '#ui/form/definition.ts';
import type { PartContext } from '../part.ts';
import { addressFields, emailFields, hasStates, phoneFields } from './fields.ts';

/** What a form of the part holds: all texts, and whether it is primary. */
export type ReachValues = Typed & Readonly<Record<string, string | boolean>>;

/** One of the three lists of the part. */
export interface Reach {
  readonly noun: 'address' | 'phone' | 'email';
  /** `address`, `phone`, `e-mail address`; and with its article. */
  readonly word: string;
  readonly one: string;
  readonly types: string;
  readonly blank: ReachValues;
  readonly fields: (types: readonly Choice<string>[]) => FormField[];
  readonly operations: ReachOperations<ReachValues>;
  /** Of a line's id, where the record's follows. */
  readonly lines: string;
  readonly told: (one: ReachValues) => string;
  /** What the operation is to get of a form, where that holds it in another manner; and back. */
  readonly typed?: (values: ReachValues) => ReachValues;
  readonly drawn?: (values: ReachValues) => ReachValues;
  readonly fill?: (ctx: PartContext) => FormDefinition<ReachValues, unknown>['fill'];
}

/** A form holds what an operation of the kind takes: its fields are all there are. */
const loosely = <T extends Typed>(operations: ReachOperations<T>): ReachOperations<ReachValues> =>
  operations as unknown as ReachOperations<ReachValues>;

export const REACHES: readonly Reach[] = [
  {
    noun: 'phone',
    word: phones.word,
    one: 'a phone',
    types: phones.types,
    blank: { type: 'home', primary: false, number: '', extension: '', description: '' },
    fields: phoneFields,
    operations: loosely(phoneOperations),
    lines: 'address.phone.',
    told: (one) => phones.told(one as unknown as Phone),
  },
  {
    noun: 'email',
    word: emails.word,
    one: 'an e-mail address',
    types: emails.types,
    blank: { type: 'home', primary: false, address: '', description: '' },
    fields: emailFields,
    operations: loosely(emailOperations),
    lines: 'address.email.',
    told: (one) => emails.told(one as unknown as Email),
  },
  {
    noun: 'address',
    word: addresses.word,
    one: 'an address',
    types: addresses.types,
    blank: {
      type: 'home',
      primary: false,
      careOf: '',
      line1: '',
      line2: '',
      city: '',
      state: '',
      zip: '',
      country: 'US',
      county: '',
      geoCode: '',
    },
    // Where the states of a country are known they are chosen, elsewhere the region is written.
    typed: ({ region, ...values }) => (hasStates(values) ? values : { ...values, state: region ?? '' }) as ReachValues,
    drawn: (values) =>
      hasStates(values) ? { ...values, region: '' } : { ...values, state: '', region: values['state'] ?? '' },
    fields: addressFields,
    operations: loosely(addressOperations),
    lines: 'address.',
    told: (one) => addresses.told(one as unknown as Address),
    fill: (ctx) => async (field, values) => {
      if (field !== 'zip' || values['country'] !== 'US') return {};
      return (await ctx.call(placeOfZip, { zip: String(values['zip']) })) ?? {};
    },
  },
];

/** The list that a line belongs to. */
export const reachOf = (lineId: string): Reach => REACHES.find(({ lines }) => lineId.startsWith(lines))!;

/** What a record says, as the form holds it. */
export function valuesOf({ blank, drawn }: Reach, record: ReachValues & Partial<Kept>): ReachValues {
  const values = Object.fromEntries(
    Object.keys(blank).map((name) => [name, record[name] ?? '']),
  ) as unknown as ReachValues;
  return drawn ? drawn(values) : values;
}

/** What a form holds, as the operations take it. */
export const typedOf = ({ typed }: Reach, values: ReachValues): ReachValues => (typed ? typed(values) : values);
