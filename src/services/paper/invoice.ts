import { makeScanLine } from '#domain/scan-line.ts';
import { Failure } from '../failure.ts';
import { KIND_LABELS, KINDS_OF_VIEW } from '../history/kinds.ts';
import type { InvoiceData } from './data.ts';
import { billedReads } from './reads.ts';
import { chargeLines } from './statement.ts';
import { transactionOf } from './transaction.ts';
import { accountHead, type Making } from './who.ts';

/** One charge with its lines, and what is still open of it. */
export async function invoiceData(making: Making, accountId: number, transactionId: number): Promise<InvoiceData> {
  const { db } = making;
  const transaction = await transactionOf(db, accountId, transactionId);
  if (!KINDS_OF_VIEW.charges.includes(transaction.kind)) throw new Failure('refused', 'An invoice is for a charge.');
  const { head } = await accountHead(making, accountId);
  const lines = (await chargeLines(db, [transactionId])).map((line) => ({
    service: line.service ?? '',
    description: line.description ?? line.service ?? KIND_LABELS[transaction.kind],
    usageMilli: line.quantityMilli,
    unit: line.unit ?? '',
    amountCents: line.amountCents * line.effect,
    openCents: line.effect > 0 ? line.openCents : 0,
  }));
  const openCents = lines.reduce((total, line) => total + line.openCents, 0);
  const { amountCents, dueOn } = transaction;
  return {
    ...head,
    number: transaction.number ?? '',
    kind: KIND_LABELS[transaction.kind],
    billedOn: transaction.effectiveOn,
    dueOn,
    statementNumber: transaction.statementNumber ?? '',
    reads: await billedReads(db, transaction.kind === 'charge' ? transaction.statementId : null),
    lines,
    totalCents: amountCents,
    paidCents: amountCents - openCents,
    openCents,
    scanLine: makeScanLine({ accountNumber: head.account.number, amountCents: openCents, dueOn }) ?? '',
    memo: transaction.memo ?? '',
  };
}
