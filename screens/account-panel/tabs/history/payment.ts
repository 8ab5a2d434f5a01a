import { formatCents } from '#domain/money.ts';
import { KIND_LABELS } from '#services/history/kinds.ts';
import type { PaidDebt, PaymentAccount, PaymentDetails } from '#services/history/payment.ts';
import { fit } from '#ui/width.ts';
import { type DetailsLine, fact, heading } from './details.ts';

const CHANNELS: Readonly<Record<NonNullable<PaymentDetails['channel']>, string>> = {
  counter: 'at the counter',
  mail: 'by mail',
  lockbox: 'by lockbox',
  import: 'from a file',
  draft: 'by bank draft',
  web: 'on the web',
  phone: 'by telephone',
};

const money = (cents: number): string => fit(formatCents(cents), 12, 'right');

/** A payment as a whole: how it came, what was owed before and after, and what each account got. */
export function paymentSection(payment: PaymentDetails, width: number): DetailsLine[] {
  const { receipt, channel, paidOn, postedOn, batchNumber, tenders, accounts, hiddenCents } = payment;
  return [
    ...heading(`Payment${receipt === null ? '' : ` ${receipt}`}`),
    ...(channel === null ? [] : fact('Paid', `${paidOn} ${CHANNELS[channel]}`)),
    ...fact('Posted', postedOn ?? 'not yet'),
    ...fact('Batch', batchNumber),
    ...tenders.flatMap(({ methodName, method, reference, amountCents }) =>
      fact(
        'Tender',
        `${money(amountCents)}  ${methodName ?? method ?? ''}${reference === null ? '' : `, no. ${reference}`}`,
      ),
    ),
    ...fact('Previous', money(payment.previousCents)),
    ...fact('Payment', money(-payment.totalCents || 0)),
    ...fact('Balance due', money(payment.balanceCents)),
    ...(hiddenCents === 0 ? [] : fact('Elsewhere', `${money(hiddenCents)}  on accounts that you may not see`)),
    ...accounts.flatMap((account) => accountLines(account, width)),
  ];
}

function accountLines(account: PaymentAccount, width: number): DetailsLine[] {
  const { accountNumber, customerName, previousCents, paidCents, balanceCents, paid, openCents } = account;
  const sums = `${money(previousCents)} ${money(-paidCents || 0)} ${money(balanceCents)}`;
  const words = Math.max(10, width - sums.length - 1);
  return [
    { parts: [''] },
    {
      parts: [
        [`${fit('Account', words)} ${['Owed', 'Paid', 'Left'].map((t) => fit(t, 12, 'right')).join(' ')}`, 'dim'],
      ],
    },
    { parts: [fit(`${accountNumber}  ${customerName}`, words), ' ', sums] },
    ...paid.map(paidLine),
    ...(openCents === 0 ? [] : [{ parts: [`${money(openCents)}  not used yet`] } satisfies DetailsLine]),
  ];
}

const paidLine = ({
  transactionId,
  accountId,
  kind,
  number,
  effectiveOn,
  serviceCode,
  cents,
}: PaidDebt): DetailsLine => ({
  target: { id: transactionId, accountId },
  parts: [
    `${money(cents)}  `,
    [fit(serviceCode ?? '', 6), 'info'],
    ` ${KIND_LABELS[kind]}${number === null ? '' : ` ${number}`} of ${effectiveOn}`,
  ],
});
