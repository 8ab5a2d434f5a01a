import { formatCents } from '#domain/money.ts';
import type { HeldDeposit, LocationDetails, LocationFacts, ServiceLine } from '#services/locations/location-details.ts';
import { fit } from '#ui/width.ts';
import { blank, fact, heading, paragraph, yesNo } from '../../document/lines.ts';
import type { DocLine } from '../../document/model.ts';
import { cityLine } from '../../dashboard/facts.ts';
import { PARTS } from '../../parts.ts';

const PERIODS = { monthly: 'Monthly', bimonthly: 'Every 2 months', quarterly: 'Quarterly' } as const;
const STATUS = { on: 'on', off: 'off', shutoff: 'shut', pending: 'pend' } as const;

/** Enter turns the mark round. */
const RENTAL = { kind: 'record', what: 'rental', id: 0 } as const;

/** The Location ID section and the details, which stay whoever lives there; `short` for narrow columns. */
export function detailLines(facts: LocationFacts, short: boolean): DocLine[] {
  const { billPeriod, billDay, routeSequence, latitude, longitude } = facts;
  const address = `${facts.line1}\n${cityLine(facts)}`;
  const place = latitude === null || longitude === null ? null : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const period = billPeriod && `${PERIODS[billPeriod]}${billDay === null ? '' : `, day ${billDay}`}`;
  const labelWidth = short ? 11 : 18;
  const say = (id: string, full: string, brief: string, value: string | null) =>
    value === null || value === '' ? [] : [fact(`location.${id}`, short ? brief : full, value, { labelWidth })];
  return [
    heading(`Location ${facts.number}`, PARTS.id),
    fact('location.line1', 'Address', facts.line1, { copy: address, labelWidth }),
    fact('location.city', 'City', cityLine(facts), { copy: address, labelWidth }),
    blank('details'),
    heading('Details'),
    ...say('class', 'Revenue class', 'Rev. class', facts.revenueClass),
    ...say('cycle', 'Cycle', 'Cycle', facts.cycle),
    ...say('period', 'Bill period', 'Bill period', period),
    ...say('route', 'Route', 'Route', facts.route),
    ...say('sequence', 'Route sequence', 'Sequence', routeSequence === null ? null : String(routeSequence)),
    fact('location.rental', 'Rental', yesNo(facts.rental), { labelWidth, action: RENTAL }),
    ...say('owner', 'Owner', 'Owner', facts.ownerName),
    ...say('description', 'Location desc.', 'Desc.', facts.description),
    ...say('parcel', 'Parcel No.', 'Parcel No.', facts.parcelNumber),
    ...say('region', 'Region/Subdivision', 'Region', facts.region),
    ...say('alt', 'Alt location ID', 'Alt ID', facts.altId),
    ...say('cross', 'Cross street', 'Cross st.', facts.crossStreet),
    ...say('place', 'Coordinates', 'Position', place),
  ];
}

/** Rate, status, date on, balance and whether it is billed, in columns that shrink together. */
function serviceRow(name: string, cells: readonly [string, string, string, string, string], width: number): string {
  const fixed = 5 + 11 + 9 + 2;
  const rate = Math.min(10, Math.max(7, Math.floor((width - fixed) * 0.45)));
  const room = Math.max(6, width - fixed - rate - 2);
  const [code, status, on, balance, active] = cells;
  return `${fit(name, room)} ${fit(code, rate)} ${fit(status, 5)}${fit(on, 11)}${fit(balance, 9, 'right')}${fit(active, 2, 'right')}`;
}

const serviceLine = (service: ServiceLine, width: number): DocLine => ({
  id: `service.${service.id}`,
  pieces: [
    [
      serviceRow(
        service.name,
        [
          service.rate ?? '',
          STATUS[service.status],
          service.startedOn,
          formatCents(service.balanceCents),
          service.active ? 'Y' : 'n',
        ],
        width,
      ),
      service.active ? 'text' : 'dim',
    ],
  ],
  action: { kind: 'record', what: 'service', id: service.id },
  copy: {
    label: 'the service',
    value: [
      service.name,
      service.rate ?? '',
      service.status,
      service.startedOn,
      formatCents(service.balanceCents),
      service.active ? 'active' : 'inactive',
    ].join('\t'),
  },
});

/** The services grid. */
export function serviceLines({ services, openCreditCents }: LocationDetails, width: number): DocLine[] {
  const inner = width - 2;
  const headings = serviceRow('Service', ['Rate', 'Stat', 'Date on', 'Balance', 'A'], inner);
  return [
    heading('Services (Enter: meters and history)'),
    { id: 'service.heading', pieces: [[headings, 'dim']], still: true },
    ...(services.length === 0 ? [fact('service.none', 'None', '')] : services.map((one) => serviceLine(one, inner))),
    ...(openCreditCents > 0
      ? [fact('service.credit', 'Open credit', formatCents(openCreditCents), { tone: 'good' })]
      : []),
  ];
}

/** The message center: balance over all residents, and every location note. */
export function messageLines({ balanceCents, notes }: LocationDetails, width: number): DocLine[] {
  return [
    blank('messages'),
    heading('Message center'),
    fact('location.balance', 'Location balance', formatCents(balanceCents), { labelWidth: 16 }),
    ...notes.flatMap((note): DocLine[] => {
      const action = { kind: 'tab', tab: 'notes', record: note.id } as const;
      const copy = { label: 'the note', value: note.body };
      return [
        { id: `note.${note.id}`, pieces: [[`${note.createdOn} ${note.type} ${note.createdBy}`, 'dim']], action, copy },
        ...paragraph(`note.${note.id}`, note.body, width, { action, copy }),
      ];
    }),
  ];
}

const depositText = (one: HeldDeposit): string =>
  one.status === 'held'
    ? `${formatCents(one.heldCents)} ${one.holder}`
    : `${formatCents(one.collectedCents)} of ${formatCents(one.chargedCents)} ${one.holder}`;

/** Deposits held for the location, the customer and the account, and those still to be collected. */
export function depositLines({ deposits }: LocationDetails): DocLine[] {
  const held = deposits.reduce((sum, { heldCents }) => sum + heldCents, 0);
  return [
    blank('deposits'),
    heading(deposits.length === 0 ? 'Deposits: none on hold' : `Deposits on hold ${formatCents(held)}`),
    ...deposits.map((one) =>
      fact(`deposit.${one.id}`, one.number ?? one.code, depositText(one), {
        labelWidth: 9,
        action: { kind: 'record', what: 'deposit', id: one.id },
        ...(one.status === 'held' ? {} : { tone: 'warning' }),
      }),
    ),
  ];
}

/** Open service orders, liens and special conditions: what the badges point to. */
export function eventLines({ orders, liens, conditions }: LocationDetails, width: number): DocLine[] {
  const lines: DocLine[] = [];
  if (orders.length > 0) lines.push(blank('orders'), heading('Open service orders', PARTS.orders));
  for (const order of orders) {
    const due = order.dueOn === null ? '' : ` due ${order.dueOn}`;
    const copy = { label: 'the service order', value: `${order.number} ${order.category}: ${order.description}` };
    lines.push({
      id: `order.${order.id}`,
      pieces: [`${order.number} ${order.category}`, [` ${order.openedOn}${due}`, 'dim']],
      copy,
    });
    lines.push(...paragraph(`order.${order.id}`, order.description, width, { copy }));
  }
  if (liens.length + conditions.length > 0) {
    lines.push(blank('liens'), heading('Liens and conditions', PARTS.conditions));
  }
  for (const lien of liens) {
    const text = `${formatCents(lien.amountCents)} since ${lien.placedOn} ${lien.reference}`;
    lines.push(fact(`lien.${lien.id}`, 'Lien', text, { tone: 'bad' }));
  }
  for (const { id, name, startedOn, endedOn, remarks } of conditions) {
    const text = `${startedOn}${endedOn ? ` to ${endedOn}` : ''} ${remarks ?? ''}`.trim();
    lines.push(fact(`condition.${id}`, name, text, { tone: 'warning' }));
  }
  return lines;
}
