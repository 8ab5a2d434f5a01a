import type { PaidPart } from '../deferred/facts.ts';
import type { Posting } from './postings.ts';

/** What payments brought to accounts, each by its last transaction there: until then more of it comes. */
export function paidParts(postings: readonly Posting[]): Map<number, PaidPart> {
  const payments = postings.filter(({ kind, amountCents }) => kind === 'payment' && amountCents < 0);
  const groups = Map.groupBy(payments, ({ id, paymentId, accountId }) =>
    paymentId === null ? `${id}` : `${paymentId} ${accountId}`,
  );
  return new Map(
    [...groups.values()].map((parts) => {
      const { id, accountId, customerId, effectiveOn, number } = parts.at(-1)!;
      const credits = parts
        .flatMap(({ lines }) => lines)
        .filter(({ effect }) => effect < 0)
        .map((line) => ({ creditId: line.id, serviceTypeId: line.serviceTypeId }));
      return [id, { accountId, customerId, effectiveOn, triggerId: id, number, credits }];
    }),
  );
}
