import { expressionBuilder } from 'kysely';
import type { Schema } from '#db/schema.ts';

/*
 * Parts of statements that fetch several small lists at once (`union all`): every branch fills
 * the columns that it lacks with nulls of the right type, which PostgreSQL insists on.
 */

const builder = expressionBuilder<Schema, never>();

/** Which list a row belongs to. */
export const from = (source: number) => builder.cast<number>(builder.lit(source), 'smallint').as('source');
/** No text, no date, no amount; a flag that is set. */
export const none = builder.cast<string | null>(builder.lit(null), 'text');
export const never = builder.cast<string | null>(builder.lit(null), 'date');
export const nothing = builder.cast<number | null>(builder.lit(null), 'bigint');
export const one = builder.lit(1);
/** Several texts that this list has not got. */
export const empty = <N extends string>(...names: N[]) => names.map((name) => none.as(name));
