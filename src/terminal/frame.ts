/** A frame as Ink writes it, without the cursor movements around it. */
export interface Frame {
  /** Null: only the cursor changed. */
  readonly lines: readonly string[] | null;
  /** Where the real cursor is to be shown; null hides it; undefined leaves it. */
  readonly cursor: { readonly x: number; readonly y: number } | null | undefined;
}

/** Cursor movements, erasing, modes: everything but SGR and text. */
const CONTROLS = /^(?:\x1b\[[?>0-9;]*[A-HJKSThlsu])+/;
/** How Ink places the cursor after a frame: up from its last row, to a column, shown. */
const PLACED = /(?:\x1b\[(\d*)A)?\x1b\[(\d*)G\x1b\[\?25h$/;
const HIDDEN = '\x1b[?25l';

/**
 * What one write of Ink asks for. Ink erases its last frame and writes the next whole
 * (`incrementalRendering: false`), then places the cursor; on a screen of our own, frames
 * begin in the first row, so only the lines matter. `lastRow` is the row after which the
 * frame before ended, from which Ink counts when it moves the cursor alone.
 */
export function readFrame(chunk: string, lastRow: number): Frame {
  const leading = CONTROLS.exec(chunk)?.[0] ?? '';
  if (leading.length === chunk.length) {
    const placed = PLACED.exec(chunk);
    if (placed) return { lines: null, cursor: cursorAt(placed, lastRow) };
    return { lines: null, cursor: chunk.includes(HIDDEN) ? null : undefined };
  }
  const placed = PLACED.exec(chunk);
  const body = chunk.slice(leading.length, placed ? placed.index : undefined);
  const lines = body.split('\n');
  return { lines, cursor: placed ? cursorAt(placed, lines.length - 1) : null };
}

function cursorAt(placed: RegExpExecArray, lastRow: number): { x: number; y: number } {
  const up = placed[1] === undefined ? 0 : Number(placed[1] || 1);
  return { x: Math.max(0, Number(placed[2] || 1) - 1), y: Math.max(0, lastRow - up) };
}
