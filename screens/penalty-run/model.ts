import { formatCents } from '#domain/money.ts';
import type { PenaltyCandidateRow, PenaltyRunRow } from '#services/penalties/review.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface PenaltyRunParams {
  readonly runId: number;
}

/** Which accounts of the run are shown; null: all. */
export type Shown = PenaltyCandidateRow['status'] | null;

export interface PenaltyRunState {
  readonly run: PenaltyRunRow | null;
  readonly shown: Shown;
  readonly list: ListState;
  readonly rows: readonly PenaltyCandidateRow[];
  /** Where further rows begin; null when all are here. */
  readonly next: number | null;
  readonly fetching: boolean;
  /** How far a calculation or posting is; null while none is at work. */
  readonly working: string | null;
}

export type PenaltyRunContext = ScreenContext<PenaltyRunParams, PenaltyRunState>;

export const createPenaltyRun = (): PenaltyRunState => ({
  run: null,
  shown: null,
  list: newList(),
  rows: [],
  next: null,
  fetching: false,
  working: null,
});

/** The run in two lines: what it is, and its sums. */
export function headOf({ run, working, shown }: PenaltyRunState): readonly [string, string] {
  if (run === null) return ['Loading.', ''];
  const batch = run.batch === null ? '' : `, batch ${run.batch}`;
  const first = `${run.code} of ${run.runOn}, ${run.status}${batch}${shown === null ? '' : `: only ${SHOWN[shown]}`}`;
  const sums = [
    `${run.charged} charged ${formatCents(run.penaltyCents)} on ${formatCents(run.baseCents)}`,
    `${run.exempt} exempt`,
    `${run.excluded} taken out`,
  ];
  return [first, working ?? sums.join(', ')];
}

export const SHOWN = { charge: 'who is charged', exempt: 'who is exempt', excluded: 'who was taken out' } as const;
