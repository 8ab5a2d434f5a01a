import { useCursor } from 'ink';
import type { ReactNode } from 'react';
import { paint } from '../paint.ts';
import { Painted } from '../text.tsx';
import type { Theme } from '../theme/tokens.ts';
import { cellWidth, graphemes, oneLine } from '../width.ts';
import { fieldWindow, type FieldState } from './model.ts';

/** Cells from the top left of the screen. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * The terminal's own cursor at a place on the screen while this is mounted: input methods,
 * magnifiers and Braille displays follow it. One at a time.
 */
export function RealCursor({ x, y }: Place): null {
  const { setCursorPosition } = useCursor();
  setCursorPosition({ x, y });
  return null;
}

/** A one-line field as painted text: the room is underlined, so that it is seen without colour. */
export function fieldText(state: FieldState, width: number, theme: Theme, active: boolean, mask?: string): string {
  const { text } = fieldWindow(active ? state : { text: state.text, cursor: 0 }, width, mask);
  return paint(
    oneLine(text) + ' '.repeat(Math.max(0, width - cellWidth(text))),
    active ? theme.fieldActive : theme.field,
  );
}

export interface FieldProps {
  readonly state: FieldState;
  readonly width: number;
  readonly theme: Theme;
  readonly active: boolean;
  readonly mask?: string;
  /** Where it stands on the screen; without it the cursor is drawn inverse. */
  readonly at?: Place;
}

/** A one-line text field. Holds no state: keys go to the model. */
export function Field({ state, width, theme, active, mask, at }: FieldProps): ReactNode {
  const shown = fieldWindow(state, width, mask);
  if (!active || at) {
    return (
      <>
        <Painted text={fieldText(state, width, theme, active, mask)} />
        {active && at ? <RealCursor x={at.x + shown.x} y={at.y} /> : null}
      </>
    );
  }
  return <Painted text={withCursor(shown.text, shown.x, width, theme)} />;
}

/** A painted text with the cursor drawn as an inverse cell. */
export function withCursor(text: string, x: number, width: number, theme: Theme): string {
  const padded = text + ' '.repeat(Math.max(0, width - cellWidth(text)));
  let head = '';
  const rest = graphemes(padded);
  while (rest.length > 0 && cellWidth(head) < x) head += rest.shift();
  const under = rest.shift() ?? '';
  return paint(head, theme.fieldActive) + paint(under, theme.selected) + paint(rest.join(''), theme.fieldActive);
}
