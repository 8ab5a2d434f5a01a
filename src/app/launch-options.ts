import type { TerminalModes } from '#terminal/modes.ts';

/**
 * What the launcher hands to the interactive program. `src/app/start.tsx` exports
 * `start(options: LaunchOptions): Promise<number>`, resolving to the exit code when the
 * operator has left.
 */
export interface LaunchOptions {
  readonly theme: 'dark' | 'light' | 'mono' | 'contrast';
  readonly glyphs: 'unicode' | 'ascii';
  /** Linear output on the normal screen, without animation, with the real cursor. */
  readonly screenReader: boolean;
  /** SQLite file, or the address of a PostgreSQL database; null: the default in the XDG data folder. */
  readonly database: string | null;
  /** Business date given on the command line (`YYYY-MM-DD`); null: the company's clock. */
  readonly today: string | null;
  /** What a confined session may use besides the database; null: an ordinary session. */
  readonly confined: { readonly exports: string | null } | null;
  /** The terminal's modes, entered already: give them to `openTerminal`. */
  readonly modes: TerminalModes;
  /** What the launcher has painted, row by row, for `openTerminal`; empty in screen-reader mode. */
  readonly painted: readonly string[];
  /**
   * Ends the launcher's reading of standard input and returns what was typed meanwhile, as the
   * terminal sent it: give it to `Input.feed` after `Input.attach`.
   */
  readonly takeInput: () => string;
  /** The structured log; classified fields only, never values from data. */
  readonly log: (event: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void;
}
