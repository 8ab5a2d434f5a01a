import { monthEnd, monthStart, stepDays, stepMonths } from '#domain/calendar.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Command } from '#keymap/command.ts';
import {
  calendarInput,
  type CalendarState,
  type DayQuestion,
  movedTo,
  newCalendar,
  taken,
} from '#ui/calendar/model.ts';
import { CALENDAR_SIZE, calendarRows } from '#ui/calendar/view.ts';
import { RealCursor } from '#ui/field/field.tsx';
import { Card } from '#ui/panel.tsx';
import { cellWidth } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition } from '../shell/overlay.ts';

interface Answer {
  readonly day: CivilDate;
}

type Ctx = OverlayContext<CalendarState, Answer>;

const WEEK = 7;
const YEAR = 12;

function take(ctx: Ctx): void {
  const answer = taken(ctx.get());
  if ('day' in answer) ctx.close(answer);
  else ctx.set(answer.next);
}

/** Moving over the days; what is only typed by letter has an arrow or a named key besides. */
function moving(): Command<Ctx>[] {
  const command = (
    verb: string,
    title: string,
    keys: readonly string[],
    to: (state: CalendarState) => CivilDate,
    more: Partial<Command<Ctx>> = {},
  ): Command<Ctx> => ({
    id: `calendar.${verb}`,
    title,
    group: 'list',
    keys,
    run: (ctx) => ctx.set(movedTo(ctx.get(), to(ctx.get()))),
    ...more,
  });
  const days = (by: number) => (state: CalendarState) => stepDays(state.at, by);
  const months = (by: number) => (state: CalendarState) => stepMonths(state.at, by);
  return [
    command('today', 'Today', ['t'], ({ today }) => today, { hint: 'Today', footer: 5 }),
    command('next-day', 'Next day', ['right', 'l'], days(1)),
    command('previous-day', 'Day before', ['left', 'h'], days(-1)),
    command('next-week', 'Next week', ['down', 'j'], days(WEEK)),
    command('previous-week', 'Week before', ['up', 'k'], days(-WEEK)),
    command('next-month', 'Next month', ['pagedown', 'f8'], months(1), { hint: 'Month', footer: 4 }),
    command('previous-month', 'Month before', ['pageup', 'f7'], months(-1)),
    // Terminals keep Shift with PgUp and PgDn for their own scrolling.
    command('next-year', 'Next year', ['>', 'shift+pagedown'], months(YEAR), { hint: 'Year', footer: 3 }),
    command('previous-year', 'Year before', ['<', 'shift+pageup'], months(-YEAR)),
    command('month-start', 'First day of the month', ['home'], ({ at }) => monthStart(at)),
    command('month-end', 'Last day of the month', ['end'], ({ at }) => monthEnd(at)),
  ];
}

/** A day of a month: arrows and pages move, typing goes there, Enter takes it; left, nothing is changed. */
export function calendarOverlay(asked: DayQuestion): OverlayDefinition<CalendarState, Answer> {
  const { width, height } = CALENDAR_SIZE;
  return {
    kind: 'calendar',
    state: newCalendar(asked),
    box: (state, size) => centered(size, Math.max(width, cellWidth(state.title) + 4) + 4, height + 2),
    onInput: (ctx, event) => {
      const next = calendarInput(ctx.get(), event);
      if (next !== null) ctx.set(next);
      return next !== null;
    },
    commands: [
      {
        id: 'calendar.take',
        title: 'Take the day',
        group: 'app',
        keys: ['enter', 'tab'],
        hint: 'Take',
        footer: 7,
        run: take,
      },
      {
        id: 'calendar.leave',
        title: 'Leave',
        group: 'app',
        keys: ['escape', 'f12', 'f3'],
        hint: 'Leave',
        footer: 6,
        run: (ctx) => ctx.close(null),
      },
      ...moving(),
    ],
    View: ({ state, box, theme }) => {
      const { rows, cursor } = calendarRows(state, theme);
      return (
        <>
          <Card {...box} title={state.title} theme={theme} content={rows} />
          <RealCursor x={box.x + 2 + cursor.x} y={box.y + 1 + cursor.y} />
        </>
      );
    },
  };
}
