import { z } from 'zod';
import { AUTOPAY_OPTIONS, type AutopayOption, DRAW_DAYS, type DrawOn, MOST_AMOUNT } from '#domain/autopay.ts';
import { isCivilDate } from '#domain/civil-date.ts';
import { shortText } from '#domain/typed-text.ts';

const id = z.int().positive();

/** One instrument of a customer, and the version of it that was read. */
export const which = { customerId: id, autopayId: id, version: id };

const keys = <K extends string>(record: Readonly<Record<K, string>>): [K, ...K[]] => Object.keys(record) as [K, ...K[]];

/** What is agreed about drawing, of drafts and cards alike. */
export const terms = {
  notifyInAdvance: z.boolean().default(false).describe('tell the customer the amount before it is drawn'),
  option: z.enum(keys<AutopayOption>(AUTOPAY_OPTIONS), 'Choose one of the special options.').default('balance'),
  amountCents: z
    .int('Enter an amount.')
    .positive('Enter an amount above zero.')
    .max(MOST_AMOUNT, 'At most 100,000.00.')
    .nullable()
    .default(null)
    .describe('of the options maximum and fixed'),
  drawOn: z.enum(keys<DrawOn>(DRAW_DAYS), 'Choose when it is drawn.').default('due'),
  drawDays: z
    .int('Enter a number.')
    .min(0, 'Zero or more.')
    .max(60, 'At most 60.')
    .nullable()
    .default(null)
    .describe('days after the bill, or the day of the month'),
  authorisedOn: shortText(10)
    .refine(isCivilDate, 'No such day; write it as 2026-11-21.')
    .nullable()
    .default(null)
    .describe('day of the signature; nothing is drawn without one'),
};
