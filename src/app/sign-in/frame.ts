import type { Style, Theme } from '#ui/theme/tokens.ts';

/** A piece of a line; as `Segment` of the widgets, which this must not load. */
type Piece = string | readonly [text: string, style: Style | undefined];

/** What the sign-in screen shows. The launcher paints it with nothing typed before Ink is loaded. */
export interface SignInFrame {
  readonly columns: number;
  readonly rows: number;
  readonly theme: Theme;
  /** Already cut to {@link FIELD_WIDTH} cells and masked. */
  readonly username: string;
  readonly password: string;
  readonly focus: 'username' | 'password';
  readonly message: string;
  readonly messageStyle?: Style;
  /** Lines below the card: demo users, progress of the first start. */
  readonly below: readonly (readonly Piece[])[];
}

export const FIELD_WIDTH = 28;
const CARD = 48;
const CARD_ROWS = 7;

/** Top left cell of the card. */
export function cardPlace(columns: number, rows: number): { readonly x: number; readonly y: number } {
  return { x: Math.max(0, (columns - CARD) >> 1), y: Math.max(1, Math.min(6, Math.floor((rows - CARD_ROWS) / 3))) };
}

/** Cell of a field's first character. */
export function fieldPlace(
  columns: number,
  rows: number,
  field: 'username' | 'password',
): { readonly x: number; readonly y: number } {
  const card = cardPlace(columns, rows);
  return { x: card.x + 12, y: card.y + (field === 'username' ? 2 : 3) };
}

/** The frame of a start: nothing typed, nothing known yet. */
export const emptySignIn = (columns: number, rows: number, theme: Theme): SignInFrame => ({
  columns,
  rows,
  theme,
  username: '',
  password: '',
  focus: 'username',
  message: 'Opening the database',
  below: [],
});

/** Every row of the sign-in screen as pieces: exactly `rows` of them, none wider than `columns`. */
export function signInRows(frame: SignInFrame): Piece[][] {
  const { columns, rows, theme } = frame;
  const { glyphs } = theme;
  const { x, y } = cardPlace(columns, rows);
  const width = Math.min(CARD, columns);
  const indent = ' '.repeat(x);
  const side: Piece = [glyphs.vertical, theme.border];
  const inside = (pieces: Piece[], cells: number): Piece[] => [
    indent,
    side,
    ' ',
    ...pieces,
    ' '.repeat(Math.max(0, width - 4 - cells)),
    ' ',
    side,
  ];
  const field = (label: string, text: string, active: boolean): Piece[] =>
    inside(
      [
        [label, active ? theme.key : theme.text],
        [text.padEnd(FIELD_WIDTH), active ? theme.fieldActive : theme.field],
      ],
      label.length + FIELD_WIDTH,
    );
  const message = frame.message.slice(0, width - 4);
  const title = ' Sign in ';
  const card: Piece[][] = [
    [
      indent,
      [glyphs.corners[0], theme.border],
      [title, theme.title],
      [glyphs.horizontal.repeat(width - 2 - title.length) + glyphs.corners[1], theme.border],
    ],
    inside([], 0),
    field('User      ', frame.username, frame.focus === 'username'),
    field('Password  ', frame.password, frame.focus === 'password'),
    inside([], 0),
    inside([[message, frame.messageStyle ?? theme.dim]], message.length),
    [indent, [glyphs.corners[2] + glyphs.horizontal.repeat(width - 2) + glyphs.corners[3], theme.border]],
  ];
  const all: Piece[][] = Array.from({ length: rows }, () => []);
  all[0] = [[' meterdesk', theme.title]];
  for (const [index, row] of card.entries()) if (y + index < rows - 1) all[y + index] = row;
  for (const [index, row] of frame.below.entries()) {
    const at = y + CARD_ROWS + 1 + index;
    if (at < rows - 1) all[at] = [indent, ...row];
  }
  const keys: [string, string][] = [
    ['Enter', 'Sign in'],
    ['Tab', 'Next field'],
    ['Ctrl+C', 'Leave'],
  ];
  all[rows - 1] = keys.flatMap(([key, label]): Piece[] => [' ', [key, theme.key], ` ${label} `]);
  return all;
}
