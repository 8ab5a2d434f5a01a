import { z } from 'zod';
import { phonesReady } from '#domain/phone.ts';
import { plainValue, SENSITIVE_LONGEST } from '#domain/sensitive.ts';
import { may } from '../../actor.ts';
import { command, type CommandContext, type Preparation } from '../../operation.ts';
import { type Allowance, assertAllowanceFlagged } from '../../secrets/rate.ts';
import { shortText } from '#domain/typed-text.ts';
import { alikeCustomers, type AlikeCustomer, type Newcomer } from './alike.ts';

const name = shortText().nullable().default(null);

/** What is compared of somebody new. */
export const newcomer = z.object({
  firstName: name,
  lastName: name,
  businessName: name,
  phones: z.array(shortText(40)).max(20).default([]),
  emails: z.array(shortText(254)).max(20).default([]),
  streets: z.array(shortText()).max(20).default([]),
});

/** Numbers that tell one person from all others, as far as they were said. */
export const personalNumbers = z.object({
  ssn: shortText(SENSITIVE_LONGEST).default(''),
  birthDate: shortText(SENSITIVE_LONGEST).default(''),
});

const ALLOWANCE: Allowance = {
  operation: 'customer.check-new',
  times: 60,
  withinMs: 600_000,
  words: 'You have compared sixty new customers within ten minutes; that is the most. Your supervisor is told.',
};

/** Blind indexes of what was said, made before the transaction: each takes some 65 ms. */
export interface Sought {
  readonly ssn: readonly string[];
  readonly birthDate: readonly string[];
}

/** Prepares the comparison of personal numbers. */
export async function soughtOf(
  said: z.output<typeof personalNumbers>,
  { vault }: Pick<Preparation, 'vault'>,
): Promise<Sought> {
  const ssn = plainValue('ssn', said.ssn);
  const birthDate = plainValue('birth-date', said.birthDate);
  if (ssn === '' && birthDate === '') return { ssn: [], birthDate: [] };
  const open = await vault.unlock();
  return {
    ssn: ssn === '' ? [] : await open.indexes('ssn', ssn),
    birthDate: birthDate === '' ? [] : await open.indexes('birth-date', birthDate),
  };
}

/** Birthdays that a whole town shares are no help. */
const MOST_BORN = 2000;

const withNumber = async ({ db }: CommandContext, kind: string, indexes: readonly string[]): Promise<number[]> => {
  if (indexes.length === 0) return [];
  const rows = await db
    .selectFrom('secret_value')
    .select('customer_id')
    .where('kind', '=', kind)
    .where('blind_index', 'in', indexes)
    .where('entity', '=', 'Customer')
    .limit(MOST_BORN)
    .execute();
  return rows.flatMap(({ customer_id: id }) => id ?? []);
};

/** Who may be the same person. A number alone finds somebody only for who may search by numbers. */
export async function compared(ctx: CommandContext, who: Newcomer, sought: Sought): Promise<AlikeCustomer[]> {
  const ssn = await withNumber(ctx, 'ssn', sought.ssn);
  const born = await withNumber(ctx, 'birth-date', sought.birthDate);
  if (may(ctx.actor, 'sensitive.search')) return alikeCustomers(ctx, who, { ssn, born });
  const otherwise = new Set((await alikeCustomers(ctx, who, { ssn: [], born })).map(({ customerId }) => customerId));
  return alikeCustomers(ctx, who, { ssn: ssn.filter((id) => otherwise.has(id)), born });
}

/** Compares somebody new with the customers there are, before anything is saved; the trail keeps that a number was looked for. */
export const checkNewCustomer = command({
  name: 'customer.check-new',
  summary: 'Customers who may be the same person as somebody new, and what they owe',
  permission: 'customers.create',
  secret: true,
  input: newcomer.extend(personalNumbers.shape),
  prepare: async (input, aids) => {
    await phonesReady();
    if (input.ssn !== '') await assertAllowanceFlagged(aids.database, aids.actor, ALLOWANCE, aids.now);
    return soughtOf(input, aids);
  },
  run: async (ctx, { ssn, ...who }, sought: Sought): Promise<readonly AlikeCustomer[]> => {
    const alike = await compared(ctx, who, sought);
    ctx.audit({
      entity: 'AppUser',
      entityId: ctx.actor.userId,
      changes: { kind: [null, ssn === '' ? 'name' : 'ssn'], found: [null, alike.length] },
    });
    return alike;
  },
});
