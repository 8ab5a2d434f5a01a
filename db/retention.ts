/** How many backups are kept: the newest ones, or the newest of each of the last days, weeks and months. */
export interface Keep {
  readonly newest: number;
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

const MOST = 1000;

/**
 * Reads a rule: `14` keeps the newest fourteen, `7d5w12m` the newest of each of the last seven
 * days, five weeks and twelve months that have any.
 * @returns null when it is none
 */
export function parseKeep(text: string): Keep | null {
  const plain = /^\d+$/.test(text) ? Number(text) : null;
  const parts = plain === null ? /^(?=.)(?:(\d+)d)?(?:(\d+)w)?(?:(\d+)m)?$/.exec(text) : null;
  if (plain === null && parts === null) return null;
  const [days, weeks, months] = [1, 2, 3].map((at) => Number(parts?.[at] ?? 0)) as [number, number, number];
  const keep = { newest: plain ?? 0, days, weeks, months };
  const counts = Object.values(keep);
  return counts.every((n) => n <= MOST) && counts.some((n) => n > 0) ? keep : null;
}

/** A moment as backups are named by, UTC: `20261121-150000`. */
export const stampOf = (at: Date): string =>
  at
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .replace('T', '-');

const STAMP = /^(\d{4})(\d{2})(\d{2})-\d{6}$/;
const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const DAYS_BEFORE_FIRST_MONDAY = 3;

/** The name of a backup of the database `stem` at a moment. */
export const backupName = (stem: string, stamp: string): string => `${stem}-${stamp}.db`;

function stampIn(name: string, stem: string): string | null {
  if (!name.startsWith(`${stem}-`) || !name.endsWith('.db')) return null;
  const stamp = name.slice(stem.length + 1, -'.db'.length);
  return STAMP.test(stamp) ? stamp : null;
}

function weekOf(stamp: string): string {
  const [, year, month, day] = STAMP.exec(stamp)!;
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS;
  return String(Math.floor((days + DAYS_BEFORE_FIRST_MONDAY) / 7));
}

const DATE_DIGITS = 8;
const MONTH_DIGITS = 6;

/**
 * Which files of a folder are backups of the database `stem` that nobody needs any more. Files that
 * are not named as this program names its backups are never among them, and the newest never is.
 */
export function outdated(names: readonly string[], stem: string, keep: Keep): string[] {
  const stamps = names.flatMap((name) => stampIn(name, stem) ?? []).sort((a, b) => (a < b ? 1 : -1));
  const kept = new Set(stamps.slice(0, Math.max(1, keep.newest)));
  const periods: readonly (readonly [count: number, of: (stamp: string) => string])[] = [
    [keep.days, (stamp) => stamp.slice(0, DATE_DIGITS)],
    [keep.weeks, weekOf],
    [keep.months, (stamp) => stamp.slice(0, MONTH_DIGITS)],
  ];
  for (const [count, of] of periods) {
    const seen = new Set<string>();
    for (const stamp of stamps) {
      if (seen.has(of(stamp))) continue;
      if (seen.size >= count) break;
      seen.add(of(stamp));
      kept.add(stamp);
    }
  }
  return stamps.filter((stamp) => !kept.has(stamp)).map((stamp) => backupName(stem, stamp));
}
