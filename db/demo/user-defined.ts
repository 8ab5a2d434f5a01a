import type { Customer } from './people.ts';
import type { World } from './world.ts';

/** Captions of codes that the demo's people keep, with their values. */
const CAPTIONS = [
  [
    'LANG',
    'Language',
    [
      ['EN', 'English'],
      ['ES', 'Spanish'],
      ['PL', 'Polish'],
    ],
  ],
  [
    'SOURCE',
    'Heard of us',
    [
      ['WEB', 'Web site'],
      ['REALTR', 'Realtor'],
      ['FRIEND', 'A neighbour'],
    ],
  ],
] as const;

const json = (value: object): string => JSON.stringify({ level: 'customer', ...value });

export const DEMO_CAPTIONS = CAPTIONS.map(([code, name]) => [code, name, json({})] as const);

/** A value's code as it is kept: within its caption, as the setup keeps it. */
const within = (caption: string, value: string): string => `${caption}/${value}`;

export const DEMO_VALUES = CAPTIONS.flatMap(([caption, , values]) =>
  values.map(([code, name]) => [within(caption, code), name, JSON.stringify({ caption })] as const),
);

/** Fields of the company's own. */
export const DEMO_FIELDS = [
  ['AKA', 'Also known as', json({ kind: 'text', searchable: 1, help: 'Another name that the customer goes by.' })],
  ['POOL', 'Swimming pool', json({ kind: 'check' })],
  ['SURVEY', 'Survey sent on', json({ kind: 'date' })],
] as const;

/** Codes and fields of a customer; by its identity, so that nothing else of the demo changes with them. */
export function writeUserDefined({ sink, serials }: World, { id, kind, spouseName, lastName }: Customer): void {
  const code = (caption: string, value: string): void =>
    sink.add('user_code', ++serials.user_code, 'customer', id, caption, within(caption, value));
  const field = (name: string, value: string): void =>
    sink.add('custom_field_value', ++serials.custom_field_value, 'customer', id, name, value);
  if (kind !== 'individual') return;
  if (id % 9 === 4) code('LANG', 'ES');
  else if (id % 31 === 5) code('LANG', 'PL');
  if (id % 14 === 3) code('SOURCE', id % 2 === 0 ? 'REALTR' : 'FRIEND');
  if (id % 17 === 8) field('POOL', '1');
  if (id % 29 === 11 && spouseName && lastName) field('AKA', `${spouseName} ${lastName}`);
}
