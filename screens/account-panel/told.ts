import { customerChanges } from '#services/accounts/changes.ts';
import type { PanelContext } from './model.ts';

/** `cleo changed this customer's record: note, payment.` */
export function changesText(changes: readonly { readonly by: string; readonly what: string }[]): string {
  const people = [...new Set(changes.map(({ by }) => by))].join(', ');
  const what = [...new Set(changes.map((change) => change.what.replaceAll('-', ' ')))].join(', ');
  return `Just changed by ${people}: ${what}.`;
}

/**
 * Says who else changed something at the open customer since it was opened or last looked at.
 * Asked behind the loading, so that opening an account waits for nothing more.
 */
export async function tellChanges(ctx: PanelContext): Promise<void> {
  const customerId = ctx.get().panel?.customer?.id;
  if (customerId === undefined) return;
  const { trail } = ctx.get();
  const after = trail?.customerId === customerId ? trail.newest : null;
  const { newest, changes } = await ctx.call(customerChanges, { customerId, after });
  if (ctx.get().panel?.customer?.id !== customerId || ctx.get().trail !== trail) return;
  if (trail?.customerId !== customerId || trail.newest !== newest) ctx.set({ trail: { customerId, newest } });
  if (changes.length > 0) ctx.tell(changesText(changes));
}
