import { z } from 'zod';
import type { Problems } from '#domain/reach.ts';
import {
  detailProblem,
  lastFour,
  plainValue,
  SENSITIVE_LONGEST,
  type SensitiveKind,
  valueProblem,
} from '#domain/sensitive.ts';
import { shortText } from '#domain/typed-text.ts';
import type { CommandContext } from '../operation.ts';
import { putSecret } from './store.ts';
import type { OpenVault } from './vault.ts';

/** Numbers of a person who is being entered, to be sealed; empty where nothing was said. */
export const typedNumbers = z.object({
  ssn: shortText(SENSITIVE_LONGEST).default(''),
  licence: shortText(SENSITIVE_LONGEST).default(''),
  licenceState: shortText(2).default(''),
  birthDate: shortText(SENSITIVE_LONGEST).default(''),
});

export type TypedNumbers = z.output<typeof typedNumbers>;

const FIELDS = [
  ['ssn', 'ssn'],
  ['licence', 'licence'],
  ['birthDate', 'birth-date'],
] as const;

/** What is wrong with them, by field. */
export function numberProblems(typed: TypedNumbers): Problems {
  const problems: Problems = {};
  for (const [field, kind] of FIELDS) {
    const value = plainValue(kind, typed[field]);
    const problem = value === '' ? null : valueProblem(kind, value);
    if (problem) problems[field] = problem;
  }
  const state = typed.licenceState.toUpperCase();
  if (plainValue('licence', typed.licence) !== '') {
    const problem = detailProblem('licence', state);
    if (problem) problems['licenceState'] = problem;
  } else if (state !== '') problems['licence'] = 'Enter the number of the licence, too.';
  return problems;
}

/** Whether any of them was said. */
export const saysNumbers = (typed: TypedNumbers): boolean =>
  FIELDS.some(([field, kind]) => plainValue(kind, typed[field]) !== '');

/** A number ready to be sealed. */
export interface SealableNumber {
  readonly kind: SensitiveKind;
  /** Plain. */
  readonly value: string;
  readonly detail: string | null;
  readonly blindIndex: string;
}

/** Makes the numbers that were said ready, before the transaction: each index takes some 65 ms. */
export async function sealable(open: OpenVault, typed: TypedNumbers): Promise<SealableNumber[]> {
  const numbers: SealableNumber[] = [];
  for (const [field, kind] of FIELDS) {
    const value = plainValue(kind, typed[field]);
    if (value === '') continue;
    const [blindIndex] = await open.indexes(kind, value);
    numbers.push({ kind, value, detail: kind === 'licence' ? typed.licenceState.toUpperCase() : null, blindIndex });
  }
  return numbers;
}

/** Whose numbers they are. */
export interface Numbered {
  readonly entity: 'Customer' | 'Contact';
  readonly entityId: number;
  readonly customerId: number | null;
}

/** Seals the numbers of a record that is new, and tells the trail that there are some. */
export async function sealNumbers(
  ctx: CommandContext,
  open: OpenVault,
  { entity, entityId, customerId }: Numbered,
  numbers: readonly SealableNumber[],
): Promise<void> {
  for (const { kind, value, detail, blindIndex } of numbers) {
    const kept = { customerId, last4: lastFour(kind, value), detail, blindIndex };
    await putSecret(ctx.db, open, { entity, entityId, kind }, value, kept, { id: ctx.newId(), now: ctx.now });
    ctx.audit({ entity, entityId, customerId, changes: { [kind]: [null, '•'] } });
  }
}
