import { dateText, instantOf } from './days.ts';
import type { Customer } from './people.ts';
import { Random } from './random.ts';
import type { Place } from './town.ts';
import { AREA_CODES, NAME_STOCKS } from './vocabulary.ts';
import type { World } from './world.ts';

/** Days after which a place has had its owner in most cases. */
const LONGEST_OWNED = 4000;

interface DemoContact {
  readonly level: 'customer' | 'location';
  readonly of: number;
  readonly type: string;
  readonly notices: 'none' | 'email';
}

/** Somebody to speak with: a choice of its own by the record, so that nothing else of the town depends on it. */
function writeContact(world: World, chance: Random, { level, of, type, notices }: DemoContact): void {
  const { sink, serials } = world;
  const stock = chance.weighted(NAME_STOCKS.slice(0, 6));
  const [first, last] = [chance.pick(chance.chance(0.5) ? stock.women : stock.men), chance.pick(stock.last)];
  const id = ++serials.contact;
  const [customer, location] = level === 'customer' ? [of, null] : [null, of];
  sink.add('contact', id, level, customer, location, type, first, last, notices);
  const area = chance.pick(AREA_CODES);
  const ending = `555${String(100 + chance.below(100)).padStart(4, '0')}`;
  const shown = `(${area}) ${ending.slice(0, 3)}-${ending.slice(3)}`;
  sink.add('contact_phone', ++serials.contact_phone, id, 'mobile', shown, `${area}${ending}`, 1);
  if (notices === 'email') {
    sink.add('contact_email', ++serials.contact_email, id, 'home', `contact${id}@example.org`, 1);
  }
}

/** An emergency contact of every fifth household. */
export function writeContacts(world: World, customer: Customer): void {
  if (customer.kind !== 'individual' || customer.id % 5 !== 2) return;
  const chance = new Random(customer.id * 31);
  writeContact(world, chance, {
    level: 'customer',
    of: customer.id,
    type: chance.chance(0.7) ? 'emergency' : 'secondary',
    notices: 'none',
  });
}

/** Who owns a rental since when, who did before, and whom to speak with about the house. */
export function writeOwnership(world: World, place: Place, owner: Customer | null, others: readonly Customer[]): void {
  if (owner === null) return;
  const chance = new Random(place.id * 17);
  const { sink, serials, today, start } = world;
  const since = Math.min(today - 30, start + chance.between(-LONGEST_OWNED, 60));
  const before = place.id % 4 === 1 ? others.find((other) => other.id !== owner.id) : undefined;
  const period = (customer: Customer, from: number, to: number | null): void =>
    sink.add(
      'location_owner',
      ++serials.location_owner,
      place.id,
      customer.id,
      dateText(from),
      to === null ? null : dateText(to),
      instantOf(to ?? from, 600),
      'max',
    );
  if (before) period(before, since - chance.between(300, LONGEST_OWNED), since);
  period(owner, since, null);
  if (place.id % 3 === 0) {
    writeContact(world, chance, { level: 'location', of: place.id, type: 'landlord', notices: 'email' });
  }
}
