import type { ReactNode } from 'react';
import { Lines, line, type Segment } from '#ui/text.tsx';
import type { ViewProps } from '#ui/screen.ts';
import { panelLines } from '#ui/panel.tsx';
import { fit } from '#ui/width.ts';
import type { HomeState } from './screen.ts';

const MENU = 44;

/** The menu, and beside it how to get anywhere without it. */
export function HomeView({ state, size, theme }: ViewProps<undefined, HomeState>): ReactNode {
  const width = Math.min(size.columns, MENU);
  const rows = Math.max(3, Math.min(size.rows - 1, Math.max(8, state.entries.length + 2)));
  const menu = state.entries.map((entry, index): Segment[] => {
    const selected = index === state.cursor;
    return [
      [
        `${selected ? theme.glyphs.cursor : ' '} ${fit(entry.title, width - 14)}`,
        selected ? theme.selected : theme.text,
      ],
      '  ',
      [`=${entry.code}`, theme.key],
    ];
  });
  const ways: Segment[][] = [
    [['F2', theme.key], ' or just type a number: find a customer, account,'],
    ['   location or meter by name, address, phone, e-mail'],
    [['>', theme.key], '  in that box: any command by its name'],
    [['=', theme.key], '  a screen by its code, ', ['=HIS', theme.key], ' from anywhere'],
    [['F1', theme.key], ' what every key does here'],
    [['-', theme.key], '  the screen before, and back again'],
  ];
  const left = panelLines({ title: 'Go to', width, height: rows, theme }, menu);
  const room = size.columns - width;
  const right = room >= 40 ? panelLines({ title: 'Ways', width: Math.min(room, 60), height: rows, theme }, ways) : [];
  return <Lines lines={left.map((text, index) => text + (right[index] ?? line([], 0)))} />;
}
