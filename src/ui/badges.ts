import type { Segment } from './text.tsx';
import type { Tone } from './theme/themes.ts';
import type { Theme } from './theme/tokens.ts';
import { cellWidth } from './width.ts';

/** A short sign of a state: `[PAST DUE]`. The text says it; the tone only helps. */
export interface Badge {
  readonly id: string;
  readonly text: string;
  readonly tone: Tone;
}

/** As many badges as fit, then how many more there are: `[PAST DUE][ARR] +3`. */
export function badgeSegments(badges: readonly Badge[], width: number, theme: Theme, selected?: string): Segment[] {
  const segments: Segment[] = [];
  let room = width;
  for (const [index, badge] of badges.entries()) {
    const text = `[${badge.text}]`;
    const left = badges.length - index - 1;
    const more = left > 0 ? ` +${left}`.length : 0;
    if (cellWidth(text) + more > room) {
      const rest = ` +${badges.length - index}`;
      if (rest.length <= room) segments.push([rest, theme.dim]);
      return segments;
    }
    segments.push([text, badge.id === selected ? theme.selected : theme[badge.tone]]);
    room -= cellWidth(text);
  }
  return segments;
}
