import { addMonths } from '#domain/civil-date.ts';
import { yearOnYear, type YearOnYear } from '#domain/consumption.ts';
import type { UsageList, UsageMeter, UsageRow } from '#services/usage/list.ts';
import { arrange } from '#ui/table/arrange.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { usageColumns } from './columns.ts';
import type { UsageScope } from './scope.ts';

/** What the lower part shows, where there is no room for all. */
export type LowerPart = 'meter' | 'chart';

export interface UsageState {
  /** Whom the reads are of; another subject starts afresh. */
  readonly subject: string;
  readonly scope: UsageScope;
  /** One service, or all. */
  readonly serviceTypeId: number | null;
  readonly lower: LowerPart;
  readonly list: ListState;
  readonly data: UsageList | null;
  /** The reads of the chosen service. */
  readonly rows: readonly UsageRow[];
}

export const newUsage = (): UsageState => ({
  subject: '',
  scope: 'location',
  serviceTypeId: null,
  lower: 'meter',
  list: newList(),
  data: null,
  rows: [],
});

/** The reads to show of what was fetched. */
export const rowsOf = (data: UsageList | null, serviceTypeId: number | null): readonly UsageRow[] =>
  data === null
    ? []
    : serviceTypeId === null
      ? data.rows
      : data.rows.filter((row) => row.serviceTypeId === serviceTypeId);

/** The read with the cursor. */
export function selectedRead(state: UsageState): UsageRow | undefined {
  const shown = arrange(state.rows, usageColumns(state.scope), state.list);
  return shown[Math.max(0, Math.min(state.list.cursor, shown.length - 1))];
}

export const meterOf = (state: UsageState, read: UsageRow): UsageMeter | undefined =>
  state.data?.meters.find((meter) => meter.id === read.meterId);

/** The consumption of a year by month, of one service: units of two cannot be added. */
export interface Consumption {
  readonly service: string;
  readonly unit: string;
  readonly months: readonly YearOnYear[];
}

const charted = new WeakMap<UsageList, Map<number, Consumption>>();

/**
 * The chosen service's consumption, or that of the selected read's. The year ends with the last
 * month that was read whole, so that days not read yet do not look like a drop. Use is what was
 * billed with its correction; failed readings and first ones bill nothing and are left out.
 */
export function consumptionOf(state: UsageState): Consumption | null {
  const service = state.serviceTypeId ?? selectedRead(state)?.serviceTypeId;
  if (state.data === null || service === undefined) return null;
  const known = charted.get(state.data) ?? new Map<number, Consumption>();
  charted.set(state.data, known);
  const before = known.get(service);
  if (before) return before;
  const reads = state.data.rows.filter(
    (row) => row.serviceTypeId === service && row.kind !== 'failure' && row.kind !== 'initial',
  );
  const [latest] = reads;
  if (!latest) return null;
  const periods = reads.map((row) => ({
    previousOn: row.previousOn,
    readOn: row.readOn,
    useMilli: row.billedMilli + row.adjustedMilli,
    estimated: row.kind === 'estimated',
  }));
  const upToRead = yearOnYear(periods, latest.readOn);
  const months = upToRead.at(-1)!.now.partial ? yearOnYear(periods, addMonths(latest.readOn, -1)) : upToRead;
  const made = { service: latest.serviceName, unit: latest.unit, months };
  known.set(service, made);
  return made;
}
