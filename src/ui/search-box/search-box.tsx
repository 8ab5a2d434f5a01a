import { Box } from 'ink';
import type { ReactNode } from 'react';
import { Field } from '../field/field.tsx';
import { Line } from '../text.tsx';
import type { Theme } from '../theme/tokens.ts';
import type { SearchBoxState } from './input.ts';

const NARROWEST_FIELD = 8;
const WIDEST_FIELD = 60;

export interface SearchBoxProps {
  /** What is looked for, with a space behind it. */
  readonly label: string;
  readonly state: SearchBoxState;
  readonly width: number;
  readonly theme: Theme;
}

/** One line: what is looked for, and the text. */
export function SearchBox({ label, state, width, theme }: SearchBoxProps): ReactNode {
  const field = Math.max(NARROWEST_FIELD, Math.min(WIDEST_FIELD, width - label.length - 1));
  return (
    <Box height={1} width={width}>
      <Box width={label.length} flexShrink={0}>
        <Line segments={[[label, state.typing ? theme.key : theme.dim]]} width={label.length} />
      </Box>
      <Box width={field} flexShrink={0}>
        <Field state={state.typed} width={field} theme={theme} active={state.typing} />
      </Box>
    </Box>
  );
}
