import type { Db } from '#db/schema.ts';
import { readsOf } from '../history/invoice.ts';
import type { ReadEntry } from './data.ts';

/** The readings that a bill goes by, and the days between which each was used. */
export async function billedReads(db: Db, statementId: number | null): Promise<ReadEntry[]> {
  const reads = statementId === null ? [] : await readsOf(db, statementId);
  return reads.map((read) => ({
    meter: read.meterNumber,
    service: read.serviceName,
    fromOn: read.previousOn ?? '',
    toOn: read.readOn,
    previousMilli: read.previousMilli,
    presentMilli: read.readingMilli,
    usageMilli: read.billedMilli + read.adjustedMilli,
    unit: read.unit,
    estimated: read.kind === 'estimated',
  }));
}
