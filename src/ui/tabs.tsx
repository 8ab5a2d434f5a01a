import { memo, type ReactNode } from 'react';
import { Lines, line, type Segment } from './text.tsx';
import type { Theme } from './theme/tokens.ts';
import { cellWidth } from './width.ts';

export interface TabItem {
  readonly id: string;
  readonly title: string;
}

/** The digit that opens a tab: 1 to 9, then 0; none after the tenth. */
export const tabDigit = (index: number): string => (index < 9 ? String(index + 1) : index === 9 ? '0' : '');

/** The tab bar on one line, the active one inverse and in brackets; the part around it where all do not fit. */
export function tabLine(tabs: readonly TabItem[], active: string, width: number, theme: Theme): string {
  if (tabs.length === 0) return ' '.repeat(width);
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === active),
  );
  const labels = tabs.map((tab, index) => ` ${tabDigit(index)}${tabDigit(index) === '' ? '' : ' '}${tab.title} `);
  const cells = labels.map(cellWidth);
  let first = 0;
  const used = (from: number, to: number) => cells.slice(from, to + 1).reduce((sum, cell) => sum + cell, 0);
  while (first < at && used(first, at) + 4 > width) first += 1;
  let last = at;
  while (
    last + 1 < tabs.length &&
    used(first, last + 1) + (last + 2 < tabs.length ? 2 : 0) + (first > 0 ? 2 : 0) <= width
  ) {
    last += 1;
  }
  const segments: Segment[] = [];
  if (first > 0) segments.push([`${theme.glyphs.left} `, theme.dim]);
  for (let index = first; index <= last; index += 1) {
    const label = labels[index]!;
    if (index === at) segments.push([`[${label.slice(1, -1)}]`, theme.selected]);
    else segments.push([label, theme.text]);
  }
  if (last + 1 < tabs.length) segments.push([` ${theme.glyphs.right}`, theme.dim]);
  return line(segments, width, theme.glyphs.ellipsis);
}

export interface TabBarProps {
  readonly tabs: readonly TabItem[];
  readonly active: string;
  readonly width: number;
  readonly theme: Theme;
  /** Draws the rule below; two lines then. */
  readonly rule?: boolean;
}

/** Tabs with the digits that open them. */
export const TabBar = memo(function TabBar({ tabs, active, width, theme, rule }: TabBarProps): ReactNode {
  const lines = [tabLine(tabs, active, width, theme)];
  if (rule) lines.push(line([[theme.glyphs.horizontal.repeat(width), theme.border]], width));
  return <Lines lines={lines} />;
});
