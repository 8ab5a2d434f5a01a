import type { InputEvent } from '#keymap/keys.ts';
import { cellWidth, graphemes } from '../width.ts';

/** A text being typed. The cursor counts UTF-16 units and always stands between graphemes. */
export interface FieldState {
  readonly text: string;
  readonly cursor: number;
}

export interface FieldRules {
  readonly multiline?: boolean;
  /** Most characters, as people count them. */
  readonly maxLength?: number;
}

/** A field holding this text, the cursor behind it. */
export const emptyField = (text = ''): FieldState => ({ text, cursor: text.length });

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

function before(state: FieldState): number {
  const last = graphemes(state.text.slice(0, state.cursor)).at(-1);
  return state.cursor - (last?.length ?? 0);
}

function after(state: FieldState): number {
  return state.cursor + (graphemes(state.text.slice(state.cursor))[0]?.length ?? 0);
}

function wordLeft({ text, cursor }: FieldState): number {
  return cursor - (/(?:[\p{L}\p{N}]+|[^\p{L}\p{N}\s]+)?\s*$/u.exec(text.slice(0, cursor))?.[0].length ?? 0);
}

function wordRight({ text, cursor }: FieldState): number {
  return cursor + (/^\s*(?:[\p{L}\p{N}]+|[^\p{L}\p{N}\s]+)?/u.exec(text.slice(cursor))?.[0].length ?? 0);
}

const lineStart = ({ text, cursor }: FieldState) => text.lastIndexOf('\n', cursor - 1) + 1;

function lineEnd({ text, cursor }: FieldState): number {
  const end = text.indexOf('\n', cursor);
  return end < 0 ? text.length : end;
}

const remove = ({ text }: FieldState, from: number, to: number): FieldState => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
});

/** What was typed or pasted, without what a field cannot hold, as far as there is room. */
function insert(state: FieldState, typed: string, rules: FieldRules): FieldState {
  const clean = typed.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ').replaceAll(CONTROL, '');
  let text = rules.multiline ? clean : clean.replace(/\n+$/, '').replaceAll(/\n+/g, ' ');
  if (rules.maxLength !== undefined) {
    const room = rules.maxLength - graphemes(state.text).length;
    text = graphemes(text).slice(0, Math.max(0, room)).join('');
  }
  return {
    text: state.text.slice(0, state.cursor) + text + state.text.slice(state.cursor),
    cursor: state.cursor + text.length,
  };
}

function upOrDown(state: FieldState, step: -1 | 1): FieldState {
  const start = lineStart(state);
  const column = graphemes(state.text.slice(start, state.cursor)).length;
  const target = step < 0 ? start - 1 : lineEnd(state) + 1;
  if (target < 0 || target > state.text.length) return state;
  const from = step < 0 ? lineStart({ text: state.text, cursor: target }) : target;
  const to = lineEnd({ text: state.text, cursor: from });
  const reach = graphemes(state.text.slice(from, to)).slice(0, column).join('').length;
  return { text: state.text, cursor: from + reach };
}

const edits: Readonly<Record<string, (state: FieldState) => FieldState>> = {
  left: (state) => ({ ...state, cursor: before(state) }),
  right: (state) => ({ ...state, cursor: after(state) }),
  home: (state) => ({ ...state, cursor: lineStart(state) }),
  end: (state) => ({ ...state, cursor: lineEnd(state) }),
  'ctrl+a': (state) => ({ ...state, cursor: lineStart(state) }),
  'ctrl+e': (state) => ({ ...state, cursor: lineEnd(state) }),
  'ctrl+left': (state) => ({ ...state, cursor: wordLeft(state) }),
  'ctrl+right': (state) => ({ ...state, cursor: wordRight(state) }),
  'alt+left': (state) => ({ ...state, cursor: wordLeft(state) }),
  'alt+right': (state) => ({ ...state, cursor: wordRight(state) }),
  'alt+b': (state) => ({ ...state, cursor: wordLeft(state) }),
  'alt+f': (state) => ({ ...state, cursor: wordRight(state) }),
  backspace: (state) => remove(state, before(state), state.cursor),
  delete: (state) => remove(state, state.cursor, after(state)),
  'ctrl+w': (state) => remove(state, wordLeft(state), state.cursor),
  'alt+backspace': (state) => remove(state, wordLeft(state), state.cursor),
  'ctrl+u': (state) => remove(state, lineStart(state), state.cursor),
  'ctrl+k': (state) => remove(state, state.cursor, lineEnd(state)),
};

/** The field after an input; null when it is none that a field uses. */
export function fieldInput(state: FieldState, event: InputEvent, rules: FieldRules = {}): FieldState | null {
  if (event.type === 'paste') return insert(state, event.text, rules);
  const edit = edits[event.key];
  if (edit) return edit(state);
  if (rules.multiline) {
    if (event.key === 'enter') return insert(state, '\n', rules);
    if (event.key === 'up') return upOrDown(state, -1);
    if (event.key === 'down') return upOrDown(state, 1);
  }
  if (event.text === undefined || /^(?:ctrl|alt)\+/.test(event.key)) return null;
  return insert(state, event.text, rules);
}

/** What is seen of a one-line field, and in which cell of it the cursor stands. */
export interface FieldWindow {
  readonly text: string;
  readonly x: number;
}

/** The part of the text around the cursor that fits; secrets as dots, one a character. */
export function fieldWindow(state: FieldState, width: number, mask?: string): FieldWindow {
  const hidden = (text: string) => (mask === undefined ? text : mask.repeat(graphemes(text).length));
  const left = graphemes(hidden(state.text.slice(0, state.cursor)));
  const right = graphemes(hidden(state.text.slice(state.cursor)));
  let head = '';
  let used = 0;
  for (let index = left.length - 1; index >= 0; index -= 1) {
    const cells = cellWidth(left[index]!);
    if (used + cells > width - 1) break;
    head = left[index] + head;
    used += cells;
  }
  const x = used;
  let tail = '';
  for (const character of right) {
    const cells = cellWidth(character);
    if (used + cells > width) break;
    tail += character;
    used += cells;
  }
  return { text: head + tail, x };
}

/** Rows of a multiline field around the cursor, wrapped hard at the width, and the cursor's place among them. */
export function fieldLines(
  state: FieldState,
  width: number,
  rows: number,
): { readonly lines: readonly string[]; readonly x: number; readonly y: number } {
  const lines: string[] = [''];
  let cells = 0;
  let at = 0;
  let place = { x: 0, y: 0 };
  for (const character of [...graphemes(state.text), '']) {
    if (at === state.cursor) place = { x: cells, y: lines.length - 1 };
    at += character.length;
    if (character === '\n') {
      lines.push('');
      cells = 0;
      continue;
    }
    const wide = cellWidth(character);
    if (cells + wide >= width) {
      lines.push('');
      cells = 0;
      if (at - character.length === state.cursor) place = { x: 0, y: lines.length - 1 };
    }
    lines[lines.length - 1] += character;
    cells += wide;
  }
  const top = Math.max(0, Math.min(place.y - rows + 1, lines.length - rows));
  const first = place.y < top ? place.y : top;
  return { lines: lines.slice(first, first + rows), x: place.x, y: place.y - first };
}
