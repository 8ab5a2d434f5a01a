import { paint } from './paint.ts';
import type { Theme } from './theme/tokens.ts';
import { fit } from './width.ts';

/** One bar: a value now and, for comparison, the one of the period before. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly before?: number | null;
  /** As written at the end of the bar; the value itself otherwise. */
  readonly text?: string;
}

/**
 * Horizontal bars as painted lines, one a bar (two where there is a period before), all on
 * one scale. Lengths differ by glyph as well as by style: readable without colour.
 */
export function barChart(bars: readonly Bar[], width: number, theme: Theme): string[] {
  const labelWidth = Math.max(0, ...bars.map((bar) => bar.label.length));
  const texts = bars.map((bar) => bar.text ?? String(bar.value));
  const textWidth = Math.max(0, ...texts.map((text) => text.length));
  const room = Math.max(1, width - labelWidth - textWidth - 3);
  const most = Math.max(1, ...bars.flatMap((bar) => [bar.value, bar.before ?? 0]));
  const length = (value: number) => (value <= 0 ? 0 : Math.max(1, Math.round((value / most) * room)));
  return bars.flatMap((bar, index) => {
    const now = theme.glyphs.bar.repeat(length(bar.value));
    const head = `${fit(bar.label, labelWidth)} ${paint(now, theme.info)}${' '.repeat(room - length(bar.value))}`;
    const lines = [`${head} ${fit(texts[index]!, textWidth, 'right')}`];
    if (bar.before !== undefined && bar.before !== null) {
      lines.push(`${' '.repeat(labelWidth)} ${paint(theme.glyphs.halfBar.repeat(length(bar.before)), theme.dim)}`);
    }
    return lines;
  });
}

/** Bars standing side by side, `height` rows tall, newest right; a label below each where it fits. */
export function columnChart(bars: readonly Bar[], width: number, height: number, theme: Theme): string[] {
  const shown = bars.slice(-Math.max(1, Math.floor(width / 4)));
  const cell = Math.max(3, Math.min(8, Math.floor(width / Math.max(1, shown.length))));
  const most = Math.max(1, ...shown.flatMap((bar) => [bar.value, bar.before ?? 0]));
  const rows = Math.max(1, height - 1);
  const level = (value: number) => (value <= 0 ? 0 : Math.max(1, Math.round((value / most) * rows)));
  const lines: string[] = [];
  for (let row = rows; row > 0; row -= 1) {
    lines.push(
      shown
        .map((bar) => {
          const pair = bar.before !== undefined && bar.before !== null;
          const wide = Math.max(1, pair ? (cell - 1) >> 1 : cell - 1);
          const before = pair ? (level(bar.before!) >= row ? theme.glyphs.halfBar : ' ').repeat(wide) : '';
          const now = (level(bar.value) >= row ? theme.glyphs.bar : ' ').repeat(wide);
          return paint(before, theme.dim) + paint(now, theme.info) + ' '.repeat(cell - wide * (pair ? 2 : 1));
        })
        .join(''),
    );
  }
  lines.push(shown.map((bar) => fit(bar.label, cell - 1) + ' ').join(''));
  return lines;
}
