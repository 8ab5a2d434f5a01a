import { flag, key, text, version } from '../columns.ts';

/** What every mailing address has, whoever is reached there; exactly one of a record is primary. */
export const addressColumns = () => ({
  /** Code of table `address_type`. */
  type: key(),
  primary: flag().default(0).fieldName('is_primary'),
  careOf: text().nullable(),
  line1: text(),
  line2: text().nullable(),
  city: text(),
  state: text().nullable(),
  zip: text().nullable(),
  country: key().default('US'),
  county: text().nullable(),
  geoCode: text().nullable(),
  version: version(),
});

/** What every phone number has. */
export const phoneColumns = () => ({
  /** Code of table `phone_type`. */
  type: key(),
  /** As shown: `(217) 555-0142`. */
  number: text(),
  /** National digits only, for look-up. */
  digits: key(),
  extension: text().nullable(),
  description: text().nullable(),
  primary: flag().default(0).fieldName('is_primary'),
  version: version(),
});

/** What every e-mail address has. */
export const emailColumns = () => ({
  /** Code of table `email_type`. */
  type: key(),
  address: text(),
  description: text().nullable(),
  primary: flag().default(0).fieldName('is_primary'),
  version: version(),
});
