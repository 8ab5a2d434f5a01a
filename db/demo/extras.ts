import type { DemoDeposit } from './deposit.ts';
import { dateText } from './days.ts';
import { condition, note, order } from './records.ts';
import type { Outcome } from './life.ts';
import type { Tenancy } from './tenancy.ts';
import { LONG_NOTE, NOTE_TEXTS } from './notes.ts';
import type { World } from './world.ts';

type Telling = (world: World, t: Tenancy, outcome: Outcome) => void;

const arrange =
  (status: 'active' | 'kept', amount: (o: Outcome) => number, daysAgo: number): Telling =>
  (world, t, outcome) => {
    const cents = amount(outcome);
    if (cents <= 0) return;
    const started = dateText(world.today - daysAgo);
    world.sink.add('arrangement', ++world.serials.arrangement, t.accountId, t.customer.id, status, started, cents, 6);
    note(world, t, {
      level: 'account',
      type: 'collections',
      subject: 'Payment arrangement',
      body: `Six instalments agreed by phone, customer confirmed.`,
      day: world.today - daysAgo,
      by: 'cody',
    });
  };

/** What each feature leaves behind besides the ledger. */
const TELLINGS: Partial<Record<NonNullable<Tenancy['feature']>, Telling>> = {
  shutoffScheduled: (world, t) =>
    note(world, t, {
      level: 'account',
      type: 'collections',
      subject: 'Door hanger left',
      body: 'Final notice hung on the door; nobody home.',
      day: world.today - 2,
      by: 'finn',
      usedFor: 'shutoff',
      expiresDay: world.today + 30,
    }),
  shutoff: (world, t) => {
    order(world, t, {
      category: 'turnoff',
      description: 'Turn off for non-payment',
      day: world.today - 9,
      status: 'completed',
    });
  },
  arrangement: arrange('active', (o) => Math.floor((o.book.owed * 0.8) / 100) * 100, 12),
  arrangementKept: arrange('kept', () => 24_000, 260),
  bankrupt: (world, t) =>
    note(world, t, {
      level: 'customer',
      type: 'collections',
      subject: 'Chapter 7 filed',
      body: `Notice from the court received. No collection calls; route all mail to the trustee.`,
      day: world.today - 75,
      by: 'cody',
      messageCenter: true,
    }),
  lien: (world, t, { book }) => {
    const reference = `LN-${dateText(world.today - 40).slice(0, 4)}-${String(t.place.id).padStart(5, '0')}`;
    world.sink.add(
      'lien',
      ++world.serials.lien,
      t.place.id,
      reference,
      dateText(world.today - 40),
      null,
      Math.max(book.owed, 5000),
    );
  },
  openOrder: (world, t) =>
    order(world, t, { category: 'leak', description: 'Water at the curb box', day: world.today - 3 }),
  openOrders: (world, t) => {
    order(world, t, { category: 'reread', description: 'Customer disputes reading', day: world.today - 5 });
    order(world, t, { category: 'exchange', description: 'Meter due for exchange', day: world.today - 1 });
  },
  lifeSupport: (world, t) => condition(world, t, 'life', 'customer', 'Oxygen concentrator, physician letter on file'),
  dog: (world, t) => condition(world, t, 'dog', 'location', 'Large dog behind the gate'),
  senior: (world, t) => condition(world, t, 'senior', 'customer', null),
  messageNote: (world, t) => {
    note(world, t, {
      level: 'customer',
      type: 'general',
      subject: 'Speaks through an interpreter',
      body: 'Please call the language line before talking about money.',
      day: world.today - 90,
      messageCenter: true,
    });
    note(world, t, {
      level: 'location',
      type: 'field',
      subject: 'Curb box under mulch',
      body: '4 ft left of the walk.',
      day: world.today - 400,
      by: 'finn',
    });
  },
  paymentNote: (world, t) =>
    note(world, t, {
      level: 'account',
      type: 'payment',
      subject: 'Brings cash for the neighbour too',
      body: 'Ask which account before posting.',
      day: world.today - 35,
      by: 'carl',
      paymentCenter: true,
    }),
  graceNote: (world, t) =>
    note(world, t, {
      level: 'account',
      type: 'billing',
      subject: 'Grace until benefit arrives',
      body: 'Assistance agency pledged payment; no penalties meanwhile.',
      day: world.today - 4,
      by: 'alice',
      messageCenter: true,
      graceDay: world.today + 10,
      usedFor: 'penalty',
      expiresDay: world.today + 10,
    }),
  longNote: (world, t) =>
    note(world, t, {
      level: 'account',
      type: 'complaint',
      subject: LONG_NOTE.subject,
      body: LONG_NOTE.body,
      day: world.today - 20,
      by: 'alice',
    }),
  noPayments: (world, t) =>
    note(world, t, {
      level: 'customer',
      type: 'payment',
      subject: 'Do not take payments',
      body: 'Account in litigation; counsel asks that no payment be accepted.',
      day: world.today - 60,
      by: 'max',
      messageCenter: true,
      paymentCenter: true,
    }),
  noChecks: (world, t) =>
    note(world, t, {
      level: 'customer',
      type: 'payment',
      subject: 'No checks',
      body: 'Returned check; cash, card or money order only.',
      day: world.today - 50,
      by: 'carl',
      paymentCenter: true,
    }),
};

/** Writes what a household leaves besides its ledger: notes, orders, conditions, liens, deposits, placements. */
export function writeExtras(world: World, t: Tenancy, outcome: Outcome): void {
  const { random, sink, serials, today } = world;
  if (t.feature) TELLINGS[t.feature]?.(world, t, outcome);
  if (t.feature === 'collections' && outcome.book.owed > 0 && t.movedOutDay !== null) {
    const placed = dateText(Math.min(today, t.movedOutDay + 80));
    sink.add(
      'collection_placement',
      ++serials.collection_placement,
      t.customer.id,
      t.accountId,
      'Midland Recovery',
      placed,
      outcome.book.owed,
    );
  }
  if (outcome.deposit) writeDeposit(world, t, outcome.deposit);
  if (t.feature === null && t.movedOutDay === null && random.chance(world.big ? 0.06 : 0.25)) {
    const [type, subject, body, level] = random.pick(NOTE_TEXTS);
    note(world, t, {
      level,
      type,
      subject,
      body,
      day: today - random.between(3, Math.min(900, today - Math.min(t.movedInDay, today - 10))),
    });
  }
  if (t.movedOutDay === null && random.chance(0.03)) {
    const done = {
      category: 'reread',
      description: 'Check reading',
      day: today - random.between(30, 300),
      status: 'completed',
    } as const;
    order(world, t, done);
  }
}

function writeDeposit(world: World, t: Tenancy, deposit: DemoDeposit): void {
  const holder = t.feature === 'depositLocation' ? 'location' : t.accountId % 7 === 0 ? 'customer' : 'account';
  world.sink.add(
    'deposit',
    deposit.id,
    holder,
    t.customer.id,
    holder === 'customer' ? null : t.place.id,
    holder === 'account' ? t.accountId : null,
    ...deposit.cells(),
  );
}

/** Orders that a customer who is about to move in brings. */
export function writeMoveIn(world: World, t: Tenancy): void {
  order(world, t, { category: 'turnon', description: 'Turn on for new customer', day: world.today - 1 });
}
