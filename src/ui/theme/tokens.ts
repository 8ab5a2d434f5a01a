/** How a piece of text looks. Attributes always; colour only where the theme has any. */
export interface Style {
  readonly color?: string;
  readonly backgroundColor?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
  readonly underline?: boolean;
}

/** Meaning → style. Screens name meanings, never colours. */
export interface Theme {
  readonly name: 'dark' | 'light' | 'mono' | 'contrast';
  readonly text: Style;
  readonly dim: Style;
  readonly title: Style;
  readonly border: Style;
  readonly key: Style;
  readonly selected: Style;
  readonly marked: Style;
  readonly field: Style;
  readonly fieldActive: Style;
  readonly error: Style;
  readonly good: Style;
  readonly warning: Style;
  readonly bad: Style;
  readonly info: Style;
  readonly match: Style;
  readonly glyphs: Glyphs;
}

/** Every drawn sign, in Unicode or ASCII; each one cell wide. */
export interface Glyphs {
  readonly name: 'unicode' | 'ascii';
  readonly cursor: string;
  readonly mark: string;
  readonly up: string;
  readonly down: string;
  readonly left: string;
  readonly right: string;
  readonly crumb: string;
  readonly ellipsis: string;
  readonly bullet: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly corners: readonly [string, string, string, string];
  readonly tees: readonly [left: string, right: string, top: string, bottom: string, cross: string];
  readonly bar: string;
  readonly halfBar: string;
  readonly check: string;
}
