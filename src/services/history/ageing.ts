import { z } from 'zod';
import { type Ageing, ageingOf, type OpenAmount } from '#domain/ageing.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { query, type QueryContext } from '../operation.ts';
import { figuresOf } from './explain-figures.ts';
import { readReplay } from './replay.ts';
import { checkWhom, civilDay, questionSubject, type Scope, scopeOf, whom } from './scope.ts';
import { inPayoffOrder, type Named, serviceNames } from './service-names.ts';

/** Open debts by days past due, as of a day. */
export interface AgeingAnswer {
  readonly asOf: CivilDate;
  readonly total: Ageing;
  /** In payoff order, what is of no service last. */
  readonly services: readonly Named<{ readonly serviceTypeId: number | null; readonly ageing: Ageing }>[];
  /** Open credit for any service, and that of one service each. */
  readonly openCreditCents: Cents;
  readonly serviceCreditCents: Cents;
}

interface OpenOfService extends OpenAmount {
  readonly serviceTypeId: number | null;
}

export const historyAgeing = query({
  name: 'history.ageing',
  summary: 'Open debts of an account, a customer or a location by days past due, by service too',
  permission: 'history.read',
  input: z
    .object({
      ...whom,
      /** As the ledger stood at the end of this day; without one, as it stands, aged as of today. */
      asOf: civilDay.optional(),
    })
    .superRefine(checkWhom),
  subject: questionSubject,
  run: async (ctx, question): Promise<AgeingAnswer> => {
    const scope = await scopeOf(ctx, question);
    const asOf = question.asOf ?? ctx.today;
    const open = question.asOf === undefined ? await openNow(ctx, scope) : await openOn(ctx, scope, asOf);
    const byService = [...Map.groupBy(open, ({ serviceTypeId }) => serviceTypeId)].map(([serviceTypeId, items]) => ({
      serviceTypeId,
      ageing: ageingOf(items, asOf),
    }));
    const total = ageingOf(open, asOf);
    const openCreditCents = byService.find(({ serviceTypeId }) => serviceTypeId === null)?.ageing.credit ?? 0;
    const services = inPayoffOrder(byService, await serviceNames(ctx));
    return { asOf, total, services, openCreditCents, serviceCreditCents: total.credit - openCreditCents };
  },
});

/** The stored open amounts: a long history costs no more than what is open of it. */
function openNow({ db }: QueryContext, scope: Scope): Promise<OpenOfService[]> {
  return db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select(['l.effect', 'l.due_on as dueOn', 'l.open_cents as openCents', 'l.service_type_id as serviceTypeId'])
    .where('t.status', '=', 'posted')
    .where('l.open_cents', '<>', (eb) => eb.lit(0))
    .where((eb) => {
      if ('customerId' in scope) return eb('l.customer_id', '=', scope.customerId);
      const ids = [-1, ...scope.accountIds];
      // The index of open lines begins with the customer.
      const customers = eb.selectFrom('account as a').select('a.customer_id').where('a.id', 'in', ids);
      return eb.and([eb('l.customer_id', 'in', customers), eb('l.account_id', 'in', ids)]);
    })
    .execute();
}

async function openOn(ctx: QueryContext, scope: Scope, day: CivilDate): Promise<OpenOfService[]> {
  const { debts, credits } = figuresOf(await readReplay(ctx, scope, day), day, null);
  return [
    ...debts.map(({ serviceTypeId, dueOn, openCents }) => ({ serviceTypeId, dueOn, openCents, effect: 1 })),
    ...credits.map(({ serviceTypeId, dueOn, openCents }) => ({ serviceTypeId, dueOn, openCents, effect: -1 })),
  ];
}
