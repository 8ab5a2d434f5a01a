import { formatCents } from '#domain/money.ts';
import type { PenaltyCandidateRow, PenaltyRunRow } from '#services/penalties/review.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { noPages, type Pages } from '#ui/table/pages.ts';

/** Which run is opened; the latest one when it is not said. */
export interface PenaltyRunParams {
  readonly runId?: number;
  /** As it is printed: P000123. */
  readonly number?: string;
}

/** Which accounts of the run are shown; null: all. */
export type Shown = PenaltyCandidateRow['status'] | null;

export interface PenaltyRunState extends Pages<PenaltyCandidateRow> {
  /** The run that is shown; null until it is known which is the latest. */
  readonly runId: number | null;
  readonly loaded: boolean;
  /** The number asked for that no run has. */
  readonly missing: string | null;
  readonly run: PenaltyRunRow | null;
  readonly shown: Shown;
  readonly list: ListState;
  /** How far a calculation or posting is; null while none is at work. */
  readonly working: string | null;
}

export type PenaltyRunContext = ScreenContext<PenaltyRunParams | undefined, PenaltyRunState>;

export const createPenaltyRun = (params: PenaltyRunParams | undefined): PenaltyRunState => ({
  ...noPages,
  runId: params?.runId ?? null,
  loaded: false,
  missing: null,
  run: null,
  shown: null,
  list: newList(),
  working: null,
});

/** The run in two lines: what it is, and its sums. */
export function headOf(state: PenaltyRunState): readonly [string, string] {
  const { run, loaded, missing, working, shown, rows, next } = state;
  if (run === null) {
    return [
      loaded ? (missing === null ? 'There is no penalty run yet.' : `There is no run ${missing}.`) : 'Loading.',
      '',
    ];
  }
  const batch = run.batch === null ? '' : `, batch ${run.batch}`;
  const first = `${run.code} of ${run.runOn}, ${run.status}${batch}${shown === null ? '' : `: only ${SHOWN[shown]}`}`;
  const sums = [
    `${run.charged} charged ${formatCents(run.penaltyCents)} on ${formatCents(run.baseCents)}`,
    `${run.exempt} exempt`,
    `${run.excluded} taken out`,
  ];
  const counts = { charge: run.charged, exempt: run.exempt, excluded: run.excluded };
  const all = shown === null ? counts.charge + counts.exempt + counts.excluded : counts[shown];
  // Customers who may not be seen are in the sums and not in the list.
  if (next === null && all > rows.length) sums.push(`${all - rows.length} not shown: private`);
  return [first, working ?? sums.join(', ')];
}

export const SHOWN = { charge: 'who is charged', exempt: 'who is exempt', excluded: 'who was taken out' } as const;
