import { badgeSegments } from '#ui/badges.ts';
import { paint } from '#ui/paint.ts';
import { beside, panelBottom, panelLines } from '#ui/panel.tsx';
import { line, segmentsWidth, type Segment } from '#ui/text.tsx';
import { cellWidth, truncate } from '#ui/width.ts';
import { cardTitle, edges, steps } from './cards-wide.ts';
import { type DashboardProps, MAP } from './dashboard.ts';
import { cityLine, KINDS, miscFacts, statusFigures, statusTitle, streetLine } from './facts.ts';

function customerCard({ panel, theme }: DashboardProps, width: number): Segment[][] {
  const { customer } = panel;
  if (!customer) return [[['Nobody lives here.', theme.dim]]];
  const phone: Segment[] = customer.phone ? [' ', [customer.phone, theme.dim]] : [];
  const room = Math.max(12, width - 2 - segmentsWidth(phone));
  const name: Segment = [
    truncate(customer.name, room, theme.glyphs.ellipsis),
    customer.private ? theme.warning : theme.title,
  ];
  const { address } = customer;
  return [
    edges([[KINDS[customer.kind][theme.glyphs.name], theme.info], ' ', name], phone, width),
    [address ? `${streetLine(address)}, ${cityLine(address)}` : ['No address', theme.dim]],
    badgeSegments(panel.customerBadges, width, theme),
  ];
}

function locationCard({ panel, theme }: DashboardProps, width: number): Segment[][] {
  const { location } = panel;
  if (!location) return [[['No location', theme.dim]]];
  const short: Readonly<Record<string, string>> = { Cycle: 'Cyc ', Route: 'Rt ' };
  const misc = miscFacts(location).map(({ label, value }) => `${short[label] ?? ''}${value}`);
  const map: Segment[] = [[`[${MAP}]`, theme.info]];
  return [
    [[`${location.line1}, ${cityLine(location)}`, theme.title]],
    [misc.join('  ')],
    edges(badgeSegments(panel.locationBadges, width - MAP.length - 3, theme), map, width),
  ];
}

/** The line of figures, with less between them and shorter words as it gets narrow. */
export function figuresLine({ panel, theme, today }: DashboardProps, width: number): Segment[] {
  const { status } = panel;
  if (!status) return [['No customer', theme.dim]];
  const { balance, pastDue, billed, due, paid } = statusFigures(status, today);
  const make = (long: boolean, gap: string): Segment[] => {
    const say = (label: string): Segment => [`${label} `, theme.dim];
    const grace = status.graceOn !== null;
    const parts: Segment[] = [
      say(long ? 'Balance' : 'Bal'),
      [balance, theme.title],
      gap,
      say(long ? 'Past due' : 'Past'),
      [pastDue, status.pastDueCents > 0 ? theme.bad : undefined],
      gap,
      say(long ? 'Billed' : 'Bill'),
      billed ? `${billed.on} ${billed.amount}` : 'never',
    ];
    if (due !== '') parts.push(' ', say('due'), due.replace(/ ?G$/, ''), grace ? [' G', theme.warning] : '');
    parts.push(gap, say('Paid'), paid ? `${paid.on} ${paid.amount}` : 'never');
    if (paid?.unposted) parts.push([' U', theme.warning]);
    return parts;
  };
  const variants = [make(true, '   '), make(true, '  '), make(false, '  '), make(false, ' ')];
  return variants.find((parts) => segmentsWidth(parts) <= width) ?? variants.at(-1)!;
}

/** Customer and location side by side, what is owed in a row below. */
export function foldedLines(props: DashboardProps): string[] {
  const { panel, focus, size, theme } = props;
  const { glyphs } = theme;
  const { columns } = size;
  const left = columns >> 1;
  const right = columns - left;
  const cards = beside(
    panelLines(
      {
        ...cardTitle(`Customer ${panel.customer?.number ?? ''}`.trim(), focus === 'customer', theme),
        right: steps(theme),
        width: left,
        height: 5,
        theme,
      },
      customerCard(props, left - 4),
    ),
    panelLines(
      {
        ...cardTitle(`Location ${panel.location?.number ?? ''}`.trim(), focus === 'location', theme),
        right: steps(theme),
        width: right,
        height: 5,
        theme,
      },
      locationCard(props, right - 4),
    ),
  ).slice(0, 4);
  const figures = line(figuresLine(props, columns - 4), columns - 4, glyphs.ellipsis, true);
  const side = paint(glyphs.vertical, theme.border);
  return [...cards, middleBorder(props, left), `${side} ${figures} ${side}`, panelBottom({ width: columns, theme })];
}

/** The border between the cards and the figures, headed by activity and standing. */
function middleBorder({ panel, size, theme }: DashboardProps, left: number): string {
  const { horizontal, tees, name } = theme.glyphs;
  const title = statusTitle(panel, theme.glyphs);
  const account = panel.account ? ` ${truncate(panel.account.number, 24, theme.glyphs.ellipsis)} ` : '';
  const head = ` ${title.text} `;
  const joint = name === 'ascii' ? '++' : '┴┴';
  const before = left - 1 - (1 + cellWidth(head));
  const rule = horizontal.repeat(Math.max(0, size.columns - 2 - cellWidth(head) - cellWidth(account) - 1));
  const inner = before < 0 ? rule : rule.slice(0, before) + joint + rule.slice(before + 2);
  return (
    paint(tees[0], theme.border) +
    paint(head, theme[title.tone]) +
    paint(inner, theme.border) +
    paint(account, theme.dim) +
    paint(horizontal + tees[1], theme.border)
  );
}
