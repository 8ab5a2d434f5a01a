import { faker as arabic } from '@faker-js/faker/locale/ar';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as greek } from '@faker-js/faker/locale/el';
import { faker as indian } from '@faker-js/faker/locale/en_IN';
import { faker as american } from '@faker-js/faker/locale/en_US';
import { faker as mexican } from '@faker-js/faker/locale/es_MX';
import { faker as persian } from '@faker-js/faker/locale/fa';
import { faker as french } from '@faker-js/faker/locale/fr';
import { faker as hebrew } from '@faker-js/faker/locale/he';
import { faker as armenian } from '@faker-js/faker/locale/hy';
import { faker as japanese } from '@faker-js/faker/locale/ja';
import { faker as korean } from '@faker-js/faker/locale/ko';
import { faker as nepali } from '@faker-js/faker/locale/ne';
import { faker as polish } from '@faker-js/faker/locale/pl';
import { faker as russian } from '@faker-js/faker/locale/ru';
import { faker as thai } from '@faker-js/faker/locale/th';
import { faker as ukrainian } from '@faker-js/faker/locale/uk';
import { faker as vietnamese } from '@faker-js/faker/locale/vi';
import { faker as chinese } from '@faker-js/faker/locale/zh_CN';

/** Names of one language, in its own script. */
export interface NameStock {
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly last: readonly string[];
  /** Whether titles, middle initials and plain e-mail addresses suit them. */
  readonly latin: boolean;
}

type Faker = typeof american;

function words(value: unknown, gender: 'female' | 'male'): readonly string[] {
  const lists = (value ?? {}) as Readonly<Record<string, readonly string[] | undefined>>;
  return lists[gender] ?? lists.generic ?? [];
}

function stock(faker: Faker, latin: boolean): NameStock {
  const person = faker.rawDefinitions.person ?? {};
  return {
    women: words(person.first_name, 'female'),
    men: words(person.first_name, 'male'),
    last: words(person.last_name, 'female'),
    latin,
  };
}

/** Who lives in the town, by share. */
export const NAME_STOCKS: readonly (readonly [weight: number, stock: NameStock])[] = [
  [640, stock(american, true)],
  [110, stock(mexican, true)],
  [35, stock(german, true)],
  [30, stock(polish, true)],
  [28, stock(french, true)],
  [30, stock(indian, true)],
  [25, stock(vietnamese, true)],
  [20, stock(chinese, false)],
  [16, stock(arabic, false)],
  [14, stock(russian, false)],
  [12, stock(korean, false)],
  [8, stock(japanese, false)],
  [6, stock(greek, false)],
  [6, stock(hebrew, false)],
  [5, stock(ukrainian, false)],
  [5, stock(armenian, false)],
  [4, stock(persian, false)],
  [3, stock(thai, false)],
  [3, stock(nepali, false)],
];

/** A name that people really have and programs stumble over: title, first, middle, last, suffix. */
export type OddName = readonly [title: string, first: string, middle: string, last: string, suffix: string];

export const ODD_NAMES: readonly OddName[] = [
  ['Ms', 'Siobhán', 'Aoife', "O'Brien-Smythe", ''],
  ['Mr', 'Maximilian Bartholomew', 'Constantine', 'Featherstonehaugh-Cholmondeley-Wolfeschlegelstein', 'III'],
  ['', 'Bo', '', 'O', ''],
  ['Dr', 'Zoe\u0308', '', 'Nin\u0303o de la Pen\u0303a', ''],
  ['', 'محمد عبد الرحمن', '', 'بن سعيد الأنصاري', ''],
  ['', '小百合', '', '東海林', ''],
  ['Mx', 'José-María', 'de los Ángeles', 'Fernández y Gutiérrez del Castillo', 'Jr'],
  ['', 'Ngọc Bích', '', 'Tôn Nữ', ''],
  ['Mr', "D'Angelo", "La'Marcus", "St. John-D'Arcy", 'Sr'],
  ['Rev', 'Þórdís', '', 'Ægisdóttir', ''],
  ['', 'שרה-לאה', '', 'בן־דוד', ''],
  ['', 'पद्मा', '', 'श्रेष्ठ', ''],
  ['Ms', 'Nguyê\u0303n', 'Thi\u0323', 'Ho\u0300ng', ''],
  ['', 'สมศักดิ์', '', 'เทพหัสดิน ณ อยุธยา', ''],
  ['Mrs', 'Null', '', 'Van Der Test', ''],
  ['', '하늘', '', '독고', ''],
];

export const TRADES = [
  'Auto Repair',
  'Bakery',
  'Barber Shop',
  'Car Wash',
  'Cleaners',
  'Coffee House',
  'Dental Group',
  'Diner',
  'Family Restaurant',
  'Florist',
  'Grain & Feed',
  'Hardware',
  'Heating & Cooling',
  'Insurance Agency',
  'Laundromat',
  'Machine Works',
  'Market',
  'Motel',
  'Nursery & Garden',
  'Pharmacy',
  'Plumbing',
  'Print Shop',
  'Storage',
  'Tavern',
  'Tire Center',
  'Trucking',
  'Veterinary Clinic',
];
export const LANDLORDS = ['Properties', 'Holdings', 'Rentals', 'Apartments', 'Realty', 'Estates'];
export const FORMS = ['LLC', 'Inc', 'Co', 'LLP', '& Sons'];
export const CHARITIES = [
  'Community Food Pantry',
  'Little League Association',
  'Historical Society',
  'Animal Shelter',
  'Senior Center',
  'Lutheran Church',
  'Baptist Church',
  'Islamic Center',
  'Catholic Parish',
  'Habitat Build',
  'Youth Orchestra',
  'Veterans Post',
];
export const OFFICES = [
  'School District 12',
  'Park District',
  'Public Library',
  'Fire Protection District',
  'County Highway Department',
  'Post Office',
  'Police Department',
  'Housing Authority',
  'Department of Public Works',
];

export const STREET_NAMES = [
  'Alder',
  'Birch',
  'Cedar',
  'Dogwood',
  'Elm',
  'Fir',
  'Hickory',
  'Juniper',
  'Linden',
  'Maple',
  'Oak',
  'Poplar',
  'Spruce',
  'Sycamore',
  'Walnut',
  'Willow',
  'Washington',
  'Jefferson',
  'Lincoln',
  'Grant',
  'Monroe',
  'Madison',
  'Jackson',
  'Church',
  'College',
  'Depot',
  'Foundry',
  'Mill',
  'Orchard',
  'Prairie',
  'Railroad',
  'Reservoir',
  'River',
  'School',
  'Spring',
  'Water',
  'Meadow View',
  'Quail Hollow',
  'Fox Run',
  'Stone Creek',
  'Heritage Oaks',
  'Old Plank',
  'Martin Luther King Jr',
  'Cattail',
  'Bluff',
  'Ferry',
  'Granite',
  'Harvest',
];
export const STREET_KINDS = ['St', 'Ave', 'Dr', 'Ln', 'Ct', 'Rd', 'Way', 'Pl', 'Cir', 'Blvd'];
export const DIRECTIONS = ['N', 'S', 'E', 'W'];
export const REGIONS = [
  'Old Town',
  'Mill District',
  'North End',
  'Riverside',
  'Fairgrounds',
  'Quail Hollow',
  'East Bluff',
];
/** The first is the town itself; a big utility serves them all. */
export const CITIES: readonly (readonly [city: string, zip: string])[] = [
  ['Alder Falls', '62704'],
  ['Mill Crossing', '62712'],
  ['Prairie Hill', '62718'],
  ['Stonebridge', '62723'],
  ['New Bremen', '62731'],
  ['Fox Hollow', '62736'],
  ['East Haven', '62741'],
  ['Cedar Point', '62747'],
  ['Old Ferry', '62752'],
  ['Granite Ridge', '62758'],
  ['Harvest Grove', '62763'],
  ['Clearwater', '62769'],
];
/** Where people came from or went. */
export const ELSEWHERE: readonly (readonly [city: string, state: string, zip: string])[] = [
  ['Peoria', 'IL', '61602'],
  ['Chicago', 'IL', '60614'],
  ['St. Louis', 'MO', '63104'],
  ['Indianapolis', 'IN', '46204'],
  ['Davenport', 'IA', '52801'],
  ['Phoenix', 'AZ', '85004'],
  ['Tampa', 'FL', '33602'],
  ['Milwaukee', 'WI', '53202'],
];
export const AREA_CODES = ['217', '217', '217', '217', '309', '618', '447', '312'];
