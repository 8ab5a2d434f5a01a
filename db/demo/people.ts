import { sortKey } from '#domain/sort-key.ts';
import type { Random } from './random.ts';
import type { ClassCode } from './tariff.ts';
import * as words from './vocabulary.ts';

/** A customer while the generator still learns about them; written when nothing more can change. */
export interface Customer {
  readonly id: number;
  readonly number: string;
  readonly kind: 'individual' | 'profit' | 'nonprofit' | 'government';
  readonly title: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly suffix: string | null;
  readonly spouseName: string | null;
  readonly businessName: string | null;
  readonly displayName: string;
  /** Letters for an e-mail address; empty when the name has none of the Latin alphabet. */
  readonly mailbox: string;
  readonly since: number;
  accounts: number;
  status: 'current' | 'shutoff';
  statusOn: number;
  active: boolean;
  public: boolean;
  bankrupt: boolean;
  noPayments: boolean;
  noChecks: boolean;
  noCollections: boolean;
  disallowed: string | null;
  holdUntil: number | null;
  autopay: 'draft' | 'card' | null;
  autopayOn: number;
  eBill: boolean;
  web: boolean;
}

/** What a row says of a name. */
type Names = Pick<
  Customer,
  | 'title'
  | 'firstName'
  | 'middleName'
  | 'lastName'
  | 'suffix'
  | 'spouseName'
  | 'businessName'
  | 'displayName'
  | 'mailbox'
>;

const orNull = (text: string): string | null => (text === '' ? null : text);

function personNames(title: string, first: string, middle: string, last: string, suffix: string): Names {
  const lastAndSuffix = suffix === '' ? last : `${last} ${suffix}`;
  const firstAndMiddle = middle === '' ? first : `${first} ${middle}`;
  return {
    title: orNull(title),
    firstName: first,
    middleName: orNull(middle),
    lastName: last,
    suffix: orNull(suffix),
    spouseName: null,
    businessName: null,
    displayName: `${lastAndSuffix}, ${firstAndMiddle}`,
    mailbox: sortKey(`${first}.${last}`)
      .replace(/[^a-z ]/g, '')
      .replace(/ +/g, '.'),
  };
}

function ordinaryPerson(random: Random): Names {
  const stock = random.weighted(words.NAME_STOCKS);
  const woman = random.chance(0.5);
  const last = random.pick(stock.last);
  const first = random.pick(woman ? stock.women : stock.men);
  if (!stock.latin) return personNames('', first, '', last, '');
  const title = random.chance(0.25) ? (woman ? random.pick(['Ms', 'Mrs', 'Dr']) : random.pick(['Mr', 'Mr', 'Dr'])) : '';
  const middle = random.chance(0.45) ? String.fromCharCode(65 + random.below(25)) : '';
  const suffix = !woman && random.chance(0.03) ? random.pick(['Jr', 'Sr', 'III']) : '';
  const spouse = random.chance(0.22) ? random.pick(woman ? stock.men : stock.women) : null;
  return { ...personNames(title, first, middle, last, suffix), spouseName: spouse };
}

/** A made-up organisation of the town. */
function organisation(random: Random, kind: Exclude<Customer['kind'], 'individual'>, landlord: boolean): Names {
  const family = random.pick(random.weighted(words.NAME_STOCKS.slice(0, 6)).last);
  const place = random.pick([...words.STREET_NAMES, ...words.REGIONS]);
  const name = {
    profit: landlord
      ? `${place} ${random.pick(words.LANDLORDS)} ${random.pick(words.FORMS)}`
      : `${random.pick([family, place])} ${random.pick(words.TRADES)}${random.chance(0.5) ? ` ${random.pick(words.FORMS)}` : ''}`,
    nonprofit: `${place} ${random.pick(words.CHARITIES)}`,
    government: `${random.pick(words.CITIES)[0]} ${random.pick(words.OFFICES)}`,
  }[kind];
  return {
    title: null,
    firstName: null,
    middleName: null,
    lastName: null,
    suffix: null,
    spouseName: null,
    businessName: name,
    displayName: name,
    mailbox: `office.${sortKey(name)
      .replace(/[^a-z]/g, '')
      .slice(0, 24)}`,
  };
}

const KIND_OF_CLASS = { RES: 'individual', COM: 'profit', NPO: 'nonprofit', GOV: 'government' } as const;

/** Makes customers up, numbered from 10001. */
export class People {
  readonly #random: Random;
  #made = 0;
  #odd = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get made(): number {
    return this.#made;
  }

  /** A new customer of that class; `odd` takes the next of the names that programs stumble over. */
  make(revenueClass: ClassCode, since: number, { odd = false, landlord = false } = {}): Customer {
    const random = this.#random;
    const kind = landlord ? 'profit' : KIND_OF_CLASS[revenueClass];
    const names = odd
      ? personNames(...words.ODD_NAMES[this.#odd++ % words.ODD_NAMES.length]!)
      : kind === 'individual'
        ? ordinaryPerson(random)
        : organisation(random, kind, landlord);
    const id = ++this.#made;
    const autopay = random.chance(0.17) ? (random.chance(0.7) ? 'draft' : 'card') : null;
    return {
      id,
      number: String(10_000 + id),
      kind,
      ...names,
      since,
      accounts: 0,
      status: 'current',
      statusOn: since,
      active: true,
      public: true,
      bankrupt: false,
      noPayments: false,
      noChecks: false,
      noCollections: false,
      disallowed: null,
      holdUntil: null,
      autopay,
      autopayOn: 0,
      eBill: false,
      web: random.chance(0.3),
    };
  }
}
