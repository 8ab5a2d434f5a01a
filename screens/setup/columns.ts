import { attributeShown } from '#domain/code-tables/attribute-text.ts';
import { ownCode } from '#domain/code-tables/index.ts';
import type { CodeAttribute, CodeTable } from '#domain/code-tables/table.ts';
import type { CodeRow } from '#services/code-tables/store.ts';
import type { Column } from '#ui/table/columns.ts';
import { cellWidth } from '#ui/width.ts';
import type { SetupEntry } from './model.ts';

const title: Column<SetupEntry> = {
  id: 'title',
  title: 'Table',
  min: 28,
  max: 34,
  grow: 1,
  priority: 9,
  text: (entry) => entry.title,
};
const codes: Column<SetupEntry> = {
  id: 'codes',
  title: 'Codes',
  min: 5,
  align: 'right',
  priority: 8,
  text: (entry) => (entry.codes === null ? '' : String(entry.codes)),
  sortKey: (entry) => entry.codes,
};
const area: Column<SetupEntry> = {
  id: 'area',
  title: 'Area',
  min: 9,
  priority: 5,
  text: (entry) => entry.area,
  tone: () => 'dim',
};
const retired: Column<SetupEntry> = {
  id: 'retired',
  title: 'Retired',
  min: 7,
  align: 'right',
  priority: 3,
  text: (entry) => (entry.retired === 0 ? '' : String(entry.retired)),
  tone: () => 'dim',
};

/** Tables alone on the screen, or on the left of the codes. */
export const TABLES_ALONE: readonly Column<SetupEntry>[] = [title, codes, retired, area];
export const TABLES_BESIDE: readonly Column<SetupEntry>[] = [title, codes, area];

const wordsOf = ({ system, active }: CodeRow): string =>
  [system === 1 ? 'system' : '', active === 1 ? '' : 'retired'].filter(Boolean).join(', ');

const FIGURES: ReadonlySet<string> = new Set(['amount', 'percent', 'number']);

function columnOf({ name, label, kind }: CodeAttribute, place: number): Column<CodeRow> {
  const value = (row: CodeRow): unknown => row.attributes[name];
  const widths = kind.as === 'choice' ? Object.values(kind.values).map(cellWidth) : [];
  return {
    id: name,
    title: label,
    min: Math.max(4, Math.min(16, Math.max(label.length, ...widths))),
    max: 24,
    grow: kind.as === 'flag' ? 0 : 1,
    priority: 5 - Math.min(4, place),
    align: FIGURES.has(kind.as) ? 'right' : 'left',
    text: (row) => attributeShown(kind, value(row)),
    sortKey: (row) => {
      const kept = value(row);
      return typeof kept === 'number' ? kept : attributeShown(kind, kept);
    },
  };
}

/** Codes of a table with their attributes as columns; those set aside are in the form alone. */
export function codeColumns(table: CodeTable): readonly Column<CodeRow>[] {
  const tone = ({ active }: CodeRow) => (active === 1 ? ('text' as const) : ('dim' as const));
  return [
    {
      id: 'code',
      title: table.codeLabel ?? 'Code',
      min: Math.min(14, Math.max(6, table.codeMost)),
      max: 24,
      grow: 1,
      priority: 9,
      text: (row) => (table.within === undefined ? row.code : ownCode(table, row.code)),
      value: (row) => row.code,
      tone,
    },
    { id: 'name', title: 'Name', min: 16, max: 44, grow: 3, priority: 8, text: (row) => row.name, tone },
    ...table.attributes.filter(({ aside }) => !aside).map(columnOf),
    { id: 'state', title: 'State', min: 7, priority: 7, text: wordsOf, tone: () => 'dim' },
  ];
}
