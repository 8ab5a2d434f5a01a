/**
 * A key in the one vocabulary of the program: `a`, `A`, `?`, `f5`, `enter`, `pagedown`,
 * `ctrl+s`, `alt+1`, `shift+down`. Modifiers in the order ctrl, alt, shift; a shifted
 * letter is the capital itself. Shift with `f1` to `f12` is `f13` to `f24`: most terminals send the same for both.
 */
export type Key = string;

/** What the terminal said, after decoding: one key press, or one pasted text. */
export type InputEvent =
  | { readonly type: 'key'; readonly key: Key; /** The character typed, when the key is one. */ readonly text?: string }
  | { readonly type: 'paste'; readonly text: string };

/**
 * What becomes of an input that something had the first chance at: true when it is used up, false
 * when it is another's. A promise: used up, and what it began is waited for as for a command, so
 * that what is typed meanwhile is kept and a failure is said.
 */
export type Taken = boolean | Promise<void>;
