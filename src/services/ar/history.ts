import { z } from 'zod';
import { type Ageing, ageingOf } from '#domain/ageing.ts';
import { addMonths, type CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { figuresOf } from '../history/explain-figures.ts';
import { readReplay } from '../history/replay.ts';
import { checkWhom, civilDay, questionSubject, scopeOf, whom } from '../history/scope.ts';
import { serviceNames } from '../history/service-names.ts';
import { query } from '../operation.ts';
import { ofWhom } from './of-whom.ts';
import { type ArRow, rowsOf } from './rows.ts';

/** The financial events of a range of days. */
export interface ArHistory {
  /** Whose: number and name. */
  readonly of: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** Owed before the first day, and at the end of the last. */
  readonly openingCents: Cents;
  readonly closingCents: Cents;
  /** Entered for days of the range and not posted; in neither balance. */
  readonly unpostedCents: Cents;
  /** The oldest first. */
  readonly rows: readonly ArRow[];
  /** Of what was open at the end of the last day. */
  readonly ageing: Ageing;
  readonly openCreditCents: Cents;
  readonly serviceCreditCents: Cents;
}

/** Months shown to who names no first day. */
const MONTHS = 12;

export const arHistory = query({
  name: 'ar.history',
  summary: 'Financial events of a range of days, with opening and closing balance, and ageing at the end',
  permission: 'history.read',
  input: z
    .object({
      ...whom,
      /** Without one, a year before the last day. */
      from: civilDay.optional(),
      /** Without one, today. */
      to: civilDay.optional(),
      /** With the lines of each event, and what it paid or what paid it. */
      detail: z.boolean().default(false),
    })
    .superRefine(checkWhom)
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
      path: ['from'],
      message: 'The first day is after the last.',
    }),
  subject: questionSubject,
  run: async (ctx, { detail, ...question }): Promise<ArHistory> => {
    const to = question.to ?? (question.from !== undefined && question.from > ctx.today ? question.from : ctx.today);
    const from = question.from ?? addMonths(to, -MONTHS);
    const scope = await scopeOf(ctx, question);
    const replay = await readReplay(ctx, scope, to);
    const { openingCents, balanceCents, ageing, credits, unposted } = figuresOf(replay, to, from);
    const tied = ageingOf(
      credits.filter(({ serviceTypeId }) => serviceTypeId !== null).map((item) => ({ ...item, effect: -1 })),
      to,
    ).credit;
    return {
      of: await ofWhom(ctx, question),
      from,
      to,
      openingCents,
      closingCents: balanceCents,
      unpostedCents: unposted
        .filter(({ effectiveOn }) => effectiveOn >= from)
        .reduce((total, { amountCents }) => total + amountCents, 0),
      rows: rowsOf(replay, { from, openingCents, names: detail ? await serviceNames(ctx) : null }),
      ageing,
      openCreditCents: ageing.credit - tied,
      serviceCreditCents: tied,
    };
  },
});
