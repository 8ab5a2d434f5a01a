import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { addDays } from '#domain/civil-date.ts';
import type { QueryContext } from '../operation.ts';
import { hiddenResident, shownCustomer } from '../shown.ts';
import { seesAll } from '../sight.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { concealed } from './rows.ts';
import type { Condition, Search } from './walk.ts';

export const OUTCOMES = ['done', 'refused', 'failed'] as const;
export const SOURCES = ['screen', 'call', 'import', 'job'] as const;

const date = z.iso.date('Enter a date').max(10);

/** What the trail can be narrowed to; everything that is given must hold. */
export const auditFilters = z.object({
  /** First and last day, in the machine's time zone. */
  from: date.optional(),
  to: date.optional(),
  user: shortText(60).optional(),
  /** The name, or how it begins: `note.` is everything done to notes. */
  operation: shortText(80).optional(),
  entity: shortText(60).optional(),
  entityId: z.int().optional(),
  /** Of a customer, an account or a location. */
  number: shortText(60).optional(),
  outcome: z.enum(OUTCOMES, 'Choose done, refused or failed').optional(),
  source: z.enum(SOURCES, 'Choose screen, call, import or job').optional(),
  origin: typedText(200).optional(),
  /** In the names or values of what changed. */
  text: typedText(200).optional(),
});

export type AuditFilters = z.input<typeof auditFilters>;

/** Behind every text that begins with another, in byte order. */
const LAST = '\u{10FFFF}';

const startOf = (day: string): number => new Date(`${day}T00:00:00`).getTime();

/** Holds the text, letters alike in both cases; taken out it leaves a shorter text, on both engines. */
const holds =
  (column: 'changes' | 'origin', text: string): Condition =>
  (eb) => {
    const low = eb.fn<string>('lower', [column]);
    return eb(eb.fn<string>('replace', [low, eb.val(text.toLowerCase()), eb.val('')]), '<>', low);
  };

/** Names of operations in the trail that begin so; each step jumps along the index. */
async function operationsLike(db: Db, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for (let last: string | null = null; ;) {
    const next: { name: string | null } = await db
      .selectFrom('audit_entry')
      .select((eb) => eb.fn.min<string | null>('operation').as('name'))
      .where('operation', last === null ? '>=' : '>', last ?? prefix)
      .where('operation', '<', prefix + LAST)
      .executeTakeFirstOrThrow();
    if (next.name === null) return names;
    names.push(next.name);
    last = next.name;
  }
}

/** The customers and locations that have this number themselves or by an account, as far as they may be seen. */
async function waysOfNumber({ db, sight }: QueryContext, number: string): Promise<Condition[]> {
  const customers = await db
    .selectFrom('customer as c')
    .leftJoin('account as a', 'a.customer_id', 'c.id')
    .select('c.id')
    .distinct()
    .where((eb) => eb.or([eb('c.number', '=', number), eb('a.number', '=', number)]))
    .where((eb) => eb.exists(shownCustomer(db, eb.ref('c.id'), sight)))
    .execute();
  const places = await db
    .selectFrom('location as l')
    .select('l.id')
    .where('l.number', '=', number)
    .where((eb) => eb.not(eb.exists(hiddenResident(db, eb.ref('l.id'), sight))))
    .execute();
  return [
    ...customers.map(
      ({ id }): Condition =>
        (eb) =>
          eb('customer_id', '=', id),
    ),
    ...places.map(
      ({ id }): Condition =>
        (eb) =>
          eb.and([eb('entity', '=', 'Location'), eb('entity_id', '=', id)]),
    ),
  ];
}

/** The indexes that answer the filters; the narrowest known one leads. */
async function waysOf(ctx: QueryContext, filters: AuditFilters): Promise<{ ways: Condition[]; others: Condition[] }> {
  const { user, operation, entity, entityId, number } = filters;
  const others: Condition[] = [];
  let ways: Condition[] | null = null;
  const lead = (found: Condition[]): void => {
    if (ways === null) ways = found;
    else others.push((eb) => eb.or(found.map((one) => one(eb))));
  };
  if (number) lead(await waysOfNumber(ctx, number));
  if (entityId !== undefined && entity) {
    lead([(eb) => eb.and([eb('entity', '=', entity), eb('entity_id', '=', entityId)])]);
  } else if (entity) others.push((eb) => eb('entity', '=', entity));
  if (user) {
    const row = await ctx.db.selectFrom('app_user').select('id').where('username', '=', user).executeTakeFirst();
    lead(row ? [(eb) => eb('user_id', '=', row.id)] : []);
  }
  if (operation) {
    const names = await operationsLike(ctx.db, operation);
    if (ways === null || names.length === 0)
      lead(
        names.map(
          (name): Condition =>
            (eb) =>
              eb('operation', '=', name),
        ),
      );
    else others.push((eb) => eb('operation', 'in', names));
  }
  return { ways: ways ?? [(eb) => eb.lit(true)], others };
}

/** The filters as a search. What a concealed entry is about finds nothing: an answer would tell of it. */
export async function searchOf(ctx: QueryContext, filters: AuditFilters): Promise<Search> {
  const { from, to, entity, entityId, number, outcome, source, origin, text } = filters;
  const { ways, others } = await waysOf(ctx, filters);
  if (outcome) others.push((eb) => eb('outcome', '=', outcome));
  if (source) others.push((eb) => eb('source', '=', source));
  if (origin) others.push(holds('origin', origin));
  if (text) others.push(holds('changes', text));
  const tells = text !== undefined || number !== undefined || (entity !== undefined && entityId !== undefined);
  if (tells && !seesAll(ctx.sight)) {
    others.push((eb) => eb.not(concealed(ctx.db, ctx.sight)(eb)));
  }
  return {
    ways,
    others,
    since: from ? startOf(from) : 0,
    before: to ? startOf(addDays(to, 1)) : Number.MAX_SAFE_INTEGER,
  };
}
