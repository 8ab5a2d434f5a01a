import { civilDateOf } from '#domain/civil-date.ts';
import type { AuditRow } from '#services/audit/rows.ts';
import type { Column } from '#ui/table/columns.ts';

/** Date and time of day in the machine's time zone. */
export function stamp(at: number): string {
  const time = new Date(at);
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return `${civilDateOf(at)} ${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

/** Kinds of records in the trade's words; others are called as the trail has them. */
const KIND_WORDS: Readonly<Record<string, string>> = {
  AppUser: 'User',
  UserGroup: 'Group',
  AccessToken: 'Access token',
  AutopayInstruction: 'Automatic payment',
  CompanyOption: 'Company option',
  CryptoKey: 'Key',
  ImportRun: 'Import',
  PenaltyRun: 'Penalty run',
  WebLoginToken: 'Web login',
};

export const kindInWords = (entity: string): string => KIND_WORDS[entity] ?? entity;

/** The kind of record and its number or name: `Account 10023`. */
export const recordOf = ({ entity, entityId, record }: AuditRow): string =>
  entity === null ? '' : `${kindInWords(entity)} ${record === '' && entityId ? entityId : record}`.trim();

/** What changed, in short: the fields, with their new values where there are few. */
export function changed({ changes, masked }: AuditRow): string {
  if (masked) return '';
  return changes.map(({ field, after }) => (changes.length > 3 ? field : `${field} ${after ?? '-'}`)).join(', ');
}

export const columns: readonly Column<AuditRow>[] = [
  { id: 'at', title: 'When', min: 19, priority: 9, text: (row) => stamp(row.at) },
  { id: 'user', title: 'User', min: 8, max: 20, grow: 1, priority: 8, text: (row) => row.username },
  { id: 'operation', title: 'Operation', min: 16, max: 24, grow: 1, priority: 8, text: (row) => row.operation },
  {
    id: 'outcome',
    title: 'Outcome',
    min: 7,
    priority: 5,
    text: (row) => row.outcome,
    tone: (row) => (row.outcome === 'done' ? 'text' : 'warning'),
  },
  { id: 'record', title: 'Record', min: 18, max: 30, grow: 2, priority: 7, text: recordOf },
  { id: 'changes', title: 'Changed', min: 20, grow: 4, priority: 2, text: changed },
  { id: 'source', title: 'By way of', min: 9, priority: 1, text: (row) => row.source },
  { id: 'origin', title: 'From where', min: 12, max: 24, grow: 1, priority: 1, text: (row) => row.origin ?? '' },
  {
    id: 'seq',
    title: 'Entry',
    min: 9,
    priority: 0,
    align: 'right',
    text: (row) => String(row.seq),
    value: (row) => row.seq,
  },
];
