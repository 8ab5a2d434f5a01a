import { z } from 'zod';
import { FINDABLE_KINDS, masked, plainValue, SENSITIVE_LONGEST } from '#domain/sensitive.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { shownCustomer } from '../shown.ts';
import { shortText } from '#domain/typed-text.ts';
import { type Allowance, assertAllowanceFlagged } from './rate.ts';
import type { OpenVault } from './vault.ts';

const ALLOWANCE: Allowance = {
  operation: 'sensitive.find',
  times: 20,
  withinMs: 600_000,
  words: 'You have looked for twenty sensitive numbers within ten minutes; that is the most. Your supervisor is told.',
};

const SHORTEST = 4;
/** More than these would not be one person's number. */
const MOST = 20;

/** A customer who has the number that was looked for. */
export interface FoundByNumber {
  readonly customerId: number;
  readonly number: string;
  readonly name: string;
  readonly masked: string;
}

interface Sought {
  readonly value: string;
  readonly open: OpenVault;
  readonly indexes: readonly string[];
}

/** Finds customers by a whole sensitive number. The audit tells who looked and how many were found, not for what. */
export const findBySensitive = command({
  name: 'sensitive.find',
  summary: 'Find customers by a whole sensitive number',
  permission: 'sensitive.search',
  secret: true,
  input: z.object({
    kind: z.enum(FINDABLE_KINDS),
    value: shortText(SENSITIVE_LONGEST),
  }),
  prepare: async ({ kind, value: typed }, { database, actor, now, vault }): Promise<Sought> => {
    await assertAllowanceFlagged(database, actor, ALLOWANCE, now);
    const value = plainValue(kind, typed);
    if (value.length < SHORTEST) {
      throw new Failure('invalid', 'Enter the whole number.', { value: 'Enter the whole number.' });
    }
    const open = await vault.unlock();
    return { value, open, indexes: await open.indexes(kind, value) };
  },
  run: async (ctx, { kind }, sought: Sought): Promise<readonly FoundByNumber[]> => {
    const candidates = await candidatesFor(ctx, kind, sought.indexes);
    const found = candidates.filter((row) => opens(sought, row, kind)).slice(0, MOST);
    ctx.audit({
      entity: 'AppUser',
      entityId: ctx.actor.userId,
      changes: { kind: [null, kind], found: [null, found.length] },
    });
    const last4 = may(ctx.actor, 'sensitive.last4');
    return found.map((row) => ({
      customerId: row.customerId,
      number: row.number,
      name: row.entity === 'Contact' ? `${row.name} (a contact)` : row.name,
      masked: masked(kind, last4 ? row.last4 : null),
    }));
  },
});

/** Those with the index of the number, and those that have none yet: made in bulk, or before a change of keys is done. */
const candidatesFor = ({ db, sight }: CommandContext, kind: string, indexes: readonly string[]) =>
  db
    .selectFrom('secret_value as s')
    .innerJoin('customer as c', 'c.id', 's.customer_id')
    .select(['s.entity', 's.entity_id as entityId', 's.sealed', 's.last4'])
    .select(['c.id as customerId', 'c.number', 'c.display_name as name'])
    .where('s.kind', '=', kind)
    .where((eb) => eb.or([eb('s.blind_index', 'in', indexes), eb('s.blind_index', 'is', null)]))
    .where((eb) => eb.exists(shownCustomer(db, eb.ref('c.id'), sight)))
    .orderBy('c.id')
    .execute();

/** Whether it is the number that was looked for; what was damaged is not. */
function opens(
  { value, open }: Sought,
  { sealed, entity, entityId }: { sealed: string; entity: string; entityId: number },
  kind: string,
): boolean {
  try {
    return open.open(sealed, { entity, entityId, kind }) === value;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}
