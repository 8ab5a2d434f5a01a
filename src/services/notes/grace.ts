import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';

const build = expressionBuilder<object, never>();

/**
 * The latest grace date, on that day or after it, of the notes on an account: those of its customer,
 * and its own. As a column; what a note of a location said would protect nobody.
 */
export const latestGrace = (
  db: Db,
  { accountId, customerId }: { readonly accountId: Expression<number>; readonly customerId: Expression<number> },
  on: CivilDate,
) =>
  db
    .selectFrom('note as grace_note')
    .select((s) => s.fn.max<CivilDate | null>('grace_note.grace_on').as('day'))
    .where('grace_note.customer_id', '=', customerId)
    .where('grace_note.grace_on', '>=', on)
    .where('grace_note.removed_at', 'is', null)
    .where((s): Expression<SqlBool> =>
      build.or([s('grace_note.account_id', 'is', null), s('grace_note.account_id', '=', accountId)]),
    );
