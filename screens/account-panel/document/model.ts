import type { Tone } from '#ui/theme/themes.ts';

/** A piece of a line, with its tone where it has one. */
export type Piece = string | readonly [text: string, tone: Tone];

/** One line of a read-only page: a heading, a fact, a row of a little table. */
export interface DocLine {
  /** Unique on the page; the cursor stands on it through reloads and resizes. */
  readonly id: string;
  readonly pieces: readonly Piece[];
  /** Shown at the right edge of the column. */
  readonly right?: readonly Piece[];
  /** Indent under which a last piece that is too long goes on in further lines. */
  readonly hang?: number;
  /** Headings and blank lines are passed over by the cursor. */
  readonly still?: boolean;
  /** What `y` copies, and how that is called. */
  readonly copy?: { readonly label: string; readonly value: string };
  /** Words of the line that terminals open as a link, and the address that the program made for them. */
  readonly link?: { readonly text: string; readonly address: string };
  /** What Enter does, in the words of the tab that made the line. */
  readonly action?: LineAction;
  /** The part of the tab that begins here, for jumps. */
  readonly part?: number;
}

export type LineAction =
  | { readonly kind: 'tab'; readonly tab: string; readonly record?: number }
  | { readonly kind: 'record'; readonly what: string; readonly id: number };

/** A page: columns side by side, each with its share of the width. */
export interface DocPage {
  readonly columns: readonly DocColumn[];
}

export interface DocColumn {
  readonly width: number;
  readonly lines: readonly DocLine[];
}

/** Where the operator is on a page; plain data. */
export interface DocState {
  /** Id of the line under the cursor; null stands for the first. */
  readonly at: string | null;
  /** First line in sight of each column. */
  readonly tops: readonly number[];
}

export const newDoc: DocState = { at: null, tops: [] };

/** Cells between two columns: space, rule, space. */
export const GUTTER = 3;

/** The widths of columns that share a width in these proportions. */
export function columnWidths(width: number, shares: readonly number[]): number[] {
  const room = width - GUTTER * (shares.length - 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((room * share) / total));
  widths[widths.length - 1]! += room - widths.reduce((sum, cells) => sum + cells, 0);
  return widths;
}

export interface Place {
  readonly column: number;
  readonly index: number;
}

const reachable = (line: DocLine): boolean => !line.still;

/** Where the cursor stands; undefined on a page without a line to stand on. */
export function placeOf({ columns }: DocPage, { at }: DocState): Place | undefined {
  let first: Place | undefined;
  for (const [column, { lines }] of columns.entries()) {
    for (const [index, line] of lines.entries()) {
      if (line.still) continue;
      if (line.id === at) return { column, index };
      first ??= { column, index };
    }
  }
  return first;
}

export const lineAt = (page: DocPage, place: Place | undefined): DocLine | undefined =>
  place && page.columns[place.column]?.lines[place.index];

/** First line in sight of a column so that the cursor, and the heading right above it, are in sight. */
export function topOf(column: DocColumn, top: number, cursor: number | null, height: number): number {
  const last = Math.max(0, column.lines.length - height);
  let first = Math.max(0, Math.min(top, last));
  if (cursor === null) return first;
  let above = cursor;
  while (above > 0 && column.lines[above - 1]!.still && cursor - above < height - 1) above -= 1;
  if (above < first) first = above;
  if (cursor >= first + height) first = cursor - height + 1;
  return Math.max(0, Math.min(first, last));
}

/** The first lines in sight, whatever the state said before (a reload, a resize). */
export function topsOf(page: DocPage, state: DocState, height: number): number[] {
  const place = placeOf(page, state);
  return page.columns.map((column, index) =>
    topOf(column, state.tops[index] ?? 0, place?.column === index ? place.index : null, height),
  );
}

function goTo(page: DocPage, state: DocState, place: Place, height: number): DocState {
  const next = { ...state, at: lineAt(page, place)!.id };
  return { ...next, tops: topsOf(page, next, height) };
}

export type DocMove = 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end' | 'left' | 'right';

/** The nearest line to stand on, from an index on in a direction, else in the other. */
function nearest(lines: readonly DocLine[], from: number, step: 1 | -1): number | undefined {
  for (let index = from; index >= 0 && index < lines.length; index += step) if (reachable(lines[index]!)) return index;
  for (let index = from; index >= 0 && index < lines.length; index -= step) if (reachable(lines[index]!)) return index;
  return undefined;
}

/** The cursor moved by lines or pages within its column, or to the column beside. */
export function moveDoc(page: DocPage, state: DocState, move: DocMove, height: number): DocState {
  const place = placeOf(page, state);
  if (!place) return state;
  if (move === 'left' || move === 'right') return sideways(page, state, place, move === 'left' ? -1 : 1, height);
  const { lines } = page.columns[place.column]!;
  const by = { up: -1, down: 1, pageUp: 1 - height, pageDown: height - 1, home: -lines.length, end: lines.length }[
    move
  ];
  const wanted = Math.max(0, Math.min(lines.length - 1, place.index + by));
  const index = nearest(lines, wanted, by < 0 ? -1 : 1);
  return index === undefined ? state : goTo(page, state, { column: place.column, index }, height);
}

/** Beside, at the same height of the screen. */
function sideways(page: DocPage, state: DocState, place: Place, by: 1 | -1, height: number): DocState {
  const column = place.column + by;
  const target = page.columns[column];
  if (!target) return state;
  const tops = topsOf(page, state, height);
  const row = place.index - tops[place.column]!;
  const wanted = Math.max(0, Math.min(target.lines.length - 1, tops[column]! + row));
  const index = nearest(target.lines, wanted, -1);
  return index === undefined ? state : goTo(page, state, { column, index }, height);
}

/** The cursor on the first line of a part. */
export function revealPart(page: DocPage, state: DocState, part: number, height: number): DocState {
  for (const [column, { lines }] of page.columns.entries()) {
    const begin = lines.findIndex((line) => line.part === part);
    const index = begin < 0 ? undefined : nearest(lines, begin, 1);
    if (index !== undefined) return goTo(page, state, { column, index }, height);
  }
  return state;
}
