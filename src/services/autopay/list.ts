import { z } from 'zod';
import { autopayRefusal, type AutopayMethod, type AutopayTerms, type BankAccountType } from '#domain/autopay.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { masked } from '#domain/sensitive.ts';
import { refusedMethods } from '../accounts/refused-methods.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { query, type QueryContext } from '../operation.ts';
import { which } from './input.ts';

/** An automatic payment as it is shown: never the account number, never the token. */
export interface AutopayDetails extends AutopayTerms {
  readonly id: number;
  readonly method: AutopayMethod;
  /** The bank of a draft, the brand of a card. */
  readonly bankOrBrand: string;
  /** Dots, with the last four for those who may see them. */
  readonly masked: string;
  readonly accountType: BankAccountType | null;
  readonly routingNumber: string | null;
  readonly expiresIn: string | null;
  readonly notifyInAdvance: boolean;
  readonly automatic: boolean;
  readonly authorisedOn: CivilDate | null;
  readonly suspendedOn: CivilDate | null;
  readonly suspendedReason: string | null;
  readonly startedOn: CivilDate;
  /** An ended card is told of while its token is kept. */
  readonly endedOn: CivilDate | null;
  /** The account number or the token is there, sealed. */
  readonly complete: boolean;
  /** Why the customer's record refuses it, in words; null when it does not. */
  readonly refusal: string | null;
  readonly version: number;
}

export const SEALED_KINDS = { draft: 'bank-account', card: 'card-token' } as const satisfies Record<
  AutopayMethod,
  string
>;

const rowsOf = ({ db }: QueryContext, customerId: number) =>
  db
    .selectFrom('autopay_instruction as x')
    .innerJoin('customer as c', 'c.id', 'x.customer_id')
    .leftJoin('secret_value as s', (on) =>
      on.on('s.entity', '=', 'AutopayInstruction').onRef('s.entity_id', '=', 'x.id'),
    )
    .select(['x.id', 'x.method', 'x.bank_or_brand as bankOrBrand', 'x.last4', 'x.account_type as accountType'])
    .select(['x.routing_number as routingNumber', 'x.expires_in as expiresIn', 'x.option'])
    .select(['x.notify_in_advance as notifyInAdvance', 'x.amount_cents as amountCents', 'x.draw_on as drawOn'])
    .select(['x.draw_days as drawDays', 'x.automatic', 'x.authorised_on as authorisedOn', 'x.version'])
    .select(['x.suspended_on as suspendedOn', 'x.suspended_reason as suspendedReason'])
    .select(['x.started_on as startedOn', 'x.ended_on as endedOn', 's.kind as sealedKind'])
    .select(['c.no_payments as noPayments', 'c.no_checks as noChecks', 'c.disallowed_methods as disallowed'])
    .where('x.customer_id', '=', customerId);

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];

function detailsOf({ actor }: QueryContext, row: Row): AutopayDetails {
  const { last4, sealedKind, noPayments, noChecks, disallowed, notifyInAdvance, automatic, ...rest } = row;
  const rules = {
    noPayments: noPayments === 1,
    noChecks: noChecks === 1,
    disallowed: refusedMethods(disallowed),
  };
  return {
    ...rest,
    masked: masked('bank-account', may(actor, 'sensitive.last4') ? last4 : null),
    notifyInAdvance: notifyInAdvance === 1,
    automatic: automatic === 1,
    complete: sealedKind === SEALED_KINDS[row.method],
    refusal: autopayRefusal(row.method, rules),
  };
}

export const listAutopay = query({
  name: 'autopay.list',
  summary: "A customer's automatic payments, the automatic one first; ended cards while their token is kept",
  permission: 'customers.read',
  input: z.object({ customerId: which.customerId }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { customerId }): Promise<AutopayDetails[]> => {
    const rows = await rowsOf(ctx, customerId)
      .where((eb) =>
        eb.or([
          eb('x.ended_on', 'is', null),
          eb('x.ended_on', '>', ctx.today),
          eb.and([eb('x.method', '=', 'card'), eb('s.id', 'is not', null)]),
        ]),
      )
      .orderBy('x.automatic', 'desc')
      .orderBy('x.id', 'desc')
      .execute();
    const details = rows.map((row) => detailsOf(ctx, row));
    const isEnded = ({ endedOn }: AutopayDetails): boolean => endedOn !== null && endedOn <= ctx.today;
    return [...details.filter((one) => !isEnded(one)), ...details.filter(isEnded)];
  },
});

/** One automatic payment as it is now, and who made it so. */
export type PresentAutopay = AutopayDetails & LastChange;

export const readAutopay = query({
  name: 'autopay.read',
  summary: 'One automatic payment of a customer, and who changed it last',
  permission: 'customers.read',
  input: z.object({ customerId: which.customerId, autopayId: which.autopayId }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { customerId, autopayId }): Promise<PresentAutopay> => {
    const row = await rowsOf(ctx, customerId).where('x.id', '=', autopayId).executeTakeFirst();
    if (!row) throw new Failure('not_found', 'This customer has no such automatic payment.');
    return { ...detailsOf(ctx, row), ...(await lastChange(ctx.db, 'AutopayInstruction', autopayId)) };
  },
});
