import type { SheetBlock, SheetRow } from '#domain/paper-sheet.ts';
import { LEADING } from './ink.ts';
import type { Pages } from './page.ts';

type Table = Extract<SheetBlock, { type: 'table' }>;

const GAP = 6;
const INDENT = 10;
const ROW_SPACE = 2;
/** Of the size of other text: in compact tables, and of rows that explain another. */
const COMPACT = 0.85;
const DETAIL = 0.88;

interface Placed {
  readonly x: number;
  readonly width: number;
}

/** Draws a table over as many pages as it takes, with its head on each. */
export async function drawTable(pages: Pages, table: Table): Promise<void> {
  const size = pages.sheet.fontSize * (table.compact ? COMPACT : 1);
  const places = placesOf(pages, table);
  pages.need(size * LEADING * 3);
  drawHead(pages, table, places, size);
  for (const row of table.rows) {
    drawRow(pages, table, places, row, size);
    await pages.breathe();
  }
  pages.y += size * 0.6;
}

function placesOf({ left, width }: Pages, { columns }: Table): Placed[] {
  const share = (width - GAP * (columns.length - 1)) / columns.reduce((sum, { weight }) => sum + weight, 0);
  let x = left;
  return columns.map(({ weight }) => {
    const place = { x, width: weight * share };
    x += place.width + GAP;
    return place;
  });
}

function drawHead(pages: Pages, { columns }: Table, places: readonly Placed[], size: number): void {
  const { ink } = pages;
  const setting = { size: size * 0.95, bold: true };
  const cells = columns.map(({ title }, at) => ink.wrap(title, places[at]!.width, setting));
  const lines = Math.max(...cells.map(({ length }) => length));
  for (const [at, { x, width }] of places.entries()) {
    for (const [line, text] of cells[at]!.entries()) {
      const y = pages.y + (lines - cells[at]!.length + line) * setting.size * LEADING;
      ink.line(text, x, y, width, { ...setting, align: columns[at]!.align });
    }
  }
  pages.y += lines * setting.size * LEADING + 1;
  ink.rule(pages.left, pages.y, pages.width);
  pages.y += 3;
}

/** A row stays together where a page can hold it; a longer one goes on after the head on the next. */
function drawRow(pages: Pages, table: Table, places: readonly Placed[], row: SheetRow, size: number): void {
  const { ink } = pages;
  const setting = { size: row.detail ? size * DETAIL : size, bold: row.strong === true };
  const indent = row.detail ? INDENT : 0;
  // Amounts stay in their column.
  const indentOf = (at: number): number => (table.columns[at]!.align === 'left' ? indent : 0);
  const cells = places.map(({ width }, at) => ink.wrap(row.cells[at] ?? '', width - indentOf(at), setting));
  const lines = Math.max(1, ...cells.map(({ length }) => length));
  const step = setting.size * LEADING;
  if (pages.need(Math.min(lines * step, pages.bottom - pages.top - 4 * step))) drawHead(pages, table, places, size);
  if (row.strong) ink.rule(pages.left, pages.y - 1, pages.width);
  for (let line = 0; line < lines; line++) {
    if (pages.need(step)) drawHead(pages, table, places, size);
    for (const [at, { x, width }] of places.entries()) {
      const { align } = table.columns[at]!;
      const text = cells[at]![line] ?? '';
      if (text === '') continue;
      ink.line(text, x + indentOf(at), pages.y, width - indentOf(at), { ...setting, align });
    }
    pages.y += step;
  }
  pages.y += table.compact ? 0 : ROW_SPACE;
}
