import type { Row } from './cells.ts';

/** Rows `top` to `bottom` (inclusive) move up by `by`, or down when it is negative. */
export interface Scroll {
  readonly top: number;
  readonly bottom: number;
  readonly by: number;
}

/** Bytes for setting a region, moving the rows and setting it back. */
const COST = 20;
const CANDIDATES = 3;

/** Cells of a row that would be written to turn it into another; a rough count of bytes. */
function difference(shown: Row | null, next: Row): number {
  if (shown === next) return 0;
  const { glyphs, styles } = next;
  if (shown === null) return next.end;
  let cells = 0;
  const end = Math.max(shown.end, next.end);
  for (let x = 0; x < end; x += 1) if (glyphs[x] !== shown.glyphs[x] || styles[x] !== shown.styles[x]) cells += 1;
  return cells === 0 ? 0 : cells + 4;
}

/**
 * The movement of rows that saves most against rewriting them; null when none saves anything.
 * Candidates are the distances at which rows of the frame are found on the screen.
 */
export function findScroll(shown: readonly (Row | null)[], next: readonly Row[]): Scroll | null {
  let best: Scroll | null = null;
  let saved = 0;
  for (const by of distances(shown, next)) {
    const found = by > 0 ? bestRegion(shown, next, by) : bestRegion(shown.toReversed(), next.toReversed(), -by);
    if (found.saved <= saved) continue;
    saved = found.saved;
    const last = next.length - 1;
    best =
      by > 0
        ? { top: found.top, bottom: found.bottom, by }
        : { top: last - found.bottom, bottom: last - found.top, by };
  }
  return best;
}

function distances(shown: readonly (Row | null)[], next: readonly Row[]): number[] {
  const places = new Map<Row, number[]>();
  shown.forEach((row, y) => {
    if (row === null || row.end === 0 || row === next[y]) return;
    const known = places.get(row);
    if (known) known.push(y);
    else places.set(row, [y]);
  });
  const votes = new Map<number, number>();
  next.forEach((row, y) => {
    if (row === shown[y]) return;
    for (const from of places.get(row) ?? []) votes.set(from - y, (votes.get(from - y) ?? 0) + 1);
  });
  votes.delete(0);
  return [...votes.entries()]
    .sort(([, a], [, b]) => b - a)
    .slice(0, CANDIDATES)
    .map(([by]) => by);
}

/** For rows moving up by `by`: the region whose rewriting costs least, and what it saves. */
function bestRegion(
  shown: readonly (Row | null)[],
  next: readonly Row[],
  by: number,
): { top: number; bottom: number; saved: number } {
  const count = next.length;
  const now = next.map((row, y) => difference(shown[y] ?? null, row));
  const moved = next.map((row, y) => (y + by < count ? difference(shown[y + by] ?? null, row) : Infinity));
  let best = { top: 0, bottom: 0, saved: 0 };
  for (let top = 0; top + by < count; top += 1) {
    let saved = -COST;
    for (let y = top; y + by < count; y += 1) {
      saved += (now[y] ?? 0) - (moved[y] ?? 0);
      let exposed = 0;
      for (let below = y + 1; below <= y + by; below += 1) exposed += (now[below] ?? 0) - (next[below]?.end ?? 0);
      if (saved + exposed > best.saved) best = { top, bottom: y + by, saved: saved + exposed };
    }
  }
  return best;
}

/** The rows after such a movement. */
export function scrolled(shown: readonly Row[], { top, bottom, by }: Scroll, blank: Row): Row[] {
  return shown.map((row, y) => {
    if (y < top || y > bottom) return row;
    const from = y + by;
    return from < top || from > bottom ? blank : (shown[from] ?? blank);
  });
}
