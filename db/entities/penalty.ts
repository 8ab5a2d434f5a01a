import { defineEntity } from '@mikro-orm/core';
import { cents, date, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** A calculation of late charges, reviewed before it is posted (guide: domain §4.6). */
export const PenaltyRun = defineEntity({
  name: 'PenaltyRun',
  tableName: 'penalty_run',
  properties: {
    id: pk(),
    number: key().unique(),
    /** Code of table `penalty_code`. */
    code: key(),
    runOn: date(),
    /** JSON of whom the run looks at: cycles, routes, revenue classes. */
    filters: text(),
    status: p.enum(['calculated', 'posted', 'cancelled'] as const),
    batchId: idColumn().nullable(),
    createdAt: instant(),
    createdBy: text(),
    postedAt: instant().nullable(),
    postedBy: text().nullable(),
    version: version(),
  },
  indexes: [{ name: 'penalty_run_status', properties: ['status', 'runOn'] }],
});

/** An account of a run: what it would be charged, or why it is not. */
export const PenaltyCandidate = defineEntity({
  name: 'PenaltyCandidate',
  tableName: 'penalty_candidate',
  properties: {
    id: pk(),
    run: () => p.manyToOne(PenaltyRun).ref().index(false).deleteRule('no action').updateRule('no action'),
    accountId: idColumn(),
    customerId: idColumn(),
    baseCents: cents(),
    penaltyCents: cents(),
    status: p.enum(['charge', 'exempt', 'excluded'] as const),
    /** Code of the exemption, or what the reviewer wrote. */
    reason: text().nullable(),
    transactionId: idColumn().nullable(),
    version: version(),
  },
  indexes: [
    { name: 'penalty_candidate_run', properties: ['run', 'status', 'id'] },
    { name: 'penalty_candidate_account', properties: ['accountId'] },
  ],
});

/** A debt that a candidate's penalty was calculated on, so that none is charged for twice. */
export const PenaltyItem = defineEntity({
  name: 'PenaltyItem',
  tableName: 'penalty_item',
  properties: {
    id: pk(),
    candidate: () => p.manyToOne(PenaltyCandidate).ref().index(true).deleteRule('no action').updateRule('no action'),
    customerId: idColumn(),
    debitLineId: idColumn(),
    openCents: cents(),
  },
  indexes: [{ name: 'penalty_item_debit', properties: ['debitLineId'] }],
});
