/** Failures in a row after which nobody may try for a while (guide: reliability §5.6). */
export const FAILURES_ALLOWED = 10;
/** Failures in a row after which only an administrator lets the user try again (NIST SP 800-63B: at most 100). */
export const FAILURES_AT_MOST = 100;
const LOCKED_MS = 30 * 60_000;
/** Longest wait short of a lock, ms; also the longest for the last administrator, whom nobody could let in. */
const LONGEST_DELAY_MS = 60_000;
/** The first two slips cost nothing. */
const FREE = 2;

/** How the last tries of somebody ended. */
export interface Tries {
  /** In a row, since the last right one. */
  readonly failures: number;
  /** Epoch ms; null: never. */
  readonly lastFailedAt: number | null;
}

/** How long after its last failure a user waits: 0, 0, 1, 2, 4, 8 … seconds; half an hour after every tenth. */
export function delayAfter(failures: number): number {
  if (failures >= FAILURES_AT_MOST) return Number.POSITIVE_INFINITY;
  if (failures > 0 && failures % FAILURES_ALLOWED === 0) return LOCKED_MS;
  if (failures <= FREE) return 0;
  return Math.min(1000 * 2 ** (failures - FREE - 1), LONGEST_DELAY_MS);
}

/**
 * From when on the next try is looked at, epoch ms; infinite: not before an administrator helps.
 * @param slowedOnly for the last administrator who could still sign in: never locked out altogether
 */
export function nextTryAt({ failures, lastFailedAt }: Tries, slowedOnly: boolean): number {
  const delay = delayAfter(failures);
  return (lastFailedAt ?? 0) + (slowedOnly ? Math.min(delay, LONGEST_DELAY_MS) : delay);
}

/** Tells somebody how long to wait, `until` and `now` in epoch ms. */
export function waitInWords(until: number, now: number): string {
  const seconds = Math.ceil((until - now) / 1000);
  if (!Number.isFinite(seconds)) return 'Too many wrong tries. Ask an administrator to let you in again.';
  if (seconds <= 90) return `Too many wrong tries. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  return `Too many wrong tries. Try again in ${Math.ceil(seconds / 60)} minutes or ask an administrator.`;
}
