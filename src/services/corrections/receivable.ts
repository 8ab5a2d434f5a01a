import type { Db } from '#db/schema.ts';
import { GL, serviceCodes } from '../ledger/gl.ts';

/** Where what is owed for a service is booked. */
export type ReceivableOf = (serviceTypeId: number | null | undefined) => string;

/** Reads the services' codes once. */
export async function receivables(db: Db): Promise<ReceivableOf> {
  const services = await serviceCodes(db);
  return (serviceTypeId) => (serviceTypeId ? services.get(serviceTypeId)?.receivableGl : undefined) ?? GL.receivable;
}
