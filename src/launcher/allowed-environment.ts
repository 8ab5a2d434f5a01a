type Env = Readonly<Record<string, string | undefined>>;

const WORD = /^[\w.@:+-]{1,64}$/;

/**
 * What a confined session takes from its environment: how the terminal draws, the language, and
 * what sshd and sudo say of the line and the person. Everything else (`NODE_OPTIONS`, `LD_PRELOAD`,
 * `EDITOR`, `HOME`, the program's own variables …) could change what it does.
 */
const ALLOWED: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^(?:TERM|COLORTERM|LANG|LC_[A-Z]{1,20})$/, WORD],
  [/^COLORFGBG$/, /^[\w;]{1,32}$/],
  [/^NO_COLOR$/, /^[\x20-\x7e]{1,16}$/],
  [/^SSH_CONNECTION$/, /^[\da-fA-F.:%\w-]{1,64}(?: [\da-fA-F.:%\w-]{1,64}){1,3}$/],
  [/^SSH_TTY$/, /^\/dev\/[\w/]{1,32}$/],
  [/^SUDO_USER$/, /^[\w.@-]{1,64}$/],
  [/^SUDO_UID$/, /^\d{1,10}$/],
];

/** The variables of an environment that a confined session may have. */
export function allowedEnvironment(env: Env): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && ALLOWED.some(([names, values]) => names.test(name) && values.test(value))) {
      kept[name] = value;
    }
  }
  return kept;
}
