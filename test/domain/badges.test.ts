import { describe, expect, test } from 'vitest';
import { type CustomerBadgeFacts, customerBadges } from '#domain/badges.ts';
import { locationBadges } from '#domain/location-badges.ts';
import { mapLink } from '#domain/map-link.ts';

const plain: CustomerBadgeFacts = {
  standing: 'current',
  balanceCents: 0,
  pastDueCents: 0,
  oldestDueOn: null,
  oldestLateId: null,
  shutoffScheduledOn: null,
  arrangement: null,
  bankrupt: false,
  private: false,
  noPayments: false,
  noChecks: false,
  autopay: null,
  badDebt: null,
  collections: null,
  budgetCents: null,
  emailBills: false,
  email: null,
  status: { code: 'current', name: 'Current', assignedOn: '2020-01-01' },
  webUser: false,
  conditions: [],
};

const late = { balanceCents: 9_000, pastDueCents: 3_000, oldestDueOn: '2026-09-21', oldestLateId: 7 } as const;
const draft = { bankOrBrand: 'First Bank', last4: '1234', startedOn: '2025-01-01' } as const;

/** Every row of the customer card's table: what is so, its tool tip, the badge's text. */
const rows: readonly (readonly [Partial<CustomerBadgeFacts>, name: string, text: string])[] = [
  [{}, 'Balance – Current', 'BAL OK'],
  [{ standing: 'past_due', ...late }, 'Balance – Past Due', 'PAST DUE'],
  [{ standing: 'shutoff', ...late, shutoffScheduledOn: '2026-11-25' }, 'Balance – Shutoff', 'SHUTOFF 11-25'],
  [{ arrangement: { startedOn: '2026-10-01', amountCents: 9_000, instalments: 3 } }, 'On Arrangement', 'ARR'],
  [{ bankrupt: true }, 'Bankruptcy', 'BK'],
  [{ private: true }, 'Private', 'PRIVATE'],
  [{ noChecks: true }, 'No Checks', 'NO CHK'],
  [{ noPayments: true }, 'No Payments', 'NO PAY'],
  [{ autopay: { method: 'draft', ...draft } }, 'Automatic Payments – Bank draft', 'AUTO:DRAFT'],
  [{ autopay: { method: 'card', ...draft } }, 'Automatic Payments – Credit card', 'AUTO:CARD'],
  [{ badDebt: { cents: 12_000, lastOn: '2026-01-01', record: 5 } }, 'Bad Debt', 'BAD DEBT'],
  [{ collections: { agency: 'Acme', placedOn: '2026-01-01', amountCents: 1 } }, 'Collections', 'COLL'],
  [{ budgetCents: 8_500 }, 'Budget Billing', 'BUDGET'],
  [{ emailBills: true, email: 'ana@example.org' }, 'Email Bills', 'EBILL'],
  [{}, 'Account Status – Current', 'ST OK'],
  [{ status: { code: 'shutoff', name: 'Shutoff', assignedOn: '2026-11-01' } }, 'Account Status – Shutoff', 'IS OFF'],
  [{ status: { code: 'legal', name: 'Legal', assignedOn: '2026-11-01' } }, 'Account Status – Legal', 'LEGAL'],
  [{ webUser: true }, 'Web User', 'WEB'],
];

describe('badges of the customer card', () => {
  test.each(rows)('%o shows %s', (facts, name, text) => {
    const badges = customerBadges({ ...plain, ...facts });
    const badge = badges.find((candidate) => candidate.name === name);
    expect(badge?.text).toBe(text);
    expect(badge?.explanation).toMatch(/\.$/);
    expect(new Set(badges.map(({ id }) => id)).size).toBe(badges.length);
  });

  test('nothing special: only what is in order', () => {
    expect(customerBadges(plain).map(({ text }) => text)).toEqual(['BAL OK', 'ST OK']);
  });

  test('what needs care comes first, special conditions before mere information', () => {
    const conditions = [
      {
        id: 3,
        code: 'life',
        name: 'Life support',
        badge: 'LIFE SUPPORT',
        startedOn: '2026-01-01',
        endedOn: null,
        remarks: null,
      },
    ];
    const badges = customerBadges({ ...plain, standing: 'past_due', ...late, webUser: true, conditions });
    expect(badges.map(({ text }) => text)).toEqual(['PAST DUE', 'LIFE SUPPORT', 'WEB', 'ST OK']);
  });

  test('says how much and since when, and leads to the oldest late bill', () => {
    const [badge] = customerBadges({ ...plain, standing: 'past_due', ...late });
    expect(badge).toMatchObject({
      explanation: '30.00 of 90.00 past due since 2026-09-21.',
      cause: { tab: 'history', record: 7 },
    });
  });
});

describe('badges of the location card', () => {
  const none = { openOrders: 0, firstOrder: null, liens: 0, lien: null, conditions: [] };

  test('open service orders with their count, and a lien', () => {
    const badges = locationBadges({
      ...none,
      openOrders: 2,
      firstOrder: { number: 'S1', description: 'Leak', openedOn: '2026-11-01' },
      liens: 1,
      lien: { reference: 'B-9', placedOn: '2026-01-01', amountCents: 12_345 },
    });
    expect(badges.map(({ text, name }) => [text, name])).toEqual([
      ['SO 2', 'Open Service Order'],
      ['LIEN', 'On Lien'],
    ]);
    expect(badges[1]!.explanation).toBe('123.45 since 2026-01-01, B-9.');
  });

  test('nothing there, no badge', () => {
    expect(locationBadges(none)).toEqual([]);
  });
});

describe('the map link', () => {
  const place = { latitude: null, longitude: null, line1: "1 O'Hara & Sons #2", city: 'Åsele', state: null, zip: null };

  test('by coordinates where they are known, by the address otherwise', () => {
    expect(mapLink({ ...place, latitude: 39.8, longitude: -89.6 })).toBe(
      'https://www.openstreetmap.org/?mlat=39.800000&mlon=-89.600000#map=18/39.800000/-89.600000',
    );
    expect(mapLink(place)).toBe(
      'https://www.openstreetmap.org/search?query=1%20O%27Hara%20%26%20Sons%20%232%2C%20%C3%85sele',
    );
  });

  test('nothing of the data can leave the address', () => {
    expect(mapLink({ ...place, line1: '\u001B]8;;evil\u0007 \uD800 "<x>' })).toMatch(/^[\w\-.~:/?#=%&()!*']+$/);
  });
});
