/** One promise, measured. */
export interface Figure {
  readonly value: number | null;
  readonly unit: string;
  /** What the value is compared with, measured in the same run. */
  readonly baseline: number | null;
  readonly ratio: number | null;
  /** As a person reads it: `≤ 1.5 ×`, `≤ 240 ms`. */
  readonly target: string;
  readonly holds: boolean | null;
  /** Half the distance between the quartiles of the rounds, as a share of their median. */
  readonly spread: number | null;
  /** Why a figure could not be taken. */
  readonly why?: string;
}

export type Figures = Readonly<Record<string, Figure>>;

/** What a run of the bench gives to its parts. */
export interface BenchSetting {
  /** SQLite file of a demo utility, migrated and closed. */
  readonly database: string;
  readonly customers: number;
  /** Few rounds: shows that the figures can be taken, not what they are. */
  readonly smoke: boolean;
}

/** What a file of this folder exports to take part, as `measure`. */
export type Measure = (setting: BenchSetting) => Promise<Figures>;

/** The value below which that share of the samples lies; `share` is 0–1. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** How far the rounds differ, as a share of their median. */
export const spreadOf = (samples: readonly number[]): number =>
  (percentile(samples, 0.75) - percentile(samples, 0.25)) / 2 / median(samples);

/** A figure that must not be above a limit, absolutely or as a multiple of its baseline. */
export function atMost(
  value: number,
  unit: string,
  limit: { readonly value: number } | { readonly ratio: number },
  more: { readonly baseline?: number; readonly samples?: readonly number[] } = {},
): Figure {
  const ratio = more.baseline === undefined ? null : value / more.baseline;
  const holds = 'value' in limit ? value <= limit.value : ratio !== null && ratio <= limit.ratio;
  return {
    value,
    unit,
    baseline: more.baseline ?? null,
    ratio,
    target: 'value' in limit ? `≤ ${limit.value} ${unit}` : `≤ ${limit.ratio} ×`,
    holds,
    spread: more.samples ? spreadOf(more.samples) : null,
  };
}

/** A figure that could not be taken, and why. */
export const notTaken = (unit: string, target: string, why: string): Figure => ({
  value: null,
  unit,
  baseline: null,
  ratio: null,
  target,
  holds: null,
  spread: null,
  why,
});
