import type { Db } from '#db/schema.ts';

/** System codes of the general ledger. */
export const GL = {
  cash: '1010',
  receivable: '1200',
  transfer: '1290',
  deposits: '2100',
  taxes: '2300',
  other: '4900',
  penalties: '4910',
  returnFees: '4920',
  adjustments: '4950',
  badDebt: '6100',
  interest: '6200',
  overShort: '6900',
} as const;

/** Receivable and revenue codes of services by id. */
export async function serviceCodes(db: Db): Promise<Map<number, { receivableGl: string; revenueGl: string }>> {
  const rows = await db
    .selectFrom('service_type')
    .select(['id', 'receivable_gl as receivableGl', 'revenue_gl as revenueGl'])
    .execute();
  return new Map(rows.map(({ id, ...codes }) => [id, codes]));
}
