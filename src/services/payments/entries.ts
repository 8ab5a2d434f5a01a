import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { GL } from '../ledger/gl.ts';
import type { NewLine, NewTransaction } from '../ledger/rows.ts';
import type { PaymentFacts } from './input.ts';
import type { PaymentPlan } from './plan.ts';
import { takeTargets, type Target } from './targets.ts';

/** A part of a payment to be entered, with what it is planned to pay. */
export interface PartEntry {
  readonly entry: NewTransaction;
  readonly planned: readonly { readonly debitLineId: number; readonly cents: Cents }[];
}

interface Header {
  readonly paymentId: number;
  readonly receipt: string;
  readonly paidOn: CivilDate;
  readonly batchId: number | null;
  /** By the place of the tender. */
  readonly tenderIds: readonly number[];
  /** Receivable codes by service. */
  readonly codes: ReadonlyMap<number, { readonly receivableGl: string }>;
}

/** One transaction for each account and tender; what is meant for a service is a line of its own. */
export function partEntries(facts: PaymentFacts, plan: PaymentPlan, header: Header): PartEntry[] {
  const left = new Map([...plan.targets].map(([account, targets]) => [account, [...targets]]));
  return plan.parts.map(({ accountId, tender, cents }) => {
    const { taken, restCents } = takeTargets(left.get(accountId)!, cents);
    const { method, reference } = facts.tenders[tender]!;
    return {
      entry: {
        account: plan.accounts.get(accountId)!,
        kind: 'payment',
        effectiveOn: header.paidOn,
        number: header.receipt,
        method,
        reference,
        memo: facts.memo,
        paymentId: header.paymentId,
        tenderId: header.tenderIds[tender]!,
        batchId: header.batchId,
        lines: linesOf(taken, restCents, header.codes),
      },
      planned: taken.flatMap(({ debitLineId, cents: part }) =>
        debitLineId === null ? [] : [{ debitLineId, cents: part }],
      ),
    };
  });
}

function linesOf(taken: readonly Target[], restCents: Cents, codes: Header['codes']): NewLine[] {
  const free = taken.reduce((sum, { debitLineId, cents }) => sum + (debitLineId === null ? 0 : cents), restCents);
  const services = taken.filter(({ serviceTypeId }) => serviceTypeId !== null);
  const line = (serviceTypeId: number | null, cents: Cents): NewLine => ({
    serviceTypeId,
    debitGl: GL.cash,
    creditGl: (serviceTypeId === null ? undefined : codes.get(serviceTypeId)?.receivableGl) ?? GL.receivable,
    amountCents: cents,
    effect: -1,
  });
  return [
    ...services.map(({ serviceTypeId, cents }) => line(serviceTypeId, cents)),
    ...(free > 0 ? [line(null, free)] : []),
  ];
}
