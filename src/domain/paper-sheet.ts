/*
 * What is put on paper, with every text as it will be read: made from a layout and the data, and
 * drawn by the press. Sizes are points (1/72 inch).
 */

export type Align = 'left' | 'right' | 'center';

/** A piece of the line at the head or foot of each page: text, or a number that only the press knows. */
export type RunningPart = string | { readonly count: 'page' | 'pages' };

export interface SheetColumn {
  readonly title: string;
  readonly align: Align;
  /** Share of the width. */
  readonly weight: number;
}

export interface SheetRow {
  readonly cells: readonly string[];
  readonly strong?: boolean;
  /** A row that explains the one above it: smaller, set in. */
  readonly detail?: boolean;
}

export type SheetBlock =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly size: number;
      readonly align: Align;
      readonly bold: boolean;
    }
  /** The address, at the place where an envelope's window shows it; further down the page when that is taken. */
  | { readonly type: 'address'; readonly text: string; readonly window: 'left' | 'right' | 'none' }
  /** Labels and values, one below the other, at one side of the page. */
  | {
      readonly type: 'facts';
      readonly rows: readonly (readonly [label: string, text: string])[];
      readonly align: 'left' | 'right';
    }
  /** The head is repeated on every page that the table reaches. */
  | {
      readonly type: 'table';
      readonly columns: readonly SheetColumn[];
      readonly rows: readonly SheetRow[];
      readonly compact: boolean;
    }
  | {
      readonly type: 'totals';
      readonly rows: readonly { readonly label: string; readonly text: string; readonly strong: boolean }[];
    }
  /** A strip of boxes side by side, each with a heading and an amount. */
  | { readonly type: 'strip'; readonly boxes: readonly (readonly [label: string, text: string])[] }
  | { readonly type: 'rule' }
  | { readonly type: 'space'; readonly points: number }
  | { readonly type: 'page' };

/** The part at the foot of the first page that goes back with the money. */
export interface SheetStub {
  readonly title: string;
  readonly left: string;
  readonly facts: readonly (readonly [label: string, text: string])[];
  readonly scanLine: string | null;
  readonly height: number;
}

export interface Sheet {
  readonly title: string;
  readonly language: string;
  readonly width: number;
  /** Null: as long as what is on it, for rolls of paper. */
  readonly height: number | null;
  readonly margin: number;
  readonly fontSize: number;
  /** On the second page and those after it. */
  readonly header: readonly RunningPart[];
  readonly footer: readonly RunningPart[];
  readonly blocks: readonly SheetBlock[];
  readonly stub: SheetStub | null;
}
