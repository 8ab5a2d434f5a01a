import { monthWeeks } from '#domain/calendar.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Place } from '../field/field.tsx';
import type { Segment } from '../text.tsx';
import type { Theme } from '../theme/tokens.ts';
import { cellWidth } from '../width.ts';
import type { CalendarState } from './model.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Cells of a day: `[26]*`. */
const DAY = 5;
const MOST_WEEKS = 6;
/** Rows before the first week: the month, the weekdays. */
const HEAD = 2;
/** Rows below the weeks: a rule, the day in words, what is typed, the keys, the signs. */
const FOOT = 5;

/** Cells and rows that the picture takes. */
export const CALENDAR_SIZE = { width: WEEKDAYS.length * DAY, height: HEAD + MOST_WEEKS + FOOT } as const;

/** The month of a date in words: `November 2026`. */
export const monthName = (date: CivilDate): string => `${MONTHS[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;

/** What a day is besides a day; told by signs and words, never by colour alone. */
function meaning(date: CivilDate, { today, picked }: CalendarState): string {
  return [date === today && 'today', date === picked && 'in the field'].filter(Boolean).join(', ');
}

/** `[26]` is under the cursor, `(26)` in the field, `26*` the business date. */
function daySegments(date: CivilDate | null, state: CalendarState, theme: Theme): Segment[] {
  if (date === null) return [' '.repeat(DAY)];
  const [open, close] = date === state.at ? '[]' : date === state.picked ? '()' : '  ';
  const look = date === state.at ? theme.selected : date === state.picked ? theme.marked : theme.text;
  const day = String(Number(date.slice(8))).padStart(2);
  return [[`${open}${day}${close}`, look], date === state.today ? ['*', theme.key] : ' '];
}

function inWords(state: CalendarState): string {
  const place = monthWeeks(state.at).find((week) => week.includes(state.at))!;
  const said = meaning(state.at, state);
  return `${WEEKDAYS[place.indexOf(state.at)]}, ${state.at}${said === '' ? '' : `: ${said}`}`;
}

function typedLine({ typed, said }: CalendarState, theme: Theme): Segment[] {
  if (said !== '') return [[said, theme.error]];
  if (typed === '') return [['Type a year or a date to go there', theme.dim]];
  return [
    [`${theme.glyphs.crumb} `, theme.key],
    [typed, theme.fieldActive],
  ];
}

/** The month of the day under the cursor as rows of cells, and where the terminal's cursor stands among them. */
export function calendarRows(
  state: CalendarState,
  theme: Theme,
): { readonly rows: readonly (readonly Segment[])[]; readonly cursor: Place } {
  const weeks = monthWeeks(state.at);
  const name = monthName(state.at);
  const week = weeks.findIndex((days) => days.includes(state.at));
  const { width } = CALENDAR_SIZE;
  const rows: Segment[][] = [
    [' '.repeat((width - cellWidth(name)) >> 1), [name, theme.title]],
    [[WEEKDAYS.map((weekday) => ` ${weekday.slice(0, 2)}  `).join(''), theme.dim]],
    ...Array.from({ length: MOST_WEEKS }, (_, at) =>
      (weeks[at] ?? []).flatMap((date) => daySegments(date, state, theme)),
    ),
    [[theme.glyphs.horizontal.repeat(width), theme.border]],
    [inWords(state)],
    typedLine(state, theme),
    [['PgUp PgDn month, < > year, t today', theme.dim]],
    [[state.picked === null ? '* today' : '* today, ( ) in the field', theme.dim]],
  ];
  const cursor =
    state.typed === ''
      ? { x: weeks[week]!.indexOf(state.at) * DAY + 1, y: HEAD + week }
      : { x: 2 + state.typed.length, y: HEAD + MOST_WEEKS + 2 };
  return { rows, cursor };
}
