import { z } from 'zod';
import { masked, SENSITIVE_NAMES, type SensitiveKind } from '#domain/sensitive.ts';
import { may } from '../actor.ts';
import { query } from '../operation.ts';

/** A sensitive number as lists show it: never the number. */
export interface SensitiveLine {
  readonly kind: SensitiveKind;
  readonly name: string;
  /** Of which automatic payment, for a bank account. */
  readonly autopayId: number | null;
  /** Dots, with the last four for those who may see them; null: none is kept. */
  readonly masked: string | null;
  /** State of a licence, routing number of a bank account. */
  readonly detail: string | null;
  /** For changing it; null: there is none yet. */
  readonly version: number | null;
}

const OF_CUSTOMER: readonly SensitiveKind[] = ['ssn', 'licence', 'birth-date'];

/** Which sensitive numbers of a customer are kept, masked. Needs no key. */
export const listSensitive = query({
  name: 'sensitive.list',
  summary: "A customer's sensitive numbers, masked",
  permission: 'customers.read',
  input: z.object({ customerId: z.number().int().positive() }),
  subject: ({ customerId }) => ({ customerId }),
  run: async ({ db, actor, today }, { customerId }): Promise<readonly SensitiveLine[]> => {
    const drafts = await db
      .selectFrom('autopay_instruction')
      .select('id')
      .where('customer_id', '=', customerId)
      .where('method', '=', 'draft')
      .where((eb) => eb.or([eb('ended_on', 'is', null), eb('ended_on', '>=', today)]))
      .orderBy('id')
      .execute();
    const kept = await db
      .selectFrom('secret_value')
      .select(['entity', 'entity_id', 'kind', 'last4', 'detail', 'version'])
      .where('customer_id', '=', customerId)
      .execute();
    const lineOf = (kind: SensitiveKind, entity: string, entityId: number): SensitiveLine => {
      const row = kept.find((one) => one.entity === entity && one.entity_id === entityId && one.kind === kind);
      return {
        kind,
        name: SENSITIVE_NAMES[kind],
        autopayId: entity === 'Customer' ? null : entityId,
        masked: row ? masked(kind, may(actor, 'sensitive.last4') ? row.last4 : null) : null,
        detail: row?.detail ?? null,
        version: row?.version ?? null,
      };
    };
    return [
      ...OF_CUSTOMER.map((kind) => lineOf(kind, 'Customer', customerId)),
      ...drafts.map(({ id }) => lineOf('bank-account', 'AutopayInstruction', id)),
    ];
  },
});
