import { formatCents } from '#domain/money.ts';
import type { CustomerDetails } from '#services/customers/customer-details.ts';
import { blank, fact, heading, paragraph, yesNo } from '../../../document/lines.ts';
import type { DocLine } from '../../../document/model.ts';
import { PARTS } from '../../../parts.ts';
import { clean } from '#terminal/sanitize.ts';

const AUTOPAY = { draft: 'Draft', card: 'Credit card' } as const;

/** The newest note in a line at the top: on a small screen the notes themselves begin below its edge. */
function noticed([newest, ...others]: CustomerDetails['notes']): DocLine[] {
  if (!newest) return [];
  const word = others.length === 0 ? 'Note: ' : `${others.length + 1} notes: `;
  return [
    {
      id: `noticed.${newest.id}`,
      pieces: [[word + clean(newest.body), 'warning']],
      action: { kind: 'tab', tab: 'notes', record: newest.id },
      copy: { label: 'the note', value: newest.body },
    },
  ];
}

/** The message center: eight computed lines, then balances and flagged notes. */
export function messageLines(details: CustomerDetails, width: number): DocLine[] {
  const { messages: m, notes } = details;
  const labelWidth = 20;
  const history = { kind: 'tab', tab: 'history' } as const;
  const say = (id: string, label: string, value: string, alarming: boolean, action?: DocLine['action']) =>
    fact(`message.${id}`, label, value, { labelWidth, tone: alarming ? 'warning' : undefined, action });
  const deposits = { kind: 'tab', tab: 'location' } as const;
  const orders = { kind: 'tab', tab: 'location', record: PARTS.orders } as const;
  return [
    heading('Message center'),
    ...noticed(notes),
    say('orders', 'Open service orders', String(m.openOrders), m.openOrders > 0, m.openOrders > 0 ? orders : undefined),
    say('autopay', 'Automatic payment', m.autopay ? AUTOPAY[m.autopay] : 'None', false),
    say('email', 'Email bill', yesNo(m.emailBill), false),
    say('budget', 'Budget bill', yesNo(m.budgetBill), false),
    say('checks', 'Accept checks', yesNo(m.acceptChecks), !m.acceptChecks),
    say('nsf', 'NSF (12 months)', String(m.nsf), m.nsf > 0, history),
    say('late', 'Late charges (12 m.)', String(m.lateCharges), m.lateCharges > 0, history),
    say('deposits', 'Deposits holding', formatCents(m.depositCents), false, deposits),
    blank('balances'),
    fact('balance.customer', 'Customer balance', formatCents(details.customerCents), { labelWidth, action: history }),
    ...(details.locationCents === null
      ? []
      : [
          fact('balance.location', 'Location balance', formatCents(details.locationCents), {
            labelWidth,
            action: history,
          }),
        ]),
    blank('notes'),
    heading('Notes'),
    ...(notes.length === 0 ? [fact('note.none', 'None', '', { action: { kind: 'tab', tab: 'notes' } })] : []),
    ...notes.flatMap((note): DocLine[] => {
      const action = { kind: 'tab', tab: 'notes', record: note.id } as const;
      const copy = { label: 'the note', value: note.body };
      const grace = note.graceOn === null ? '' : ` grace to ${note.graceOn}`;
      return [
        {
          id: `note.${note.id}`,
          pieces: [
            [`${note.createdOn} ${note.type} ${note.createdBy}`, 'dim'],
            [grace, 'warning'],
          ],
          action,
          copy,
        },
        ...paragraph(`note.${note.id}`, note.body, width, { action, copy }),
      ];
    }),
  ];
}

/** What hangs on the customer about paying, and special conditions. */
export function agreementLines({ agreements: a, conditions }: CustomerDetails): DocLine[] {
  const lines: DocLine[] = [];
  if (a.arrangement) {
    const { amountCents, instalments, startedOn } = a.arrangement;
    lines.push(
      fact('agreement.plan', 'Arrangement', `${formatCents(amountCents)} in ${instalments} since ${startedOn}`),
    );
  }
  if (a.autopay) {
    const { method, from, last4, startedOn } = a.autopay;
    lines.push(fact('agreement.autopay', 'Auto payment', `${AUTOPAY[method]} ${from} ending ${last4}`));
    lines.push(fact('agreement.autopay.since', '', `since ${startedOn}`));
  }
  if (a.collections) {
    const { agency, placedOn, amountCents } = a.collections;
    lines.push(
      fact('agreement.agency', 'Collections', `${formatCents(amountCents)} since ${placedOn}`, { tone: 'bad' }),
    );
    lines.push(fact('agreement.agency.name', '', agency));
  }
  if (a.budgetCents !== null) {
    lines.push(fact('agreement.budget', 'Budget bill', `${formatCents(a.budgetCents)} a month`));
  }
  const special = conditions.map(({ id, name, startedOn, endedOn, remarks }) => {
    const until = endedOn ? ` to ${endedOn}` : '';
    return fact(`condition.${id}`, name, `${startedOn}${until} ${remarks ?? ''}`.trim(), { tone: 'warning' });
  });
  return [
    ...(lines.length > 0 ? [blank('agreements'), heading('Agreements', PARTS.standing), ...lines] : []),
    ...(special.length > 0 ? [blank('conditions'), heading('Special conditions', PARTS.conditions), ...special] : []),
  ];
}
