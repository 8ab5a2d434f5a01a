import { type LayoutBlock, PAGES, type PaperLayout } from '#domain/paper-layout.ts';
import type { Sheet, SheetBlock, SheetRow, SheetStub } from '#domain/paper-sheet.ts';
import type { Grid, PaperData } from './data.ts';
import { filled, inner, running } from './template.ts';
import { isNothing, type View, valueAt, viewOf } from './view.ts';

const AGEING = ['current', 'days30', 'days60', 'days90', 'older'] as const;
/** Of a report's columns the widest counts as much as so many characters. */
const WIDEST = 40;
const NARROWEST = 4;

/** Fills a layout with data: every text as it will stand on the paper. */
export function compose(layout: PaperLayout, data: PaperData): Sheet {
  const view = papersView(layout, data);
  const [width, height] = PAGES[layout.page];
  const turned = layout.landscape && height !== null;
  return {
    title: oneLine(filled(layout.title, view)),
    language: layout.locale,
    width: turned ? height : width,
    height: turned ? width : height,
    margin: layout.margin,
    fontSize: layout.fontSize,
    header: running(layout.header, view),
    footer: running(layout.footer, view),
    blocks: layout.blocks.flatMap((block) => blocksOf(block, layout, view, data)),
    stub: stubOf(layout, view),
  };
}

/** Subject and text of the e-mail that goes with a paper. */
export function composeMail(layout: PaperLayout, data: PaperData): { subject: string; body: string } {
  const view = papersView(layout, data);
  const { mail = { subject: layout.title, body: '' } } = layout;
  return { subject: oneLine(filled(mail.subject, view)), body: filled(mail.body, view).trim() };
}

/** A report's table is put in as it is. */
function papersView(layout: PaperLayout, data: PaperData): View {
  const { grid: _, ...rest } = data;
  return viewOf(rest, layout);
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

interface Dependent {
  readonly when?: string | undefined;
}

/** Whether what a block depends on is there. */
function isWanted({ when }: Dependent, view: View): boolean {
  if (when === undefined) return true;
  const absence = when.startsWith('!');
  return isNothing(valueAt(view, absence ? when.slice(1) : when)) === absence;
}

function blocksOf(block: LayoutBlock, layout: PaperLayout, view: View, data: PaperData): SheetBlock[] {
  if ('when' in block && !isWanted(block, view)) return [];
  const pairs = (rows: readonly ({ label: string; text: string } & Dependent)[]) =>
    rows
      .filter((row) => isWanted(row, view))
      .map(({ label, text }) => [filled(label, view), filled(text, view)] as const);
  switch (block.type) {
    case 'text': {
      const { align, bold, size = layout.fontSize } = block;
      const text = filled(block.text, view).trim();
      return text === '' ? [] : [{ type: 'text', text, size, align, bold }];
    }
    case 'address':
      return [{ type: 'address', text: lines(filled(block.text, view)), window: block.window }];
    case 'facts':
      return [{ type: 'facts', rows: pairs(block.rows), align: block.align }];
    case 'totals': {
      const rows = block.rows
        .filter((row) => isWanted(row, view))
        .map(({ label, text, strong }) => ({ label: filled(label, view), text: filled(text, view), strong }));
      return rows.length === 0 ? [] : [{ type: 'totals', rows }];
    }
    case 'table':
      return tableOf(block, layout, view);
    case 'ageing':
      return [
        {
          type: 'strip',
          boxes: AGEING.map((name, at) => [block.labels[at]!, filled(`{{ageing.${name}}}`, view)] as const),
        },
      ];
    case 'grid':
      return data.grid ? [gridOf(data.grid, block.compact)] : [];
    case 'rule':
    case 'page':
      return [{ type: block.type }];
    case 'space':
      return [{ type: 'space', points: block.points }];
  }
}

/** Without the empty ones, which an address has where a part of it is not known. */
const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

type TableBlock = Extract<LayoutBlock, { type: 'table' }>;

function tableOf(block: TableBlock, layout: PaperLayout, view: View): SheetBlock[] {
  const list = valueAt(view, block.of);
  const items = (Array.isArray(list) ? list : []) as readonly View[];
  if (items.length === 0) {
    const text = filled(block.empty ?? '', view);
    return text === '' ? [] : [{ type: 'text', text, size: layout.fontSize, align: 'left', bold: false }];
  }
  const rows = items.map((item): SheetRow => {
    const scope = inner(view, item);
    const cells = block.columns.map(({ text }) => filled(text, scope));
    return { cells, ...(item.detail === true && { detail: true }), ...(item.strong === true && { strong: true }) };
  });
  if (block.total) {
    const cells = block.columns.map(() => '');
    cells[0] = filled(block.total.label, view);
    cells[cells.length - 1] = filled(block.total.text, view);
    rows.push({ cells, strong: true });
  }
  const columns = block.columns.map(({ title, align, width }) => ({
    title: filled(title, view),
    align,
    weight: width,
  }));
  return [{ type: 'table', columns, rows, compact: block.compact }];
}

function gridOf({ columns, rows }: Grid, compact: boolean): SheetBlock {
  const weight = (at: number): number => {
    const longest = rows.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), columns[at]!.title.length);
    return Math.min(WIDEST, Math.max(NARROWEST, longest));
  };
  return {
    type: 'table',
    columns: columns.map(({ title, align }, at) => ({ title, align, weight: weight(at) })),
    rows: rows.map((cells) => ({ cells })),
    compact,
  };
}

function stubOf({ stub }: PaperLayout, view: View): SheetStub | null {
  if (!stub || !isWanted(stub, view)) return null;
  const scanLine = valueAt(view, 'scanLine');
  return {
    title: filled(stub.title, view),
    left: lines(filled(stub.left, view)),
    facts: stub.rows
      .filter((row) => isWanted(row, view))
      .map(({ label, text }) => [filled(label, view), filled(text, view)] as const),
    scanLine: typeof scanLine === 'string' && scanLine !== '' ? scanLine : null,
    height: stub.height,
  };
}
