import { formatCents } from '#domain/money.ts';
import type { CustomerDetails, CustomerIdentity } from '#services/customers/customer-details.ts';
import { fit } from '#ui/width.ts';
import { blank, fact, factsOf, heading, paragraph, yesNo } from '../../document/lines.ts';
import type { DocLine, Piece } from '../../document/model.ts';
import { cityLine, KINDS, streetLine } from '../../facts.ts';
import { PARTS } from '../../parts.ts';

const capital = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);

/** A check box as the record has it; one that restricts is drawn as a warning when it is set. */
const box = (label: string, set: boolean, normal: boolean, width = label.length): Piece => [
  `[${set ? 'x' : ' '}] ${fit(label, width)}`,
  set === normal ? 'text' : 'warning',
];

/** Title, name and spouse of a person; the business name of anybody else. */
function names({ kind, title, name, spouseName, businessName }: CustomerIdentity): DocLine[] {
  const type = fact('id.type', 'Type', KINDS[kind].word);
  if (kind !== 'individual') return [type, fact('id.business', 'Business name', businessName ?? name)];
  return [
    type,
    ...factsOf([
      ['id.title', 'Title', title],
      ['id.name', 'Name', name],
      ['id.spouse', 'Spouse', spouseName],
    ]),
  ];
}

/** The Customer ID section. */
export function identityLines(identity: CustomerIdentity, who: string): DocLine[] {
  const { active, noPayments, noChecks, bankrupt, noCollections, disallowedMethods } = identity;
  return [
    heading(`${who} ${identity.number}`, PARTS.id),
    ...names(identity),
    ...factsOf([
      ['id.alt', 'Alt ID', identity.altId],
      ['id.status', 'Account status', identity.statusName],
      ['id.assigned', 'Assigned on', identity.statusAssignedOn],
      ['id.tax', 'Tax exempt', identity.taxExemptNumber],
    ]),
    { id: 'id.flags', pieces: [box('Active', active, true, 11), ' ', box('Public', identity.public, true)] },
    { id: 'id.flags2', pieces: [box('Bankrupt', bankrupt, false, 11), ' ', box('No payments', noPayments, false)] },
    {
      id: 'id.flags3',
      pieces: [box('No checks', noChecks, false, 11), ' ', box('No collections', noCollections, false)],
    },
    fact(
      'id.refused',
      'Refused',
      disallowedMethods.length === 0 ? 'No method' : disallowedMethods.map(capital).join(', '),
      {
        tone: disallowedMethods.length === 0 ? undefined : 'warning',
      },
    ),
  ];
}

/** Addresses, phones and e-mail, primary first. */
export function contactLines({ addresses, phones, emails, identity }: CustomerDetails): DocLine[] {
  const primary = (is: boolean) => (is ? ', primary' : '');
  const address = addresses.flatMap((one): DocLine[] => {
    const copy = {
      label: 'the address',
      value: [one.careOf && `c/o ${one.careOf}`, one.line1, one.line2, cityLine(one)].filter(Boolean).join('\n'),
    };
    const more = [one.country === 'US' ? null : one.country, one.county && `${one.county} County`, one.geoCode]
      .filter(Boolean)
      .join(', ');
    return [
      { id: `address.${one.id}`, pieces: [[`${one.type}${primary(one.primary)}`, 'dim']], copy },
      { id: `address.${one.id}.street`, pieces: ['  ', streetLine(one)], hang: 2, copy },
      { id: `address.${one.id}.city`, pieces: [`  ${cityLine(one)}`, [more === '' ? '' : `  ${more}`, 'dim']], copy },
    ];
  });
  const phone = phones.map((one) =>
    fact(
      `phone.${one.id}`,
      one.type,
      [
        one.number,
        one.extension && `x${one.extension}`,
        one.description,
        one.primary && phones.length > 1 && '(primary)',
      ]
        .filter(Boolean)
        .join(' '),
      { copy: one.number },
    ),
  );
  return [
    blank('contact'),
    heading('Addresses', PARTS.contact),
    ...(address.length > 0 ? address : [fact('address.none', 'None', '')]),
    blank('phone'),
    heading('Phone'),
    ...(phone.length > 0 ? phone : [fact('phone.none', 'None', '')]),
    blank('email'),
    heading('E-mail and notices'),
    ...emails.map((one) => fact(`email.${one.id}`, 'E-mail', one.address)),
    fact('notices.mail', 'Mail notices', yesNo(identity.mailNotices)),
    fact('notices.email', 'E-mail notices', yesNo(identity.emailNotices)),
    fact('notices.web', 'Web user', yesNo(identity.webUser)),
  ];
}

const AUTOPAY = { draft: 'Draft', card: 'Credit card' } as const;

/** The message center: eight computed lines, then balances and flagged notes. */
export function messageLines(details: CustomerDetails, width: number): DocLine[] {
  const { messages: m, notes } = details;
  const labelWidth = 20;
  const history = { kind: 'tab', tab: 'history' } as const;
  const say = (id: string, label: string, value: string, alarming: boolean, action?: DocLine['action']) =>
    fact(`message.${id}`, label, value, { labelWidth, tone: alarming ? 'warning' : undefined, action });
  const orders = { kind: 'tab', tab: 'location', record: PARTS.orders } as const;
  return [
    heading('Message center'),
    say('orders', 'Open service orders', String(m.openOrders), m.openOrders > 0, m.openOrders > 0 ? orders : undefined),
    say('autopay', 'Automatic payment', m.autopay ? AUTOPAY[m.autopay] : 'None', false),
    say('email', 'Email bill', yesNo(m.emailBill), false),
    say('budget', 'Budget bill', yesNo(m.budgetBill), false),
    say('checks', 'Accept checks', yesNo(m.acceptChecks), !m.acceptChecks),
    say('nsf', 'NSF (12 months)', String(m.nsf), m.nsf > 0, history),
    say('late', 'Late charges (12 m.)', String(m.lateCharges), m.lateCharges > 0, history),
    say('deposits', 'Deposits holding', formatCents(m.depositCents), false),
    blank('balances'),
    fact('balance.customer', 'Customer balance', formatCents(details.customerCents), { labelWidth, action: history }),
    ...(details.locationCents === null
      ? []
      : [fact('balance.location', 'Location balance', formatCents(details.locationCents), { labelWidth })]),
    blank('notes'),
    heading('Notes'),
    ...(notes.length === 0 ? [fact('note.none', 'None', '')] : []),
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
