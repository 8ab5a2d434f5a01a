import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import { type Actor, may, SEE_PRIVATE } from './actor.ts';

/** The least Public flag that may be seen: 0 private customers too. */
export type LeastPublic = 0 | 1;

/**
 * Which customers somebody may see, as what queries are bound to: the least Public flag, and the
 * customer groups, each between separators, or {@link ANY_GROUP}.
 */
export interface Sight {
  readonly leastPublic: LeastPublic;
  readonly customerGroups: string;
}

/** Of all customer groups, and of none. */
const ANY_GROUP = '*';
/** Stands in no code: those are cleaned of control characters where they come in. */
const SEPARATOR = '\n';

/** Sees every customer. */
export const SEES_ALL: Sight = { leastPublic: 0, customerGroups: ANY_GROUP };

/** What the actor may see. Of no customer group: nobody's customers. */
export function sightOf(actor: Actor): Sight {
  const { customers = 'all' } = actor;
  return {
    leastPublic: may(actor, SEE_PRIVATE) ? 0 : 1,
    customerGroups:
      customers === 'all' ? ANY_GROUP : `${SEPARATOR}${[...customers.keys()].map((code) => code + SEPARATOR).join('')}`,
  };
}

/** Confined to customer groups: most of what a search finds may be hidden. */
export const isConfined = ({ customerGroups }: Sight): boolean => customerGroups !== ANY_GROUP;

export const seesAll = (sight: Sight): boolean => sight.leastPublic === 0 && !isConfined(sight);

/** What decides whether a customer may be seen, as rows carry it. */
export interface Visible {
  readonly public: number | null;
  readonly customerGroup: string | null;
}

/** Whether that customer may be seen. */
export const sees = ({ leastPublic, customerGroups }: Sight, customer: Visible): boolean =>
  (customer.public ?? 1) >= leastPublic &&
  (customerGroups === ANY_GROUP ||
    (!!customer.customerGroup && customerGroups.includes(`${SEPARATOR}${customer.customerGroup}${SEPARATOR}`)));

const build = expressionBuilder<object, never>();

/**
 * The same for `where`, over a customer's columns. `replace` looks for the code as it is, on both
 * engines alike; `like` would take a code's `%` for anything, and SQLite's knows no capitals.
 */
export function visible(
  { leastPublic, customerGroups }: Sight,
  columns: { readonly public: Expression<number>; readonly group: Expression<string | null> },
): Expression<SqlBool> {
  const groups = build.cast<string>(build.val(customerGroups), 'text');
  const separator = build.val(SEPARATOR);
  const own = build(build(separator, '||', build.fn.coalesce(columns.group, build.val(''))), '||', separator);
  return build.and([
    build(columns.public, '>=', leastPublic),
    build.or([
      build(groups, '=', build.val(ANY_GROUP)),
      build(build.fn<string>('replace', [groups, own, build.val('')]), '<>', groups),
    ]),
  ]);
}
