import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { RealCursor } from '#ui/field/field.tsx';
import { fieldWindow } from '#ui/field/model.ts';
import { panelLines } from '#ui/panel.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import { fit } from '#ui/width.ts';
import { centered } from '../shell/overlay.ts';
import type { Shell } from '../shell/shell.ts';

const FIELD = 28;

/** The locked screen: nothing of the data is on it. */
export function LockView({ shell }: { readonly shell: Shell }): ReactNode {
  const { size, theme, actor } = useStore(shell.store);
  const { password, code, focus, message, checking } = useStore(shell.lock.store);
  const box = centered(size, 52, code ? 8 : 7);
  const shown = fieldWindow(password, FIELD, '*');
  const shownCode = code ? fieldWindow(code, FIELD) : null;
  const field = (label: string, text: string, active: boolean): Segment[] => [
    [label.padEnd(10), active ? theme.key : theme.text],
    [fit(text, FIELD), active ? theme.fieldActive : theme.field],
  ];
  const card = panelLines({ title: 'Locked', theme, ...box }, [
    [`${actor?.displayName ?? ''} has left the screen for a while.`],
    [''],
    field('Password', shown.text, focus === 'password'),
    ...(shownCode ? [field('Code', shownCode.text, focus === 'code')] : []),
    [''],
    [
      [
        message === '' ? 'Enter opens it again; everything is as it was.' : message,
        message === '' ? theme.dim : theme.error,
      ],
    ],
  ]);
  const keys = line(
    [' ', ['Enter', theme.key], ' Open again   ', ['Ctrl+C', theme.key], ' Sign out, for somebody else'],
    size.columns - 1,
  );
  const indent = ' '.repeat(box.x);
  const lines = Array.from({ length: size.rows }, (_, row) => {
    const own = card[row - box.y];
    if (row === size.rows - 1) return keys;
    return own === undefined ? ' ' : indent + own;
  });
  return (
    <>
      <Lines lines={lines} />
      {checking ? null : (
        <RealCursor
          x={box.x + 12 + (focus === 'code' && shownCode ? shownCode : shown).x}
          y={box.y + (focus === 'code' ? 4 : 3)}
        />
      )}
    </>
  );
}
