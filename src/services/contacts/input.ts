import { z } from 'zod';
import { NOTICES } from '#domain/contact.ts';
import { typedNumbers } from '../secrets/typed-numbers.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { whoseContacts } from './read.ts';

const id = z.number().int().positive();
const said = (most = 120) => typedText(most).trim().default('');

/** Far above what anybody has. */
const MOST_OF_ONE_KIND = 20;
const MOST_CONTACTS = 200;

const one = { id: id.nullable().default(null), primary: z.boolean().default(false), type: shortText(40) };

const address = z.object({
  ...one,
  careOf: said(),
  line1: said(),
  line2: said(),
  city: said(80),
  state: said(40),
  zip: said(20),
  country: said(40).default('US'),
  county: said(80),
  geoCode: said(40),
});

const email = z.object({ ...one, address: said(200), description: said() });
const phone = z.object({ ...one, number: said(40), extension: said(10), description: said() });

const several = <T extends z.ZodType>(of: T, what: string) =>
  z.array(of).max(MOST_OF_ONE_KIND, `At most ${MOST_OF_ONE_KIND} ${what}.`).default([]);

const contact = z.object({
  /** Null: new. */
  id: id.nullable().default(null),
  /** The version that was read; null of a new one. */
  version: id.nullable().default(null),
  type: shortText(40).default(''),
  firstName: said(80),
  middleName: said(80),
  lastName: said(80),
  suffix: said(20),
  notices: z.enum(NOTICES, 'Choose none, mail or email.').default('none'),
  addresses: several(address, 'addresses'),
  emails: several(email, 'e-mail addresses'),
  phones: several(phone, 'phones'),
});

/** The whole edited set: contacts added and changed as they are to be, and those that go. */
export const contactSet = whoseContacts.extend({
  contacts: z.array(contact).max(MOST_CONTACTS, `At most ${MOST_CONTACTS} contacts at once.`).default([]),
  deleted: z
    .array(
      z.object({
        id,
        version: id,
        sealed: z
          .int()
          .min(0)
          .max(10)
          .optional()
          .describe('an adding is taken back: so many sensitive numbers were sealed with it'),
      }),
    )
    .max(MOST_CONTACTS)
    .default([]),
});

/** The same with sensitive numbers of contacts that are new, by their places in `contacts`. */
export const numberedContactSet = contactSet.extend({
  numbers: z.array(typedNumbers.extend({ contact: z.int().min(0).max(MOST_CONTACTS) })).max(MOST_CONTACTS),
});

export type NumberedContactSet = z.output<typeof numberedContactSet>;
export type ContactSet = z.output<typeof contactSet>;
export type SavedContact = ContactSet['contacts'][number];
