import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerLine, messageLines } from '#app/view/lines.ts';
import { badgeSegments } from '#ui/badges.ts';
import { barChart, columnChart } from '#ui/chart.ts';
import { panelLines } from '#ui/panel.tsx';
import { tabLine } from '#ui/tabs.tsx';
import { line, segmentsWidth, spread, type Segment } from '#ui/text.tsx';
import { createTheme } from '#ui/theme/themes.ts';
import { cellWidth, fit, oneLine, truncate, wrap } from '#ui/width.ts';

const ESCAPE = '\u001B';
const theme = createTheme('dark');
const hostile = fc.constantFrom(
  '\u001B[31m',
  '\u202E',
  '\r\n',
  '\t',
  '\u0007',
  '👩‍👩‍👧',
  '李小龙',
  'é',
  'ﷺ',
  '\u200B',
  '🇺🇸',
  '️⃣',
);
const text = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), hostile), { maxLength: 8 })
  .map((parts) => parts.join(''));
const width = fc.integer({ min: 1, max: 90 });
const segments = fc.array(
  fc
    .tuple(text, fc.constantFrom(undefined, theme.bad, theme.selected))
    .map(([value, style]): Segment => [value, style]),
  { maxLength: 5 },
);

/** Without the styles; everything else that is not text would show. */
const plain = (painted: string): string => painted.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '');

describe('whatever the text', () => {
  test('a fitted cell has exactly its width, a cut one never more', () => {
    fc.assert(
      fc.property(text, width, fc.constantFrom('left' as const, 'right' as const), (value, cells, align) => {
        expect(cellWidth(fit(value, cells, align))).toBe(cells);
        expect(cellWidth(truncate(value, cells))).toBeLessThanOrEqual(cells);
      }),
    );
  });

  test('nothing that a terminal would obey is left', () => {
    fc.assert(fc.property(text, (value) => void expect(oneLine(value)).not.toMatch(/[\p{Cc}\u202A-\u202E]/u)));
  });

  test('a line of segments is never wider than it may be, and exactly so wide when filled', () => {
    fc.assert(
      fc.property(segments, width, (parts, cells) => {
        expect(cellWidth(plain(line(parts, cells)))).toBeLessThanOrEqual(cells);
        expect(cellWidth(plain(line(parts, cells, '…', true)))).toBe(cells);
        if (segmentsWidth(parts) <= cells) expect(plain(line(parts, cells))).not.toContain('…'.repeat(2));
      }),
    );
  });

  test('left and right share a line', () => {
    fc.assert(
      fc.property(segments, segments, width, (left, right, cells) => {
        expect(cellWidth(plain(spread(left, right, cells)))).toBeLessThanOrEqual(cells);
      }),
    );
  });

  test('wrapped lines fit and lose no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 20 }),
        fc.integer({ min: 12, max: 40 }),
        (words, cells) => {
          const lines = wrap(words.join(' '), cells);
          for (const each of lines) expect(cellWidth(each)).toBeLessThanOrEqual(cells);
          expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(words);
        },
      ),
    );
  });

  test('a card is a rectangle', () => {
    fc.assert(
      fc.property(
        text,
        fc.array(segments, { maxLength: 6 }),
        fc.integer({ min: 12, max: 80 }),
        fc.integer({ min: 3, max: 9 }),
        (title, content, cells, height) => {
          const lines = panelLines({ title, right: '‹ ›', width: cells, height, theme }, content);
          expect(lines).toHaveLength(height);
          for (const each of lines) expect(cellWidth(plain(each))).toBe(cells);
        },
      ),
    );
  });

  test('header, message, tabs and badges fit', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 60, max: 200 }),
        (names, columns) => {
          const header = headerLine({ crumbs: names, code: 'ACC', actor: null, today: '2026-11-21', theme, columns });
          expect(cellWidth(plain(header))).toBeLessThanOrEqual(columns);
          const message = { text: names[0]!, tone: 'bad' as const };
          const said = messageLines({
            message,
            busy: 'working',
            alsoHere: 'also here: ' + names[0],
            waiting: 3,
            theme,
            columns,
          });
          for (const each of said) expect(cellWidth(plain(each))).toBeLessThanOrEqual(columns);
          const items = names.map((title, index) => ({ id: `${index}`, title: oneLine(title) }));
          expect(cellWidth(plain(tabLine(items, '0', columns, theme)))).toBeLessThanOrEqual(columns);
          const badges = items.map(({ id, title }) => ({ id, text: title, tone: 'bad' as const }));
          expect(segmentsWidth(badgeSegments(badges, 30, theme))).toBeLessThanOrEqual(30);
        },
      ),
    );
  });
});

test('a message longer than its line is read to its end', () => {
  const facts = { busy: 'working', alsoHere: '', waiting: 0, theme, columns: 60 };
  const words =
    'Tell your administrator: no key file for sensitive numbers is known here; meterdesk keys init makes one.';
  const said = messageLines({ ...facts, message: { text: words, tone: 'bad' } }).map(plain);
  expect(said.length).toBeGreaterThan(1);
  expect(said.join(' ').replaceAll(/\s+/g, ' ')).toContain(`!! ${words}`);
  expect(said.at(-1)).toContain('working');
  expect(messageLines({ ...facts, message: { text: 'Saved.', tone: 'good' } })).toHaveLength(1);
});

test('the active tab is always in sight, and told without colour', () => {
  const tabs = Array.from({ length: 12 }, (_, index) => ({ id: `t${index}`, title: `Tab number ${index}` }));
  for (const tab of tabs)
    expect(plain(tabLine(tabs, tab.id, 60, createTheme('mono')))).toMatch(new RegExp(`\\[[^\\]]*${tab.title}\\]`));
  expect(tabLine([], '', 60, theme)).toBe(' '.repeat(60));
});

describe('charts', () => {
  const bars = [
    { label: 'Jan', value: 10, before: 5 },
    { label: 'Feb', value: 0, before: null },
    { label: 'Mar', value: 5 },
  ];

  test('bars are as long as their values, on one scale', () => {
    const lines = barChart(bars, 30, createTheme('mono', 'ascii')).map(plain);
    expect(lines).toHaveLength(4);
    const count = (index: number, sign: string) => lines[index]!.split(sign).length - 1;
    expect(count(0, '#')).toBe(count(1, '=') * 2);
    expect(count(2, '#')).toBe(0);
    for (const each of lines) expect(cellWidth(each)).toBeLessThanOrEqual(30);
  });

  test('columns stand on their labels', () => {
    const lines = columnChart(bars, 40, 6, createTheme('mono', 'ascii')).map(plain);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toMatch(/^Jan +Feb +Mar/);
    expect(lines[0]).toContain('#');
  });
});
