/** First row shown so that the cursor's is among `rows`, moving no more than needed. */
export function windowTop(top: number, cursor: number, rows: number, count: number): number {
  let first = Math.max(0, Math.min(top, count - rows));
  if (cursor < first) first = cursor;
  if (cursor >= first + rows) first = cursor - rows + 1;
  return first;
}

/** A place after a step, held within the list. */
export const stepped = (cursor: number, step: number, count: number): number =>
  Math.max(0, Math.min(count - 1, cursor + step));
