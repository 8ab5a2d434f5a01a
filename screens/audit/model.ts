import type { AuditFilters } from '#services/audit/filters.ts';
import type { AuditedRecord } from '#services/audit/record.ts';
import type { AuditRow } from '#services/audit/rows.ts';
import { type ListState, newList } from '#ui/table/model.ts';

/** One record of which everything is told: who saw it, who changed it. */
export interface WatchedRecord {
  readonly entity: AuditedRecord;
  readonly id: number;
  /** As people call it: `account 10023`. */
  readonly title: string;
}

/** What opens the screen: narrowed already, or at one record. */
export interface AuditParams {
  readonly filters?: AuditFilters;
  readonly record?: WatchedRecord;
}

export interface AuditState {
  readonly record: WatchedRecord | null;
  readonly filters: AuditFilters;
  readonly list: ListState;
  readonly rows: readonly AuditRow[];
  /** Where older entries begin; null when all are here. */
  readonly next: string | null;
  /** Number of the latest question; answers to earlier ones are dropped. */
  readonly asked: number;
  readonly loaded: boolean;
  readonly fetching: boolean;
}

export const createAudit = (params: AuditParams | undefined): AuditState => ({
  record: params?.record ?? null,
  filters: params?.filters ?? {},
  list: newList(),
  rows: [],
  next: null,
  asked: 0,
  loaded: false,
  fetching: false,
});

const NAMES: Readonly<Record<keyof AuditFilters, string>> = {
  from: 'from',
  to: 'to',
  user: 'by',
  operation: 'operation',
  entity: 'of kind',
  entityId: 'id',
  number: 'number',
  outcome: '',
  source: 'by way of',
  origin: 'from where',
  text: 'with',
};

/** What the list is narrowed to, in words; empty when it shows everything. */
export function narrowedTo({ record, filters }: AuditState): string[] {
  const named = Object.entries(filters) as [keyof AuditFilters, string | number | undefined][];
  const words = named.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${NAMES[name]} ${value}`.trim()],
  );
  return [...(record ? [`who saw or changed ${record.title}`] : []), ...words];
}
