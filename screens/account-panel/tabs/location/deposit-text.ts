import { formatCents } from '#domain/money.ts';
import type { DepositDetails } from '#services/deposits/list.ts';
import { fit } from '#ui/width.ts';

/** A rate in millionths as people say it: 20,000 is `2 %`. */
const percent = (millionths: number): string => `${millionths / 10_000} %`;

function interestText({ terms, accruedCents, interestCents, interestThroughOn }: DepositDetails): string {
  if (terms.interest === 'none') return 'none';
  const rate = terms.rates.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  const through = interestThroughOn === null ? '' : ` since ${interestThroughOn}`;
  return [
    `${terms.interest}${rate === undefined ? '' : ` ${percent(rate.millionths)} a year`}`,
    `${formatCents(accruedCents)} earned${through}`,
    `${formatCents(interestCents)} credited`,
  ].join(', ');
}

/** What a deposit is, holds and went through, as lines to read. */
export function depositText(deposit: DepositDetails): string[] {
  const { chargedCents, collectedCents, heldCents, bookedOn } = deposit;
  const open = chargedCents - collectedCents;
  const said = (label: string, value: string | null): string[] =>
    value === null || value === '' ? [] : [`${label.padEnd(11)}${value}`];
  return [
    ...said('Kind', `${deposit.code}, ${deposit.codeName}`),
    ...said('Held for', `the ${deposit.holder}${bookedOn === null ? '' : `, booked on account ${bookedOn.number}`}`),
    ...said('Status', `${deposit.status}${deposit.releasedOn === null ? '' : ` on ${deposit.releasedOn}`}`),
    ...said(
      'Charged',
      `${formatCents(chargedCents)} on ${deposit.chargedOn}${deposit.instalments > 1 ? ` in ${deposit.instalments} instalments` : ''}`,
    ),
    ...said('Collected', `${formatCents(collectedCents)}${open > 0 ? `, ${formatCents(open)} still to be paid` : ''}`),
    ...said('Held', formatCents(heldCents)),
    ...said('Interest', interestText(deposit)),
    ...said('From', deposit.from),
    ...said('To', deposit.to),
    ...said('Remarks', deposit.remarks),
    '',
    ...(deposit.events.length === 0 ? ['The ledger tells nothing of it: it was taken over.'] : []),
    ...deposit.events.map(
      ({ on, what, cents, by }) => `${on}  ${fit(what, 40)}${fit(formatCents(cents), 12, 'right')}  ${by}`,
    ),
  ];
}
