import { z } from 'zod';
import { isCivilDate } from '#domain/civil-date.ts';
import { shortText, typedText } from '#domain/typed-text.ts';

/** The identity of a record. */
export const id = z.int().positive();

/** Cents of one correction: far above any bill, far below what sums can hold. */
const MOST_CENTS = 1_000_000_000_000;

/** An amount above zero. */
export const amount = z.int('Enter an amount.').min(1, 'Enter an amount above zero.').max(MOST_CENTS, 'Too much.');

/** A business date. */
export const day = shortText(10).refine(isCivilDate, 'Enter a date.');

/** A code of a code table. */
export const code = shortText(60).min(1, 'Choose one.');

/** What the operator wants to say about it. */
export const memo = typedText(500).nullable().default(null);

/** Check number, approval, trace number. */
export const reference = typedText(60).nullable().default(null);

/** The version that was read. */
export const version = z.int().positive();
