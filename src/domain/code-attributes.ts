import { z } from 'zod';

/** 0 or 1, as attributes of codes keep yes and no. */
export const yesNo = (otherwise: 0 | 1) => z.union([z.literal(0), z.literal(1)]).default(otherwise);

/** A date `YYYY-MM-DD`. */
export const day = z.iso.date('Enter a date as YYYY-MM-DD');

/** A code of the general ledger. */
export const glCode = (otherwise: string) => z.string().min(1).max(20).default(otherwise);

/** Codes of another table. */
export const codes = () => z.array(z.string().min(1).max(40)).max(200).default([]);

/** Integer cents, zero or more. */
export const amount = (otherwise: number) => z.int().min(0).max(1_000_000_000).default(otherwise);

/**
 * What a code's JSON attributes say, with defaults for what is missing.
 * @returns the values, or in words what is wrong with the code
 */
export function readAttributes<T>(schema: z.ZodType<T>, attributes: string | null): { values: T } | { wrong: string } {
  let said: unknown;
  try {
    said = JSON.parse(attributes ?? '{}');
  } catch {
    return { wrong: 'its attributes are not JSON' };
  }
  const parsed = schema.safeParse(said);
  if (parsed.success) return { values: parsed.data };
  const issue = parsed.error.issues[0]!;
  return { wrong: `${issue.path.join('.') || 'attributes'}: ${issue.message}` };
}
