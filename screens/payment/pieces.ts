import { fieldText, withCursor } from '#ui/field/field.tsx';
import { type FieldState, fieldWindow } from '#ui/field/model.ts';
import { line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { oneLine } from '#ui/width.ts';

/** A field of exactly so many cells, with the cursor drawn in it while it has the keys. */
export function fieldCells(state: FieldState, width: number, theme: Theme, active: boolean): string {
  if (!active) return fieldText(state, width, theme, false);
  const { text, x } = fieldWindow(state, width);
  return withCursor(oneLine(text), x, width, theme);
}

/** Segments in exactly so many cells. */
export const cells = (segments: readonly Segment[], width: number, theme: Theme): string =>
  line(segments, Math.max(0, width), theme.glyphs.ellipsis, true);
