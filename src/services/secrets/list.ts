import { z } from 'zod';
import { masked, SENSITIVE_NAMES, type SensitiveKind } from '#domain/sensitive.ts';
import { may } from '../actor.ts';
import { lastChange, type LastChange } from '../last-change.ts';
import { query } from '../operation.ts';
import { placeOf, subjectOf, whichNumber } from './place.ts';
import { findSealed } from './store.ts';

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

/** What is kept of any person. */
export const OF_PERSON: readonly SensitiveKind[] = ['ssn', 'licence', 'birth-date'];

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
      .where((eb) => eb.or([eb('ended_on', 'is', null), eb('ended_on', '>', today)]))
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
      ...OF_PERSON.map((kind) => lineOf(kind, 'Customer', customerId)),
      ...drafts.map(({ id }) => lineOf('bank-account', 'AutopayInstruction', id)),
    ];
  },
});

/** A sensitive number as it is kept now, and who made it so; still never the number. */
export interface PresentNumber extends Pick<SensitiveLine, 'masked' | 'detail' | 'version'>, LastChange {}

const CHANGING = ['sensitive.set', 'sensitive.setDetail', 'sensitive.clear'];

/** One number, masked, for who edits it and met somebody else's change. Needs no key. */
export const readSensitive = query({
  name: 'sensitive.read',
  summary: 'One sensitive number of a customer or a contact, masked, and who changed it last',
  permission: 'sensitive.edit',
  input: whichNumber,
  subject: subjectOf,
  run: async ({ db, actor }, which): Promise<PresentNumber> => {
    const place = await placeOf(db, which);
    const row = await findSealed(db, place);
    return {
      masked: row ? masked(which.kind, may(actor, 'sensitive.last4') ? row.last4 : null) : null,
      detail: row?.detail ?? null,
      version: row?.version ?? null,
      ...(await lastChange(db, place.entity, place.entityId, CHANGING)),
    };
  },
});
