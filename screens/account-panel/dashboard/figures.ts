import type { Segment } from '#ui/text.tsx';
import type { DashboardProps } from './card.ts';
import { statusFigures } from './facts.ts';

/** How much the figures say: whole words, short ones, short years, no due date, no dates at all. */
export type Detail = 'full' | 'short' | 'years' | 'undue' | 'undated';

/** `2025-11-01` as `25-11-01`, where room is short. */
const brief = (date: string): string => (date.length === 10 ? date.slice(2) : date);

/** The status card's figures in three groups: what is owed, what was billed, what was paid. */
export function figureGroups({ panel, theme, today }: DashboardProps, detail: Detail): Segment[][] {
  const { status } = panel;
  if (!status) return [[['No customer', theme.dim]]];
  const { balance, pastDue, billed, due, paid } = statusFigures(status, today);
  const say = (full: string, short: string): Segment => [`${detail === 'full' ? full : short} `, theme.dim];
  const dated = (on: string, amount: string) =>
    ({ full: `${on} ${amount}`, short: `${on} ${amount}`, undated: amount })[detail as string] ??
    `${brief(on)} ${amount}`;
  const late = status.pastDueCents > 0 ? theme.bad : undefined;
  const dueOn = due.replace(/ ?G$/, '');
  const said: Segment[] =
    dueOn === '' || detail === 'undue' || detail === 'undated'
      ? []
      : [' ', ['due ', theme.dim], detail === 'years' ? dueOn.slice(-5) : dueOn];
  const grace: Segment[] = status.graceOn === null ? [] : [[' G', theme.warning]];
  const unposted: Segment[] = paid?.unposted ? [[' U', theme.warning]] : [];
  const gap = detail === 'full' ? '   ' : '  ';
  return [
    [say('Balance', 'Bal'), [balance, theme.title], gap, say('Past due', 'Past'), [pastDue, late]],
    [say('Billed', 'Bill'), billed ? dated(billed.on, billed.amount) : 'never', ...said, ...grace],
    [say('Paid', 'Paid'), paid ? dated(paid.on, paid.amount) : 'never', ...unposted],
  ];
}

/** Groups of segments as one line. */
export const joined = (groups: readonly Segment[][], gap: string): Segment[] =>
  groups.flatMap((group, index) => (index === 0 ? group : [gap, ...group]));
