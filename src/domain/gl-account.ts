import { z } from 'zod';
import { typedLine } from './typed-text.ts';

/** Kinds of accounts of the general ledger, as operators call them. */
export const GL_KINDS = {
  revenue: 'Revenue',
  receivable: 'Receivable',
  cash: 'Cash',
  liability: 'Liability',
  expense: 'Expense',
} as const;
export type GlKind = keyof typeof GL_KINDS;

/** An account of the general ledger. Its code and kind never change: what was booked on it would mean something else. */
export const glAccount = z.object({
  code: typedLine(20)
    .min(1, 'Give a code')
    .regex(/^[^\s,](?:[^,]*[^\s,])?$/, 'No comma'),
  name: typedLine(100).min(1, 'Give it a name'),
  kind: z.enum(Object.keys(GL_KINDS) as [GlKind, ...GlKind[]], 'Not one of the kinds'),
});
export type GlAccount = z.output<typeof glAccount>;
