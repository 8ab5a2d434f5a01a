import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Panel } from '#services/accounts/panel.ts';
import { dashboardLines } from '#screens/account-panel/dashboard/dashboard.ts';
import { dashboardLayout, DASHBOARD_ROWS } from '#screens/account-panel/dashboard/layout.ts';
import { createTheme, themeNames } from '#ui/theme/themes.ts';
import { anyText } from '#test/support/texts.ts';

const TODAY = '2026-11-21';

/** A dashboard in which every text is the same. */
function panelOf(text: string): Panel {
  const place = { line1: text, city: text, state: text, zip: text, country: text };
  const badge = { id: 'a', text, tone: 'bad', name: text, explanation: text, cause: { tab: 'history' } } as const;
  return {
    account: { id: 1, number: text, activity: 'current', movedInOn: '2020-01-01', movedOutOn: null },
    customer: {
      id: 1,
      number: text,
      kind: 'individual',
      name: text,
      private: true,
      active: true,
      address: { ...place, careOf: text, line2: text },
      phone: text,
      email: text,
    },
    status: {
      standing: 'shutoff',
      balanceCents: -123_456_789,
      unpostedCents: 999_999_999,
      pastDueCents: 123_456_789,
      oldestDueOn: '2020-01-01',
      oldestLateId: 1,
      shutoffScheduledOn: TODAY,
      lastBilled: { transactionId: 1, on: '2020-01-01', cents: 99_999_999, dueOn: '2020-01-21' },
      lastPayment: { transactionId: 1, on: '2020-01-01', cents: 99_999_999, method: text, unposted: true },
      graceOn: '2027-01-01',
    },
    location: {
      ...place,
      id: 1,
      number: text,
      latitude: null,
      longitude: null,
      rental: true,
      cycle: { code: text, name: text },
      route: { code: text, name: text },
      revenueClass: { code: text, name: text },
      description: text,
      parcelNumber: text,
      ownerName: text,
      ownerId: 2,
    },
    customerBadges: Array.from({ length: 5 }, (_, index) => ({ ...badge, id: String(index) })),
    locationBadges: [badge],
    counts: { contacts: 0, openOrders: 1, liens: 1 },
    accounts: [],
    residents: [],
  };
}

const sizes = [
  { columns: 240, rows: 67 },
  { columns: 120, rows: 37 },
  { columns: 110, rows: 26 },
  { columns: 80, rows: 21 },
  { columns: 76, rows: 18 },
  { columns: 60, rows: 13 },
];

/** As many lines as the layout has, none wider than the screen; with frames, none narrower. */
function expectFrame(text: string): void {
  const panel = panelOf(text);
  for (const size of sizes) {
    const layout = dashboardLayout(size);
    const theme = createTheme('mono');
    const lines = dashboardLines({ panel, focus: 'customer', size, theme, today: TODAY });
    expect(lines).toHaveLength(DASHBOARD_ROWS[layout]);
    for (const line of lines) {
      if (layout === 'compact') expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
      else expect(stringWidth(line), JSON.stringify(line)).toBe(size.columns);
    }
  }
}

describe('the dashboard keeps its frame', () => {
  test('whatever the texts hold', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), (text) => expectFrame(text)),
      { numRuns: 60 },
    );
  });

  const folder = process.env.METERDESK_REAL_DATA;
  const file = folder ? join(folder, 'naughty', 'blns.json') : '';
  test.skipIf(!existsSync(file))('with every string of the list of naughty strings (METERDESK_REAL_DATA)', () => {
    for (const text of JSON.parse(readFileSync(file, 'utf8')) as string[]) expectFrame(text);
  });

  test('in every theme and in ASCII', () => {
    const panel = panelOf('Rivera');
    for (const name of themeNames) {
      const lines = dashboardLines({
        panel,
        focus: 'tab',
        size: { columns: 80, rows: 21 },
        theme: createTheme(name, 'ascii'),
        today: TODAY,
      });
      for (const line of lines) expect(stripVTControlCharacters(line)).toMatch(/^[ -~]*$/);
    }
  });

  test('the sign and the words say what colour says: nothing is lost in mono', () => {
    const panel = panelOf('Rivera');
    for (const size of sizes) {
      const text = dashboardLines({ panel, focus: 'tab', size, theme: createTheme('mono'), today: TODAY }).join('\n');
      for (const word of ['SHUTOFF 11-21', ' U', ' G']) expect(text).toContain(word);
    }
  });
});
