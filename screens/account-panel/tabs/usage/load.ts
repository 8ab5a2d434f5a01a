import { listUsage } from '#services/usage/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { newList } from '#ui/table/model.ts';
import type { PanelSubject } from '../../tab.ts';
import { newUsage, rowsOf, type UsageState } from './model.ts';
import { scopesOf, type UsageScope } from './scope.ts';

type Ctx = ScreenContext<PanelSubject, UsageState>;

/** Fetches the reads of the scope; what was chosen for this subject before stays chosen. */
export async function loadUsage(ctx: Ctx): Promise<void> {
  const { accountId, locationId } = ctx.params;
  const subject = `${accountId}/${locationId}`;
  const before = ctx.get();
  const kept = before.subject === subject ? before : { ...newUsage(), lower: before.lower };
  const scopes = scopesOf(ctx.params);
  const scope = scopes.includes(kept.scope) ? kept.scope : scopes[0];
  if (scope === undefined) return ctx.set({ ...kept, subject });
  const data = await ctx.call(
    listUsage,
    scope === 'location' ? { locationId: locationId! } : { accountId: accountId! },
  );
  const shown = ctx.get().subject === subject;
  const now = shown ? ctx.get() : kept;
  const serviceTypeId = data.services.some((service) => service.id === now.serviceTypeId) ? now.serviceTypeId : null;
  ctx.set({ ...(shown ? {} : kept), subject, scope, serviceTypeId, data, rows: rowsOf(data, serviceTypeId) });
}

export async function showScope(ctx: Ctx, scope: UsageScope): Promise<void> {
  ctx.set({ scope, list: newList() });
  await loadUsage(ctx);
}

/** One service, or all of them; nothing is fetched, the reads are here. */
export function showService(ctx: Ctx, serviceTypeId: number | null): void {
  const { data, list } = ctx.get();
  ctx.set({ serviceTypeId, rows: rowsOf(data, serviceTypeId), list: { ...newList(list.sort), filter: list.filter } });
}
