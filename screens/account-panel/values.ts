import { formatCents } from '#domain/money.ts';
import { mapLink } from '#domain/map-link.ts';
import type { Panel } from '#services/accounts/panel.ts';
import type { Choice } from '#ui/choice.ts';
import { clean } from '#terminal/sanitize.ts';
import { cityLine, miscFacts, streetLine } from './dashboard/facts.ts';

/** Everything on the dashboard that can be copied, by the name under which it is shown. */
export function copyChoices({ customer, account, status, location }: Panel): Choice<string>[] {
  const values: [label: string, value: string | null | undefined][] = [
    ['Account number', account?.number],
    ['Customer number', customer?.number],
    ['Name', customer?.name],
    [
      'Address',
      customer?.address &&
        [customer.name, streetLine(customer.address), cityLine(customer.address)].filter(Boolean).join('\n'),
    ],
    ['Phone', customer?.phone],
    ['E-mail', customer?.email],
    ['Balance', status && formatCents(status.balanceCents)],
    ['Past due', status && formatCents(status.pastDueCents)],
    ['Last billed', status?.lastBilled && `${status.lastBilled.on} ${formatCents(status.lastBilled.cents)}`],
    ['Due date', status?.lastBilled?.dueOn],
    ['Last payment', status?.lastPayment && `${status.lastPayment.on} ${formatCents(status.lastPayment.cents)}`],
    ['Location number', location?.number],
    ['Location', location && `${location.line1}, ${cityLine(location)}`],
    ...(location ? miscFacts(location).map(({ label, value }): [string, string] => [label, value]) : []),
    ['Map link', location && mapLink(location)],
  ];
  return values
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .map(([label, value]) => {
      const text = clean(value, { multiline: true });
      return { value: text, label, detail: text.replaceAll('\n', ', ') };
    });
}
