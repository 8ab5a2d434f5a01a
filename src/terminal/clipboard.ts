/** Longest text, encoded, that terminals are known to take in one OSC 52 sequence. */
const LIMIT = 74_994;
/** GNU screen passes on no more than this in one control string. */
const SCREEN_CHUNK = 700;

export type Multiplexer = 'tmux' | 'screen' | null;

/** The multiplexer between this program and the terminal, if any. */
export function multiplexer(env: NodeJS.ProcessEnv): Multiplexer {
  if (env['TMUX']) return 'tmux';
  if (env['STY'] || env['TERM']?.startsWith('screen')) return 'screen';
  return null;
}

/**
 * The sequence that puts a text on the clipboard of the operator's own machine, through SSH,
 * tmux (with `allow-passthrough` or `set-clipboard on`) and screen; null when it is too long.
 * Terminals do not say whether they took it. Give it to `Screen.control`.
 */
export function clipboardSequence(text: string, within: Multiplexer = null): string | null {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  if (encoded.length > LIMIT) return null;
  const plain = `\x1b]52;c;${encoded}\x07`;
  if (within === 'tmux') return `${plain}\x1bPtmux;${plain.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
  if (within === 'screen')
    return chunks(plain)
      .map((part) => `\x1bP${part}\x1b\\`)
      .join('');
  return plain;
}

function chunks(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / SCREEN_CHUNK) }, (_, index) =>
    text.slice(index * SCREEN_CHUNK, (index + 1) * SCREEN_CHUNK),
  );
}
