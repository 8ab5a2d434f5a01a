import { addNewCode } from '../../../setup/add-in-place.ts';
import { currentField, moveFocus, setCurrent } from '#ui/form/model.ts';
import { changed, type Ctx } from './changed.ts';
import { codesOf } from './load.ts';
import { refitted, withValues } from './model.ts';

const TABLES: Readonly<Record<string, string>> = {
  addresses: 'address_type',
  emails: 'email_type',
  phones: 'phone_type',
};

/** The code table whose values the field in focus takes; null where it takes none that can be added to. */
export function tableInFocus(ctx: Ctx): string | null {
  const [, kind, , field] = currentField(ctx.get().form)?.name.split('.') ?? [];
  if (kind === 'type') return 'contact_type';
  return field === 'type' ? TABLES[kind!]! : null;
}

/** How a code is added for the field in focus; undefined for who may not change setup, and for other fields. */
export function addingCode(ctx: Ctx) {
  const table = tableInFocus(ctx);
  return table === null ? undefined : addNewCode(ctx, table);
}

/** Adds a value to the table of the field in focus without leaving it; the new one goes in, and the cursor on. */
export async function addCode(ctx: Ctx): Promise<void> {
  const added = await addingCode(ctx)?.();
  if (!added) return;
  const state = { ...ctx.get(), codes: await codesOf(ctx) };
  const fitted = refitted(state);
  changed(ctx, withValues(fitted, moveFocus(setCurrent(fitted.form, added.value), 1).values));
  ctx.set({ form: moveFocus(ctx.get().form, 1) });
}
