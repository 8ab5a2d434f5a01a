import { may } from '#services/actor.ts';
import type { DraftRef } from '#ui/screen.ts';
import { shownRows } from '#ui/table/lens.ts';
import { CHANGED_CODE, NEW_CODE } from './code-form.ts';
import { addCodeHere, editCodeHere } from './commands.ts';
import { goTo } from './fetch.ts';
import { codes } from './lens.ts';
import type { SetupContext } from './model.ts';

/** Opens the form of a code again that was left with something typed. */
export async function resume(ctx: SetupContext, { form, subjectId }: DraftRef): Promise<boolean> {
  const begins = [NEW_CODE, CHANGED_CODE].find((name) => form.startsWith(name));
  if (begins === undefined || !may(ctx.actor, 'options.edit')) return false;
  if (!(await goTo(ctx, form.slice(begins.length)))) return false;
  if (begins === NEW_CODE) await addCodeHere(ctx);
  else {
    const cursor = shownRows(codes, ctx.get()).findIndex(({ id }) => id === subjectId);
    if (cursor < 0) return false;
    ctx.set({ codes: { ...ctx.get().codes, cursor } });
    await editCodeHere(ctx);
  }
  return true;
}
