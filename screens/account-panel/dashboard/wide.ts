import type { PanelBadge } from '#domain/panel-badge.ts';
import { badgeSegments } from '#ui/badges.ts';
import { beside, panelLines } from '#ui/panel.tsx';
import { segmentsWidth, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth, fit, truncate } from '#ui/width.ts';
import { cardTitle, type DashboardProps, edges, MAP, steps } from './card.ts';
import { DASHBOARD_ROWS } from './layout.ts';
import { cityLine, KINDS, miscFacts, statusFigures, statusTitle, streetLine } from './facts.ts';

type Lines = (readonly Segment[])[];

/** Badges over two rows; the second says how many more there are. */
function badgeRows(badges: readonly PanelBadge[], width: number, theme: Theme): Segment[][] {
  let fitting = badges.length;
  while (fitting > 0 && segmentsWidth(badges.slice(0, fitting).map(({ text }) => `[${text}]`)) > width) fitting -= 1;
  return [badgeSegments(badges.slice(0, fitting), width, theme), badgeSegments(badges.slice(fitting), width, theme)];
}

function customerCard({ panel, theme }: DashboardProps, width: number): Lines {
  const { customer } = panel;
  if (!customer) return [[['Nobody lives here.', theme.dim]]];
  const { address } = customer;
  const name = customer.private ? theme.warning : theme.title;
  return [
    [[KINDS[customer.kind][theme.glyphs.name], theme.info], ' ', [customer.name, name]],
    ['  ', address ? streetLine(address) : ['No address', theme.dim]],
    ['  ', address ? cityLine(address) : ''],
    ['  ', customer.phone ?? ''],
    ['  ', [customer.email ?? '', theme.dim]],
    ...badgeRows(panel.customerBadges, width, theme),
  ];
}

function statusCard({ panel, theme, today }: DashboardProps, width: number): Lines {
  const { status } = panel;
  if (!status) return [[['No customer', theme.dim]]];
  const figures = statusFigures(status, today);
  const row = (label: string, amount: Segment, mark: Segment = '  '): Segment[] =>
    edges([[label, theme.dim]], [amount, mark], width);
  // A long date or amount takes the place of the label's first word.
  const dated = (label: string, short: string, on: string, amount: string, mark: Segment = '  '): Segment[] => {
    const room = width - amount.length - 3;
    const words = [`${label} ${on}`, `${short} ${on}`].find((text) => text.length <= room) ?? on;
    return row(words, amount, mark);
  };
  const { billed, paid } = figures;
  const unposted: Segment = [' U', theme.warning];
  return [
    row('Balance', [figures.balance, theme.title]),
    row('Past due', [figures.pastDue, status.pastDueCents > 0 ? theme.bad : undefined]),
    billed ? dated('Last billed', 'Billed', billed.on, billed.amount) : row('Last billed', 'never'),
    row('Due', figures.due.replace(/ ?G$/, ''), status.graceOn ? [' G', theme.warning] : '  '),
    paid
      ? dated('Last paid', 'Paid', paid.on, paid.amount, paid.unposted ? unposted : '  ')
      : row('Last paid', 'never'),
    ...(figures.unposted === '' ? [] : [row('Unposted', figures.unposted, unposted)]),
    ...(figures.grace === '' ? [] : [row('Grace note to', figures.grace, [' G', theme.warning])]),
  ];
}

function locationCard({ panel, theme }: DashboardProps, width: number): Lines {
  const { location, account } = panel;
  if (!location) return [[['No location', theme.dim]]];
  const stay = account
    ? account.movedOutOn === null
      ? `since ${account.movedInOn}`
      : `${account.movedInOn} to ${account.movedOutOn}`
    : 'vacant';
  return [
    [[location.line1, theme.title]],
    [cityLine(location)],
    [[stay, theme.dim]],
    edges([[location.rental ? 'Rental' : '', theme.dim]], [[`[${MAP}]`, theme.info]], width),
    [],
    ...badgeRows(panel.locationBadges, width, theme),
  ];
}

function serviceCard({ panel, theme }: DashboardProps, width: number): Lines {
  const { location } = panel;
  if (!location) return [];
  const facts = miscFacts(location);
  const at = (label: string) => facts.find((fact) => fact.label === label)?.value;
  const cycle: Segment[] = [
    ['Cycle ', theme.dim],
    at('Cycle') ?? '-',
    [' Route ', theme.dim],
    truncate(at('Route') ?? '-', Math.max(1, width - 13 - cellWidth(at('Cycle') ?? '-'))),
  ];
  const rest = facts.filter(({ label }) => label !== 'Cycle' && label !== 'Route');
  return [cycle, ...rest.map(({ label, value }): Segment[] => [[fit(label, 7), theme.dim], value])];
}

/** Four cards side by side. */
export function wideLines(props: DashboardProps): string[] {
  const { panel, focus, size, theme } = props;
  const { columns } = size;
  const status = 30;
  const service = Math.max(26, Math.floor(columns * 0.21));
  const customer = Math.ceil((columns - status - service) / 2);
  const location = columns - status - service - customer;
  const height = DASHBOARD_ROWS.wide;
  const title = statusTitle(panel, theme.glyphs);
  const card = { height, theme };
  return beside(
    panelLines(
      {
        ...card,
        ...cardTitle(`Customer ${panel.customer?.number ?? ''}`.trim(), focus === 'customer', theme),
        right: steps(theme),
        width: customer,
      },
      customerCard(props, customer - 4),
    ),
    panelLines(
      { ...card, title: title.text, titleStyle: theme[title.tone], width: status },
      statusCard(props, status - 4),
    ),
    panelLines(
      {
        ...card,
        ...cardTitle(`Location ${panel.location?.number ?? ''}`.trim(), focus === 'location', theme),
        right: steps(theme),
        width: location,
      },
      locationCard(props, location - 4),
    ),
    panelLines({ ...card, title: 'Service', width: service }, serviceCard(props, service - 4)),
  );
}
