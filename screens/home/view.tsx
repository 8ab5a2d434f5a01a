import type { ReactNode } from 'react';
import { beside, panelLines } from '#ui/panel.tsx';
import type { Size, ViewProps } from '#ui/screen.ts';
import { line, Lines, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit, wrap } from '#ui/width.ts';
import type { HomeState } from './model.ts';

const MENU = 36;
const FEWEST = 8;

/** The menu, what was open lately, and how to get anywhere without either. */
export function HomeView({ state, size, theme }: ViewProps<undefined, HomeState>): ReactNode {
  const wide = size.columns >= 76;
  const width = wide ? MENU : size.columns;
  const most = wide ? Math.max(state.entries.length, state.recent.length, FEWEST) : state.entries.length;
  // The note about drafts stands above where a message of two lines reaches.
  const below = state.drafts > 0 ? 2 : 1;
  // Beside the menu there is room for what was open lately; below it, for the ways where the menu leaves any.
  const height = Math.max(3, Math.min(most + 2, size.rows - (wide ? below : 4)));
  const menu = panelLines({ title: 'Go to', width, height, theme }, menuRows(state, width - 4, height - 2, theme));
  const lines = wide
    ? beside(menu, recentPanel(state, { columns: size.columns - width, rows: height }, theme))
    : [...menu, ...recentPanel(state, { columns: size.columns, rows: Math.min(8, size.rows - menu.length) }, theme)];
  if (size.rows - lines.length >= 8) lines.push(...waysPanel(size.columns, theme));
  if (state.drafts > 0 && lines.length < size.rows) lines.push(line([draftsNote(state.drafts)], size.columns));
  return <Lines lines={lines.slice(0, size.rows)} />;
}

/** The part of a list of rows in which the cursor is; all from the first when it is elsewhere. */
function windowed<T>(rows: readonly T[], cursor: number, height: number): T[] {
  const top = Math.max(0, Math.min(cursor - height + 1, rows.length - height));
  return rows.slice(cursor < 0 ? 0 : top, (cursor < 0 ? 0 : top) + height);
}

const marked = (text: string, selected: boolean, theme: Theme): Segment => [
  `${selected ? theme.glyphs.cursor : ' '} ${text}`,
  selected ? theme.selected : theme.text,
];

function menuRows({ entries, cursor }: HomeState, width: number, height: number, theme: Theme): Segment[][] {
  const rows = entries.map(({ title, code }, index): Segment[] => [
    marked(fit(title, width - 8, 'left', theme.glyphs.ellipsis), index === cursor, theme),
    '  ',
    [`=${code}`, theme.key],
  ]);
  return windowed(rows, cursor < entries.length ? cursor : -1, height);
}

/** In their order, what a company needs before its first customer; the rest is added while it is needed. */
const STEPS: readonly (readonly [string, string])[] = [
  ['=OPT', 'name, address and rules'],
  ['=SET', 'services, cycles, deposits'],
  ['=GRP', 'what groups may do'],
  ['=USR', 'who works here'],
  ['=NEW', 'the first customer'],
];

function stepsPanel(size: Size, theme: Theme): string[] {
  const rows: Segment[][] = [
    ...STEPS.map(([code, words]): Segment[] => [[fit(code, 6), theme.key], words]),
    [],
    ...[
      'A code that a form lacks is added there, by +.',
      'Social security and account numbers are kept by a key file: meterdesk keys init makes it.',
      'What another program or utility has comes by meterdesk import and meterdesk setup import.',
    ].flatMap((text) => wrap(text, size.columns - 4).map((part): Segment[] => [[part, theme.dim]])),
  ];
  return size.rows < 3
    ? []
    : panelLines({ title: 'A company begins', width: size.columns, height: size.rows, theme }, rows);
}

function recentPanel(state: HomeState, size: Size, theme: Theme): string[] {
  const { entries, recent, cursor } = state;
  if (state.beginning) return stepsPanel(size, theme);
  const width = size.columns - 6;
  const labels = Math.min(34, Math.floor(width * 0.6));
  const rows = recent.map(({ label, detail }, index): Segment[] => [
    marked(fit(label, labels, 'left', theme.glyphs.ellipsis), entries.length + index === cursor, theme),
    [`  ${detail}`, theme.dim],
  ]);
  const shown = windowed(rows, cursor - entries.length, size.rows - 2);
  if (rows.length === 0) shown.push([['Accounts that you open are listed here.', theme.dim]]);
  const frame = { title: 'Open lately', width: size.columns, height: size.rows, theme };
  return size.rows < 3 ? [] : panelLines(frame, shown);
}

function waysPanel(width: number, theme: Theme): string[] {
  const way = (key: string, text: string): Segment[] => [[fit(key, 6), theme.key], text];
  return panelLines({ title: 'Ways', width, height: 8, theme }, [
    way('F2', 'find a customer, account, location or meter by anything people say;'),
    way('', 'a number needs no key: just type it here'),
    way('F2 >', 'any command by its name'),
    way('=', 'a screen by its code, from anywhere'),
    way('F1', 'what every key does where you are'),
    way('-', 'the screen before, and back again'),
  ]);
}

const draftsNote = (drafts: number): Segment =>
  drafts === 1
    ? ' One form was left with something typed: d goes on with it.'
    : ` ${drafts} forms were left with something typed: d lists them.`;
