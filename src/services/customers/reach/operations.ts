import { z } from 'zod';
import { reindexCustomer } from '#db/search/reindex.ts';
import { codeValues } from '../../code-tables/values.ts';
import { Failure } from '../../failure.ts';
import { lastChange, type LastChange } from '../../last-change.ts';
import { command, type CommandContext, type CommandOperation, type Query, query } from '../../operation.ts';
import type { Kept, ReachKind, Typed } from './kind.ts';
import type { Notices, NoticesFollow } from './notices-follow.ts';
import { primaryOf, setPrimary, takePrimary } from './primary.ts';

const id = z.number().int().positive();
const EDIT = 'customers.edit';

/** What a change answers with. */
export interface ReachReceipt {
  readonly id: number;
  readonly version: number;
  /** The one that got or gave up the tick of the primary one with it, at its version now. */
  readonly other: Kept | null;
}

/** What a deletion answers with: the one that is primary now, where that has moved. */
export interface ReachRemoved<T> {
  readonly removed: T;
  readonly nowPrimary: string | null;
  readonly other: Kept | null;
  /** How notices went out until then, where that ended with the last e-mail address. */
  readonly notices: Notices | null;
}

/** One of a customer's. */
export type Which = { readonly customerId: number; readonly id: number };
/** The same, at the version that was read. */
export type Seen = Which & { readonly version: number };
/** What a change says that is taken back. */
export type Other = { readonly other?: Kept | null };
/** The same of a deletion. */
export type Again = Other & { readonly notices?: Notices | null };

/** The four operations on one kind. */
export interface ReachOperations<T extends Typed> {
  readonly get: Query<Which, T & Kept & LastChange>;
  readonly add: CommandOperation<{ customerId: number; values: T } & Again, ReachReceipt>;
  readonly edit: CommandOperation<Seen & { values: T } & Other, ReachReceipt>;
  readonly remove: CommandOperation<Seen & Other, ReachRemoved<T>>;
}

const other = z
  .object({ id, version: id })
  .nullable()
  .optional()
  .describe('a change is taken back: the one that the tick of the primary one comes from or goes to, as it was read');
const notices = z
  .object({ mailNotices: z.boolean(), emailNotices: z.boolean() })
  .nullable()
  .optional()
  .describe('the deletion of the last e-mail address is taken back: how notices went out until then');

/** @throws Failure `not_found`, or `conflict` when it has changed since that version */
function seen<T extends Kept>(all: readonly T[], word: string, { id: wanted, version }: Seen): T {
  const one = all.find((each) => each.id === wanted);
  if (!one) throw new Failure('not_found', `This ${word} is not there any more.`);
  if (one.version !== version) {
    throw new Failure('conflict', `Somebody else has changed this ${word} meanwhile. Nothing was saved.`);
  }
  return one;
}

/** As it is to be kept. @throws Failure `invalid` with a message at each field */
async function checked<T extends Typed>(
  ctx: CommandContext,
  kind: ReachKind<T>,
  typed: T,
  before: T | null,
): Promise<T> {
  const problems = kind.problems(typed);
  if (typed.type !== '' && typed.type !== before?.type) {
    const types = await codeValues(ctx.db, kind.types);
    if (!types.some(({ code }) => code === typed.type)) problems['type'] = 'Not on the list. F4 shows the values.';
  }
  const [first] = Object.values(problems);
  if (first !== undefined) {
    const fields = Object.fromEntries(Object.entries(problems).map(([field, words]) => [`values.${field}`, words]));
    throw new Failure('invalid', first, { ...problems, ...fields });
  }
  return kind.settled(typed);
}

/** Fields that differ, before and after; all of one that is new or gone. */
function differences<T extends Typed>(before: T | null, after: T | null): Record<string, readonly [unknown, unknown]> {
  const { id: _, version: __, ...fields } = (after ?? before)! as T & Partial<Kept>;
  return Object.fromEntries(
    Object.keys(fields).flatMap((name) => {
      const field = name as keyof T;
      const [old, now] = [before?.[field] ?? null, after?.[field] ?? null];
      return old === now || (old === null && now === '') || (old === '' && now === null) ? [] : [[name, [old, now]]];
    }),
  );
}

function adding<T extends Typed>(kind: ReachKind<T>, follow?: NoticesFollow): ReachOperations<T>['add'] {
  return command({
    name: `${kind.noun}.add`,
    summary: `Add an ${kind.word} to a customer`.replace('an phone', 'a phone'),
    permission: EDIT,
    input: z.object({ customerId: id, values: kind.input, other, notices }),
    subject: ({ customerId }) => ({ customerId }),
    prepare: async () => kind.prepare?.(),
    run: async (ctx, { customerId, values, other: from, notices: before }): Promise<ReachReceipt> => {
      const others = await kind.read(ctx.db, customerId);
      if (from) seen(others, kind.word, { customerId, ...from });
      const settled = await checked(ctx, kind, values, null);
      const one = { ...settled, primary: primaryOf(kind, settled, false, others) };
      const gaveUp = one.primary ? await takePrimary(ctx, kind, customerId, others) : null;
      const key = { id: ctx.newId(), customerId };
      await kind.insert(ctx.db, key, one);
      ctx.audit({ entity: kind.entity, entityId: key.id, customerId, changes: differences(null, one) });
      if (before) await follow?.again(ctx, customerId, before);
      await reindexCustomer(ctx.db, customerId);
      return { id: key.id, version: 1, other: gaveUp };
    },
  });
}

function editing<T extends Typed>(kind: ReachKind<T>): ReachOperations<T>['edit'] {
  return command({
    name: `${kind.noun}.edit`,
    summary: `Change an ${kind.word} of a customer`.replace('an phone', 'a phone'),
    permission: EDIT,
    input: z.object({ customerId: id, id, version: id, values: kind.input, other }),
    subject: ({ customerId }) => ({ customerId }),
    prepare: async () => kind.prepare?.(),
    run: async (ctx, { customerId, values, other: given, ...which }): Promise<ReachReceipt> => {
      const all = await kind.read(ctx.db, customerId);
      const before = seen(all, kind.word, { customerId, ...which });
      const others = all.filter((one) => one !== before);
      const heir = given ? seen(others, kind.word, { customerId, ...given }) : null;
      const settled = await checked(ctx, kind, values, before);
      const handsOver = heir !== null && before.primary && !settled.primary;
      const one = { ...settled, primary: !handsOver && primaryOf(kind, settled, before.primary, others) };
      const changes = differences(before, one);
      if (Object.keys(changes).length === 0) return { id: before.id, version: before.version, other: null };
      const gaveUp = one.primary && !before.primary ? await takePrimary(ctx, kind, customerId, others) : null;
      await kind.update(ctx.db, before.id, one);
      ctx.audit({ entity: kind.entity, entityId: before.id, customerId, changes });
      const got = handsOver ? await setPrimary(ctx, kind, customerId, heir, 1) : null;
      await reindexCustomer(ctx.db, customerId);
      return { id: before.id, version: before.version + 1, other: gaveUp ?? got };
    },
  });
}

/** Takes one away; a primary one hands that to the next. */
function removing<T extends Typed>(kind: ReachKind<T>, follow?: NoticesFollow): ReachOperations<T>['remove'] {
  return command({
    name: `${kind.noun}.delete`,
    summary: `Take an ${kind.word} of a customer away`.replace('an phone', 'a phone'),
    permission: EDIT,
    input: z.object({ customerId: id, id, version: id, other }),
    subject: ({ customerId }) => ({ customerId }),
    run: async (ctx, { customerId, other: given, ...which }): Promise<ReachRemoved<T>> => {
      const all = await kind.read(ctx.db, customerId);
      const gone = seen(all, kind.word, { customerId, ...which });
      const left = all.filter((one) => one !== gone);
      const wanted = given ? seen(left, kind.word, { customerId, ...given }) : left[0];
      await ctx.db
        .deleteFrom(kind.table as 'customer_address')
        .where('id', '=', gone.id)
        .execute();
      ctx.audit({ entity: kind.entity, entityId: gone.id, customerId, changes: differences(gone, null) });
      const heir = gone.primary ? wanted : undefined;
      const got = heir ? await setPrimary(ctx, kind, customerId, heir, 1) : null;
      const ended = (await follow?.end(ctx, customerId, left)) ?? null;
      await reindexCustomer(ctx.db, customerId);
      return { removed: gone, nowPrimary: heir ? kind.told(heir) : null, other: got, notices: ended };
    },
  });
}

/** The operations on addresses, phones or e-mail addresses. */
export function reachOperations<T extends Typed>(kind: ReachKind<T>, follow?: NoticesFollow): ReachOperations<T> {
  return {
    get: query({
      name: `${kind.noun}.get`,
      summary: `One ${kind.word} of a customer, with its version and who changed it last`,
      permission: 'customers.read',
      input: z.object({ customerId: id, id }),
      subject: ({ customerId }) => ({ customerId }),
      run: async ({ db }, which): Promise<T & Kept & LastChange> => {
        const one = (await kind.read(db, which.customerId)).find((each) => each.id === which.id);
        if (!one) throw new Failure('not_found', `This ${kind.word} is not there any more.`);
        return { ...one, ...(await lastChange(db, kind.entity, which.id)) };
      },
    }),
    add: adding(kind, follow),
    edit: editing(kind),
    remove: removing(kind, follow),
  };
}
