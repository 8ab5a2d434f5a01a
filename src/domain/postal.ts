import { STATES } from './sensitive.ts';

/** How a country writes the end of an address. */
export interface PostalRules {
  readonly states: ReadonlySet<string>;
  readonly stateWord: string;
  readonly zip: RegExp;
  readonly zipWords: string;
}

/** States, the district and the territories of the United States by their postal codes. */
export const STATE_NAMES: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AS: 'American Samoa',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  GU: 'Guam',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MP: 'Northern Mariana Islands',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  PR: 'Puerto Rico',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  VI: 'Virgin Islands',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
};

/** Post of the armed forces has states of its own. */
export const MILITARY_NAMES: Readonly<Record<string, string>> = {
  AA: 'Armed Forces Americas',
  AE: 'Armed Forces Europe',
  AP: 'Armed Forces Pacific',
};

/** Provinces and territories of Canada. */
export const PROVINCE_NAMES: Readonly<Record<string, string>> = {
  AB: 'Alberta',
  BC: 'British Columbia',
  MB: 'Manitoba',
  NB: 'New Brunswick',
  NL: 'Newfoundland and Labrador',
  NS: 'Nova Scotia',
  NT: 'Northwest Territories',
  NU: 'Nunavut',
  ON: 'Ontario',
  PE: 'Prince Edward Island',
  QC: 'Quebec',
  SK: 'Saskatchewan',
  YT: 'Yukon',
};

/** Countries whose states and postal codes are checked, by code. */
export const POSTAL: Readonly<Record<string, PostalRules>> = {
  US: {
    states: new Set([...STATES, ...Object.keys(MILITARY_NAMES)]),
    stateWord: 'state',
    zip: /^\d{5}(?:-?\d{4})?$/,
    zipWords: 'A ZIP has five digits, or nine.',
  },
  CA: {
    states: new Set(Object.keys(PROVINCE_NAMES)),
    stateWord: 'province',
    // Canada Post writes no D, F, I, O, Q and U, and begins with neither W nor Z.
    zip: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d$/,
    zipWords: 'A Canadian postal code looks like K1A 0B1.',
  },
};

let names: Intl.DisplayNames | undefined;

/** The name of a country by its two letters (ISO 3166); null where there is none. */
export function countryName(code: string): string | null {
  if (!/^[A-Z]{2}$/.test(code) || NO_COUNTRY.has(code)) return null;
  names ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const name = names.of(code);
  // Codes of countries that are no more stand for those that followed them.
  return name !== undefined && new Intl.Locale(`und-${code}`).region === code ? name : null;
}

/** Groups of countries, tests and the unknown, which have names too. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index));

/** All countries by name, the two nearest first. */
export function countries(): { readonly code: string; readonly name: string }[] {
  const all = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
    const name = countryName(code);
    return name === null ? [] : [{ code, name }];
  });
  const near = (code: string): number => (code === 'US' ? 0 : code === 'CA' ? 1 : 2);
  return all.toSorted((a, b) => near(a.code) - near(b.code) || a.name.localeCompare(b.name));
}

/** A postal code as its country writes it: `62704-1180`, `K1A 0B1`. */
export function writtenZip(typed: string, country: string): string {
  const text = typed.trim().toUpperCase();
  if (country === 'US') return text.replace(/^(\d{5})-?(\d{4})$/, '$1-$2');
  return country === 'CA' ? text.replace(/^(\w{3}) ?(\w{3})$/, '$1 $2') : text;
}
