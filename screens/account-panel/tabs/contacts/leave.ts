import { may } from '#services/actor.ts';
import { revert } from './act.ts';
import type { Ctx } from './changed.ts';
import { workOf } from './load.ts';
import { draftOf, isDirty, newContacts, valuesIn } from './model.ts';
import { saveAll } from './save.ts';
import { anyNumbers } from './typed-numbers.ts';

/** Asks what becomes of changes before another tab or another record is opened; false: stay. */
export async function leaveContacts(ctx: Ctx): Promise<boolean> {
  if (!isDirty(ctx.get())) return true;
  const what = await ctx.choose<'stay' | 'save' | 'keep' | 'drop'>('Contacts were changed and not saved', [
    { value: 'save', label: 'Save, then leave' },
    { value: 'stay', label: 'Go on editing' },
    {
      value: 'keep',
      label: 'Leave and keep a draft',
      detail: anyNumbers(valuesIn(ctx.get())) ? 'without the sensitive numbers' : 'taken up when you come back',
    },
    { value: 'drop', label: 'Leave and lose the changes' },
  ]);
  if (what === 'save') return may(ctx.actor, 'contacts.edit') && saveAll(ctx);
  if (what === 'keep') {
    ctx.typed.now(draftOf(ctx.params), workOf(ctx.get()));
    // Forgotten here, so that coming back takes the draft up.
    ctx.set(newContacts());
    return true;
  }
  if (what === 'drop') await revert(ctx);
  return what === 'drop';
}
