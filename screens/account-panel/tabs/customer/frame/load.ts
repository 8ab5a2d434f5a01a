import { may } from '#services/actor.ts';
import type { TabContext } from '../../../tab.ts';
import { identityPart } from '../parts/identity/part.ts';
import { parts } from '../parts/index.ts';
import type { AnyPart, PartContext } from '../parts/part.ts';
import type { CustomerTabKind, CustomerTabState } from './state.ts';

type Ctx = TabContext<CustomerTabState>;

/** The ID section and the parts, in their order. */
export const sections: readonly AnyPart[] = [identityPart, ...parts];

/** Those that the actor may see. */
export const sectionsFor = (actor: Ctx['actor']): readonly AnyPart[] =>
  sections.filter(({ permission }) => may(actor, permission));

/** What some parts read, by their ids; one that cannot be read does not keep the others back. */
async function dataOf(
  ctx: Pick<PartContext, 'call' | 'actor' | 'details'>,
  wanted: readonly AnyPart[],
  customerId: number,
): Promise<{ readonly data: Record<string, unknown>; readonly error: unknown }> {
  const data: Record<string, unknown> = {};
  let error: unknown;
  const one = async (part: AnyPart): Promise<void> => {
    data[part.id] = await part.load(ctx, customerId);
  };
  await Promise.all(wanted.map((part) => one(part).catch((problem: unknown) => void (error ??= problem))));
  return { data, error };
}

/** The tab's facts and what costs nothing; parts of the same customer keep what they showed until `follow`. */
export async function loadTab(kind: CustomerTabKind, ctx: Ctx): Promise<void> {
  const { beside } = kind;
  const more = beside ? { [beside.id]: await beside.load(ctx) } : {};
  const details = await kind.fetch(ctx.call, ctx.params);
  const customerId = kind.whose(ctx.params);
  if (!details || customerId === null) return ctx.set({ details: null, customerId: null, data: more, removed: [] });
  const { call, actor } = ctx;
  const early = sectionsFor(actor).filter((part) => part.early);
  const { data, error } = await dataOf({ call, actor, details }, early, customerId);
  if (error !== undefined) throw error;
  const before = ctx.get();
  const kept = before.customerId === customerId ? before : { data: {}, removed: [] };
  ctx.set({ details, customerId, data: { ...kept.data, ...data, ...more }, removed: kept.removed });
}

/** What the other parts read, once the tab is shown. */
export async function followTab(ctx: Ctx): Promise<void> {
  const { details, customerId } = ctx.get();
  if (details === null || customerId === null) return;
  const { call, actor } = ctx;
  const late = sectionsFor(actor).filter((part) => !part.early);
  const { data, error } = await dataOf({ call, actor, details }, late, customerId);
  if (ctx.get().customerId === customerId) ctx.set({ data: { ...ctx.get().data, ...data } });
  if (error !== undefined) throw error;
}

/** What a part is given: the tab's context, with the customer. */
export function partContext(kind: CustomerTabKind, ctx: Ctx): PartContext {
  const { customerId, details } = ctx.get();
  const { get: _get, set: _set, reload, ...rest } = ctx;
  return {
    ...rest,
    get actor() {
      return ctx.actor;
    },
    get today() {
      return ctx.today;
    },
    tab: kind.id,
    customerId: customerId!,
    details: details!,
    refresh: async () => {
      await reload();
      await followTab(ctx);
    },
    reveal: (lineId) => ctx.set({ doc: { ...ctx.get().doc, at: lineId } }),
    draft: (form, subjectId) => ({ form: `${kind.id}.${form}`, subjectId }),
  };
}
