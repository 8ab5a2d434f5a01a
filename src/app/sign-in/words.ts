import type { LastSignIn } from '#services/users/last-sign-in.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** An instant (epoch ms) by the clock of this machine: `2026-11-25 14:02`. */
export function localTime(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What somebody is told after signing in; null when there is nothing to tell. */
export function lastSignInWords({ at, origin, failures }: LastSignIn): string | null {
  const before = at === null ? null : `Last sign-in ${localTime(at)}${origin === null ? '' : ` from ${origin}`}.`;
  const tries = failures === 1 ? '1 wrong try since.' : `${failures} wrong tries since.`;
  return [before, failures > 0 ? tries : null].filter((part) => part !== null).join(' ') || null;
}
