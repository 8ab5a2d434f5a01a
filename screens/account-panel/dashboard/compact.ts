import { badgeSegments } from '#ui/badges.ts';
import { line, segmentsWidth, spread, type Segment } from '#ui/text.tsx';
import type { DashboardProps } from './card.ts';
import { cityLine, KINDS, miscFacts, statusTitle } from './facts.ts';
import { figureGroups, joined } from './figures.ts';

/** Five lines without frames, for terminals down to 60×16. */
export function compactLines(props: DashboardProps): string[] {
  const { panel, focus, size, theme } = props;
  const { customer, location } = panel;
  const { ellipsis, cursor } = theme.glyphs;
  const width = size.columns;
  const title = statusTitle(panel, theme.glyphs);
  const number = (what: string, focused: boolean): Segment =>
    focused ? [`${cursor}${what}`, theme.selected] : [what, theme.dim];
  const who: Segment[] = customer
    ? [
        number(customer.number, focus === 'customer'),
        ' ',
        [KINDS[customer.kind][theme.glyphs.name], theme.info],
        ' ',
        [customer.name, customer.private ? theme.warning : theme.title],
      ]
    : [['Nobody lives here.', theme.dim]];
  const where: Segment[] = location
    ? [number(location.number, focus === 'location'), ` ${location.line1}, ${cityLine(location)}`]
    : [['No location', theme.dim]];
  const misc = location
    ? miscFacts(location)
        .slice(0, 3)
        .map(({ value }) => value)
        .join(' ')
    : '';
  const figures = (['full', 'short', 'years', 'undue', 'undated'] as const).map((detail) =>
    figureGroups(props, detail),
  );
  const [owed, ...rest] =
    figures.find((groups) => segmentsWidth(joined(groups.slice(1), '  ')) <= width) ?? figures.at(-1)!;
  const badges = [...panel.customerBadges, ...panel.locationBadges];
  return [
    spread(who, [[title.text, theme[title.tone]]], width, ellipsis),
    line(owed ?? [], width, ellipsis),
    line(joined(rest, '  '), width, ellipsis),
    spread(where, misc === '' ? [] : [[misc, theme.dim]], width, ellipsis),
    line(badgeSegments(badges, width, theme), width, ellipsis),
  ];
}
