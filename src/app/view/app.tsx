import { Box } from 'ink';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Lines } from '#ui/text.tsx';
import { fit } from '#ui/width.ts';
import type { Shell } from '../shell/shell.ts';
import { Frame } from './frame.tsx';
import { LockView } from './lock.tsx';
import { SignInCard } from './sign-in-card.tsx';
import { SignInView } from './sign-in.tsx';

/** The smallest terminal that the screens are laid out for. */
export const SMALLEST = { columns: 60, rows: 16 } as const;

/** Everything on the terminal: exactly as many rows as it has, at any size. */
export function App({ shell }: { readonly shell: Shell }): ReactNode {
  const { size, actor } = useStore(shell.store);
  const locked = useStore(shell.lock.store, (state) => state.locked);
  const card = useStore(shell.signIn.store, (state) => state.card);
  const { columns, rows } = size;
  const linear = shell.options.screenReader === true;
  if (!linear && (columns < SMALLEST.columns || rows < SMALLEST.rows))
    return <TooSmall columns={columns} rows={rows} />;
  const signIn = card ? <SignInCard shell={shell} card={card} /> : <SignInView shell={shell} />;
  const content = actor === null ? signIn : locked ? <LockView shell={shell} /> : <Frame shell={shell} />;
  if (linear) return <Box flexDirection="column">{content}</Box>;
  return (
    <Box width={columns} height={rows} flexDirection="column" overflowY="hidden">
      {content}
    </Box>
  );
}

function TooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }): ReactNode {
  const text = [
    `meterdesk needs ${SMALLEST.columns}x${SMALLEST.rows}.`,
    `This terminal is ${columns}x${rows}.`,
    'Make it larger; nothing is lost.',
  ];
  const lines = Array.from({ length: Math.max(1, rows) }, (_, index) => fit(text[index] ?? '', columns).trimEnd());
  return <Lines lines={lines} />;
}
