import { z } from 'zod';
import { day, MOST_CENTS } from '../payments/input.ts';
import { shortText, typedText } from '#domain/typed-text.ts';

const id = z.number().int().positive();

const line = z.object({
  serviceTypeId: id.nullable().default(null),
  /** Code of table `charge_code`; left out: the service itself. */
  code: shortText(40).nullable().default(null),
  description: typedText(120).nullable().default(null),
  /** Thousandths of the unit. */
  quantityMilli: z.number().int().min(0).max(MOST_CENTS).nullable().default(null),
  unit: typedText(20).nullable().default(null),
  /** Above zero a charge, below a discount on it. */
  cents: z.number('Enter an amount.').int('Give whole cents.').min(-MOST_CENTS).max(MOST_CENTS),
  taxable: z.boolean().default(false),
});

/** An invoice as somebody enters it. */
export const chargeFacts = z.object({
  accountId: id,
  effectiveOn: day.optional(),
  dueOn: day.optional(),
  lines: z.array(line).min(1, 'Enter what is charged.').max(200, 'At most 200 lines.'),
  memo: typedText(200).nullable().default(null),
  batchId: id.optional(),
});
export type ChargeFacts = z.infer<typeof chargeFacts>;
export type ChargeLine = ChargeFacts['lines'][number];
