import { emptySignIn, fieldPlace, signInRows } from '#app/sign-in/frame.ts';
import type { LaunchOptions } from '#app/launch-options.ts';
import { paint } from '#ui/paint.ts';
import { createTheme } from '#ui/theme/themes.ts';

/** The sign-in screen before Ink is there: its rows, and what draws them with the cursor in the first field. */
export function firstFrame(
  columns: number,
  rows: number,
  theme: LaunchOptions['theme'],
  glyphs: LaunchOptions['glyphs'],
): { readonly painted: readonly string[]; readonly output: string } {
  const painted = signInRows(emptySignIn(columns, rows, createTheme(theme, glyphs))).map((pieces) =>
    pieces.map((piece) => (typeof piece === 'string' ? piece : paint(piece[0], piece[1]))).join(''),
  );
  const { x, y } = fieldPlace(columns, rows, 'username');
  const drawn = painted.flatMap((line, index) => (line === '' ? [] : [`\x1b[${index + 1}H${line}`]));
  return { painted, output: `${drawn.join('')}\x1b[${y + 1};${x + 1}H` };
}
