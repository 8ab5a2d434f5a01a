import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import { query } from '../operation.ts';
import { type Figures, figuresOf, type ServicePart, usesOf } from './explain-figures.ts';
import { answerOf } from './explain-answer.ts';
import { type ExplainedSection, sectionsOf } from './explain-words.ts';
import { lastBills, type LastBill } from './last-bill.ts';
import { readReplay } from './replay.ts';
import { checkWhom, civilDay, questionSubject, scopeOf, whom } from './scope.ts';
import { inPayoffOrder, type Named, serviceNames } from './service-names.ts';

/** How a balance comes about. */
export interface Explanation extends Omit<Figures, 'services'> {
  /** The day of the balance and of the ages. */
  readonly asOf: CivilDate;
  /** The day from which it is told; null: from the first entry. */
  readonly from: CivilDate | null;
  readonly services: readonly Named<ServicePart>[];
  readonly bills: readonly LastBill[];
  /** In one sentence. */
  readonly answer: string;
  /** In words and figures; each section adds up to what it says. */
  readonly sections: readonly ExplainedSection[];
}

const explainInput = z
  .object({
    ...whom,
    /** The ledger at the end of this day; without one, everything that is entered, aged as of today. */
    asOf: civilDay.optional(),
    /** What was before this day is told as the opening balance. */
    from: civilDay.optional(),
  })
  .superRefine(checkWhom)
  .refine(({ asOf, from }) => asOf === undefined || from === undefined || from <= asOf, {
    path: ['from'],
    message: 'The first day is after the last.',
  });

export const explainBalance = query({
  name: 'history.explain',
  summary: 'How the balance of an account, a customer or a location comes about, to the cent',
  permission: 'history.read',
  input: explainInput,
  subject: questionSubject,
  run: async (ctx, question): Promise<Explanation> => {
    const scope = await scopeOf(ctx, question);
    const replay = await readReplay(ctx, scope, question.asOf);
    const asOf = question.asOf ?? ctx.today;
    const from = question.from ?? null;
    const names = await serviceNames(ctx);
    const figures = figuresOf(replay, asOf, from);
    const services = inPayoffOrder(figures.services, names);
    const posted = replay.transactions.filter(({ status }) => status === 'posted');
    const bills = await lastBills(ctx, posted, question.asOf);
    const several = new Set(replay.transactions.map(({ accountId }) => accountId)).size > 1;
    const told = { ...figures, services, asOf, from, bills, uses: usesOf(replay.allocations), names, several };
    return { ...figures, services, asOf, from, bills, answer: answerOf(told), sections: sectionsOf(told) };
  },
});
