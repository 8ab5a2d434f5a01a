import type { TabContext } from '../../tab.ts';
import { workOf } from './load.ts';
import { type ContactsState, draftOf, isDirty } from './model.ts';

export type Ctx = TabContext<ContactsState>;

/** The state after something was typed; a draft of it is kept as soon as typing pauses. */
export function changed(ctx: Ctx, next: ContactsState): void {
  const was = isDirty(ctx.get());
  ctx.set(next);
  if (isDirty(next)) ctx.typed.later(draftOf(ctx.params), () => workOf(ctx.get()));
  else if (was) ctx.typed.discard(draftOf(ctx.params));
}
