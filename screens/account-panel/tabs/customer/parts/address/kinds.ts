import { addressOperations, emailOperations, phoneOperations } from '#services/customers/reach/index.ts';
import { addresses, emails, phones } from '#services/customers/reach/kinds.ts';
import { placeOfZip } from '#services/customers/reach/place.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition, FormField } from '#ui/form/definition.ts';
import type { PartContext } from '../part.ts';
import { type Exchange, exchange, type ReachValues } from './exchange.ts';
import { addressFields, emailFields, hasStates, phoneFields } from './fields.ts';

/** One of the three lists of the part. */
export interface Reach extends Exchange {
  /** With its article: `an address`. */
  readonly one: string;
  readonly blank: ReachValues;
  readonly fields: (types: readonly Choice<string>[]) => FormField[];
  /** Of a line's id, where the record's follows. */
  readonly lines: string;
  readonly fill?: (ctx: PartContext) => FormDefinition<ReachValues, unknown>['fill'];
}

export const REACHES: readonly Reach[] = [
  {
    ...exchange(phones, phoneOperations, ({ type, primary, number, extension, description }) => ({
      type,
      primary,
      number,
      extension,
      description,
    })),
    one: 'a phone',
    blank: { type: 'home', primary: false, number: '', extension: '', description: '' },
    fields: phoneFields,
    lines: 'address.phone.',
  },
  {
    ...exchange(emails, emailOperations, ({ type, primary, address, description }) => ({
      type,
      primary,
      address,
      description,
    })),
    one: 'an e-mail address',
    blank: { type: 'home', primary: false, address: '', description: '' },
    fields: emailFields,
    lines: 'address.email.',
  },
  {
    // Where the states of a country are known they are chosen, elsewhere the region is written.
    ...exchange(
      addresses,
      addressOperations,
      ({ type, primary, careOf, line1, line2, city, state, zip, country, county, geoCode }) => {
        const values = { type, primary, careOf, line1, line2, city, zip, country, county, geoCode };
        return hasStates(values) ? { ...values, state, region: '' } : { ...values, state: '', region: state };
      },
      (values) => (hasStates(values) ? values : { ...values, state: values['region'] ?? '' }),
    ),
    one: 'an address',
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
      region: '',
    },
    fields: addressFields,
    lines: 'address.',
    fill: (ctx) => async (field, values) => {
      if (field !== 'zip' || values['country'] !== 'US') return {};
      return (await ctx.call(placeOfZip, { zip: String(values['zip']) })) ?? {};
    },
  },
];

/** The list that a line belongs to. */
export const reachOf = (lineId: string): Reach => REACHES.find(({ lines }) => lineId.startsWith(lines))!;
