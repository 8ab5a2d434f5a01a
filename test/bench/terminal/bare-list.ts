import { Box, render, Text, useApp, useInput, useStdout } from 'ink';
import { createElement, useState } from 'react';

/** Text between the columns is as on the program's look-up screen: what is compared is the drawing. */
const record = (number: number): string =>
  `${'Abernathy, Milford'.padEnd(21)} ${`${number} Poplar Ave`.padEnd(20)} ${10_000 + number}-01 ${String((number * 7919) % 99_991).padStart(12)}  (217) 775-5152  Alder Falls   ${10_000 + number}`;

interface View {
  readonly cursor: number;
  readonly top: number;
}

/** Rows of the list that it is compared with. */
const height = Number(process.argv[2]);
const AROUND = 4;

/** The plainest list that Ink can draw: one `<Text>` a row, a bar, nothing else. */
function List() {
  const { exit } = useApp();
  const { columns = 80, rows = 24 } = useStdout().stdout as NodeJS.WriteStream;
  const [{ cursor, top }, move] = useState<View>({ cursor: 0, top: 0 });
  useInput((input, key) => {
    if (input === 'q') exit();
    const by = key.downArrow ? 1 : key.upArrow ? -1 : 0;
    if (by === 0) return;
    move((view) => {
      const next = Math.max(0, view.cursor + by);
      return { cursor: next, top: Math.min(Math.max(view.top, next - height + 1), next) };
    });
  });
  const lines = Array.from({ length: height }, (_, y) => {
    const selected = top + y === cursor;
    const text = `${selected ? '> ' : '  '}${record(top + y)}`.padEnd(columns - 1).slice(0, columns - 1);
    return createElement(Text, { key: y, inverse: selected, wrap: 'truncate' }, text);
  });
  const around = (key: string, text: string) => createElement(Text, { key, wrap: 'truncate' }, text);
  return createElement(Box, { flexDirection: 'column' }, [
    around('title', ' list'),
    around('columns', '  Name                  Address'),
    ...lines,
    around('more', 'more below'),
    ...Array.from({ length: rows - height - AROUND }, (_, y) => around(`free ${y}`, ' ')),
    around('keys', ' q Leave'),
  ]);
}

render(createElement(List), { alternateScreen: true, exitOnCtrlC: true });
