import type { SheetBlock } from '#domain/paper-sheet.ts';
import { LEADING } from './ink.ts';
import type { Pages } from './page.ts';
import { drawTable } from './table.ts';

type Of<T extends SheetBlock['type']> = Extract<SheetBlock, { type: T }>;

/** Where the windows of usual envelopes (No. 10, DL) show the address when the sheet is folded in three. */
const WINDOW = { top: 140, height: 72, left: 66, right: 330, width: 240 } as const;

/** Draws the blocks of a sheet from the top of its first page. */
export async function drawBlocks(pages: Pages): Promise<void> {
  let beside: number | null = null;
  for (const block of pages.sheet.blocks) {
    const from = pages.y;
    if (block.type === 'facts' && block.align === 'right' && beside !== null) {
      // Facts at the right stand beside the address that they follow.
      const after = pages.y;
      pages.y = beside;
      drawFacts(pages, block);
      pages.y = Math.max(pages.y, after);
    } else {
      await draw(pages, block);
    }
    beside =
      block.type === 'address' && block.window !== 'right' ? Math.max(from, pages.y - heightOf(pages, block)) : null;
  }
}

async function draw(pages: Pages, block: SheetBlock): Promise<void> {
  switch (block.type) {
    case 'text':
      pages.text(block.text, block.size, block.align, block.bold);
      pages.y += 2;
      return;
    case 'address':
      return drawAddress(pages, block);
    case 'facts':
      return drawFacts(pages, block);
    case 'table':
      return drawTable(pages, block);
    case 'totals':
      return drawTotals(pages, block);
    case 'strip':
      return drawStrip(pages, block);
    case 'rule':
      pages.ink.rule(pages.left, pages.y + 3, pages.width);
      pages.y += 6;
      return;
    case 'space':
      pages.y += block.points;
      return;
    case 'page':
      pages.next();
  }
}

const linesOf = (pages: Pages, { text }: Of<'address'>): string[] =>
  pages.ink.wrap(text, WINDOW.width, { size: pages.sheet.fontSize + 1 });

function heightOf(pages: Pages, block: Of<'address'>): number {
  const own = linesOf(pages, block).length * (pages.sheet.fontSize + 1) * LEADING;
  return block.window === 'none' ? own : Math.max(WINDOW.height, own);
}

function drawAddress(pages: Pages, block: Of<'address'>): void {
  const size = pages.sheet.fontSize + 1;
  if (block.window !== 'none') pages.y = Math.max(pages.y, WINDOW.top);
  const x = block.window === 'none' ? pages.left : WINDOW[block.window];
  for (const [at, line] of linesOf(pages, block).entries()) {
    pages.ink.line(line, x, pages.y + at * size * LEADING, WINDOW.width, { size });
  }
  pages.y += heightOf(pages, block);
}

function drawFacts(pages: Pages, { rows, align }: Of<'facts'>): void {
  const { ink, left, width, sheet } = pages;
  const size = sheet.fontSize;
  // On a roll there is no room for two sides.
  const half = width < 300 ? width : width * 0.48;
  const x = align === 'right' ? left + width - half : left;
  const labels = Math.min(half * 0.45, Math.max(...rows.map(([label]) => ink.width(label, { size }))) + 8);
  for (const [label, text] of rows) {
    const lines = ink.wrap(text, half - labels, { size, bold: true });
    pages.need(lines.length * size * LEADING);
    ink.line(label, x, pages.y, labels, { size });
    for (const line of lines) {
      ink.line(line, x + labels, pages.y, half - labels, { size, bold: true });
      pages.y += size * LEADING;
    }
  }
  pages.y += 4;
}

const AMOUNT = 90;
const LABEL = 220;

function drawTotals(pages: Pages, { rows }: Of<'totals'>): void {
  const { ink, left, width, sheet } = pages;
  const size = sheet.fontSize;
  const amount = Math.min(AMOUNT, width * 0.4);
  const label = Math.min(LABEL, width - amount);
  for (const row of rows) {
    pages.need(size * LEADING * 1.2);
    const setting = { size, bold: row.strong };
    const x = left + width - amount - label;
    if (row.strong) ink.rule(x, pages.y - 1, amount + label);
    ink.line(row.label, x, pages.y + 1, label, setting);
    ink.line(row.text, x + label, pages.y + 1, amount, { ...setting, align: 'right' });
    pages.y += size * LEADING + 2;
  }
  pages.y += 4;
}

function drawStrip(pages: Pages, { boxes }: Of<'strip'>): void {
  const { ink, left, width, sheet } = pages;
  const size = sheet.fontSize;
  const height = size * LEADING * 2 + 6;
  pages.need(height + 4);
  const each = width / boxes.length;
  for (const [at, [label, text]] of boxes.entries()) {
    const x = left + at * each;
    ink.doc.lineWidth(0.5).rect(x, pages.y, each, height).stroke('#555555');
    ink.line(label, x, pages.y + 3, each, { size: size * 0.85, align: 'center' });
    ink.line(text, x, pages.y + 3 + size * LEADING, each, { size, bold: true, align: 'center' });
  }
  pages.y += height + 8;
}
