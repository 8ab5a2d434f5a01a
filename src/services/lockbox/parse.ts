import { CARD_REFUSED, holdsCardNumber } from '#domain/card-number.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { MOST_CENTS } from '../payments/input.ts';
import type { LockboxProfile } from './profile.ts';
import { type RawFile, rawCsv, rawFixed, type RowProblem } from './raw.ts';
import { readAmount, readDate } from './values.ts';

/** A payment of a file. */
export interface LockboxRow {
  /** Its line in the file, from 1. */
  readonly row: number;
  /** Empty where the bank could not read it. */
  readonly accountNumber: string;
  readonly cents: Cents;
  readonly paidOn: CivilDate | null;
  readonly reference: string | null;
  readonly payer: string | null;
  readonly method: string;
}

/** A file as it was understood. Nothing is taken while there is a problem. */
export interface ParsedFile {
  readonly items: readonly LockboxRow[];
  readonly problems: readonly RowProblem[];
  readonly depositedOn: CivilDate | null;
  /** As its trailer says; null where it says nothing. */
  readonly controlCents: Cents | null;
  readonly controlCount: number | null;
}

export const LONGEST = { account: 40, reference: 60, payer: 120, method: 40 } as const;

/** Reads a bank's file. Whatever its lines hold, it answers: lines that cannot be read are problems. */
export async function parseLockbox(lines: readonly string[], profile: LockboxProfile): Promise<ParsedFile> {
  const raw = profile.format === 'csv' ? await rawCsv(lines, profile) : rawFixed(lines, profile);
  const problems: RowProblem[] = [...raw.problems];
  const items = raw.items.flatMap(({ row, values }): LockboxRow[] => {
    const item = itemOf(row, values, profile);
    if (!('reason' in item)) return [item];
    problems.push(item);
    return [];
  });
  if (items.length === 0 && problems.length === 0) problems.push({ row: 1, reason: 'There is no payment in it.' });
  return { items, problems: problems.sort((a, b) => a.row - b.row), ...controls(raw, profile, problems) };
}

const text = (value: string | undefined): string | null => (value?.trim() ? value.trim() : null);

function itemOf(
  row: number,
  values: RawFile['items'][number]['values'],
  profile: LockboxProfile,
): LockboxRow | RowProblem {
  const wrong = (reason: string): RowProblem => ({ row, reason });
  const accountNumber = text(values.account) ?? '';
  const [reference, payer] = [text(values.reference), text(values.payer)];
  const method = text(values.method)?.toLowerCase() ?? profile.method;
  const cents = readAmount(values.amount ?? '', profile);
  const paidOn = text(values.paidOn) === null ? null : readDate(values.paidOn!, profile.dates);
  if (cents === null || cents === 0 || cents > MOST_CENTS) return wrong('Its amount is none.');
  if (text(values.paidOn) !== null && paidOn === null) return wrong(`Its date is none (${profile.dates}).`);
  const all = { account: accountNumber, reference: reference ?? '', payer: payer ?? '', method };
  for (const [name, most] of Object.entries(LONGEST)) {
    const value = all[name as keyof typeof all];
    if (value.length > most) return wrong(`Its ${name} is longer than ${most} characters.`);
    if (holdsCardNumber(value)) return wrong(CARD_REFUSED);
  }
  return { row, accountNumber, cents, paidOn, reference, payer, method };
}

function controls(
  { header, trailer }: RawFile,
  profile: LockboxProfile,
  problems: RowProblem[],
): Pick<ParsedFile, 'depositedOn' | 'controlCents' | 'controlCount'> {
  const depositedOn = text(header?.depositedOn) === null ? null : readDate(header!.depositedOn!, profile.dates);
  const controlCents = text(trailer?.total) === null ? null : readAmount(trailer!.total!, profile);
  const typed = text(trailer?.count);
  const controlCount = typed !== null && /^\d{1,9}$/.test(typed) ? Number(typed) : null;
  const row = trailer?.row ?? 1;
  if (text(trailer?.total) !== null && controlCents === null) problems.push({ row, reason: 'Its total is no amount.' });
  if (typed !== null && controlCount === null) problems.push({ row, reason: 'Its count is no number.' });
  return { depositedOn, controlCents, controlCount };
}
