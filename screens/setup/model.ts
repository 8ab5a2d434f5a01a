import { CODE_AREAS, type CodeTable } from '#domain/code-tables/table.ts';
import { CODE_TABLES } from '#domain/code-tables/index.ts';
import type { CodeTableCount } from '#services/code-tables/list.ts';
import type { CodeRow } from '#services/code-tables/store.ts';
import type { ScreenContext, Size } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** A line of the list on the left: a table of codes, or a screen that owns another part of setup. */
export interface SetupEntry {
  readonly key: string;
  readonly area: string;
  readonly title: string;
  readonly words: string;
  readonly table: CodeTable | null;
  /** The screen that it opens, where it is no table. */
  readonly screen: string | null;
  readonly codes: number | null;
  readonly retired: number;
}

export interface SetupState {
  readonly pane: 'tables' | 'codes';
  readonly tables: ListState;
  readonly codes: ListState;
  readonly entries: readonly SetupEntry[];
  /** The table whose codes are shown, and its codes. */
  readonly shown: string | null;
  readonly rows: readonly CodeRow[];
  readonly loaded: boolean;
}

export type SetupContext = ScreenContext<SetupParams | undefined, SetupState>;

/** `=SET document_type` opens at that table. */
export interface SetupParams {
  readonly table: string;
}

export const createSetup = (): SetupState => ({
  pane: 'tables',
  tables: newList(),
  codes: newList(),
  entries: [],
  shown: null,
  rows: [],
  loaded: false,
});

const elsewhere = (key: string, title: string, words: string): SetupEntry => ({
  key,
  area: 'Company',
  title,
  words,
  table: null,
  screen: key,
  codes: null,
  retired: 0,
});

/** Parts of setup with screens of their own. */
const SCREENS: readonly SetupEntry[] = [
  elsewhere(
    'options',
    'Company options',
    'What the company has chosen, each option with its meaning and its standard.',
  ),
  elsewhere('groups', 'Groups and rights', 'Groups of users, what each may do and whose customers it sees.'),
  elsewhere('paper-formats', 'Paper formats', 'How statements, receipts and reports look.'),
  elsewhere('periods', 'Accounting periods', 'Which months of the books are open.'),
];

/** The list on the left, with how many codes each table has. */
export function entriesOf(counts: readonly CodeTableCount[]): SetupEntry[] {
  const of = new Map(counts.map((count) => [count.table, count]));
  const tables = CODE_TABLES.filter(({ hidden }) => !hidden).map((table): SetupEntry => {
    const { name, title, words, area } = table;
    const { codes, retired } = of.get(name) ?? { codes: 0, retired: 0 };
    return { key: name, area: CODE_AREAS[area], title, words, table, screen: null, codes, retired };
  });
  const order = Object.values<string>(CODE_AREAS);
  return [...tables.toSorted((a, b) => order.indexOf(a.area) - order.indexOf(b.area)), ...SCREENS];
}

/** Both panes side by side from this width on; one at a time below it. */
const BOTH_FROM = 100;
export const isWide = ({ columns }: Size): boolean => columns >= BOTH_FROM;
export const LEFT = 50;
