import { type Jump, jumpFor, withinReach } from '#domain/calendar.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { InputEvent } from '#keymap/keys.ts';

/** A day that is asked for. */
export interface DayQuestion {
  readonly title: string;
  /** The business date. */
  readonly today: CivilDate;
  /** What the field holds; null for none, or none that may be shown. */
  readonly picked: CivilDate | null;
}

/** An open calendar; plain data. */
export interface CalendarState extends DayQuestion {
  /** The day under the cursor. */
  readonly at: CivilDate;
  /** Where the cursor stood when typing began: a year that is typed keeps that day. */
  readonly from: CivilDate;
  /** A year, month or date being typed to go there. */
  readonly typed: string;
  /** Why what was typed leads nowhere. */
  readonly said: string;
}

/** A calendar at the day that the field holds, else at the business date. */
export function newCalendar(asked: DayQuestion): CalendarState {
  const at = withinReach(asked.picked ?? asked.today);
  return { ...asked, at, from: at, typed: '', said: '' };
}

/** The cursor on another day; what was being typed is done with. */
export const movedTo = (state: CalendarState, at: CivilDate): CalendarState => ({
  ...state,
  at,
  from: at,
  typed: '',
  said: '',
});

const LONGEST = 10;
/** What a date begins with; further on also the letters of +2w and the like. */
const FIRST = /^[\d+.-]$/;
const FURTHER = /^[\d/+.dwmy-]$/;

/** Where the typed text leads; null when nowhere, or nothing is typed. */
export const jumpOf = ({ typed, from, today }: CalendarState): Jump | null =>
  typed === '' ? null : jumpFor(typed, from, today);

/** With a text typed so far: the cursor is where it leads, or where it was. */
function typing(state: CalendarState, typed: string): CalendarState {
  const now = { ...state, typed: typed.slice(0, LONGEST), said: '' };
  return { ...now, at: jumpOf(now)?.date ?? state.from };
}

/** The calendar after an input that is typed; null when it is none. */
export function calendarInput(state: CalendarState, event: InputEvent): CalendarState | null {
  if (event.type === 'paste')
    return typing(state, [...event.text.trim()].filter((each) => FURTHER.test(each)).join(''));
  if (event.key === 'backspace') return typing(state, state.typed.slice(0, -1));
  if (event.key === 'ctrl+u') return typing(state, '');
  return (state.typed === '' ? FIRST : FURTHER).test(event.key) ? typing(state, state.typed + event.key) : null;
}

/**
 * What Enter takes: the day under the cursor. A year or a month alone is gone to first, and what
 * leads nowhere is said; then there is no day yet, but a calendar to go on with.
 */
export function taken(state: CalendarState): { readonly day: CivilDate } | { readonly next: CalendarState } {
  if (state.typed === '') return { day: state.at };
  const jump = jumpOf(state);
  if (jump === null) return { next: { ...state, said: 'Not a year or a date: like 4/7/1961' } };
  return jump.named ? { day: jump.date } : { next: movedTo(state, jump.date) };
}
