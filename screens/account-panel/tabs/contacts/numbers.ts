import type { Command } from '#keymap/command.ts';
import { clearSensitive } from '#services/secrets/change.ts';
import type { SensitiveLine } from '#services/secrets/list.ts';
import { numberForm, type WhoseNumber } from '../customer/parts/personal/number-form.ts';
import { reveal } from '../customer/parts/personal/reveal.ts';
import { contactLevel } from '#domain/contact.ts';
import type { Ctx } from './changed.ts';
import { isNew } from './edit.ts';
import { readNumbers } from './load.ts';
import { type ContactsState, refitted, selected } from './model.ts';
import { firstNumber } from './typed-numbers.ts';

/** The sensitive numbers of the selected contact, masked; none of one that is not saved yet. */
export function numbersOf(state: ContactsState): readonly SensitiveLine[] {
  const contact = selected(state);
  return (contact && state.numbers[contact.key]) || [];
}

/** Whose the numbers are, as the contact is saved: with the customer, or with the location. */
function whoseOf(ctx: Ctx): WhoseNumber {
  const { customerId, locationId } = ctx.params;
  const state = ctx.get();
  const { key } = selected(state)!;
  const type = state.codes.types.find(({ code }) => code === state.saved[`${key}.type`]);
  const contactId = Number(key);
  return contactLevel(type?.attributes ?? null) === 'customer'
    ? { customerId: customerId ?? undefined, contactId }
    : { locationId: locationId ?? undefined, contactId };
}

const some = (ctx: Ctx): true | string => (selected(ctx.get()) ? true : 'There is no contact here.');

const kept = (ctx: Ctx): readonly SensitiveLine[] => numbersOf(ctx.get()).filter((line) => line.masked !== null);

const someKept = (ctx: Ctx): true | string =>
  kept(ctx).length > 0 ? true : 'No sensitive number is kept of this contact.';

const choose = (ctx: Ctx, title: string, lines: readonly SensitiveLine[]): Promise<SensitiveLine | null> =>
  ctx.choose(
    title,
    lines.map((value) => ({ value, label: value.name, detail: value.masked ?? 'none yet' })),
  );

async function enter(ctx: Ctx): Promise<void> {
  const { key } = selected(ctx.get())!;
  // Of a new one they are typed with the rest.
  if (isNew(key)) return ctx.set({ ...refitted({ ...ctx.get(), part: 'general' }, firstNumber(key)), pane: 'fields' });
  const line = await choose(ctx, 'Enter or change which number?', numbersOf(ctx.get()));
  const told = line && (await ctx.form(numberForm(ctx, line, whoseOf(ctx))));
  if (!told) return;
  ctx.set(await readNumbers(ctx));
  ctx.toast(told, 'good');
}

async function show(ctx: Ctx): Promise<void> {
  const line = await choose(ctx, 'Show which number?', kept(ctx));
  if (line) await reveal(ctx, line, whoseOf(ctx));
}

async function clear(ctx: Ctx): Promise<void> {
  const line = await choose(ctx, 'Take which number away?', kept(ctx));
  if (!line) return;
  const { kind, autopayId, version, name, masked } = line;
  const question = { title: 'Take this number away?', lines: [`${name}  ${masked}`, 'It cannot be brought back.'] };
  if (!(await ctx.confirm({ ...question, action: 'Take away' }))) return;
  await ctx.call(clearSensitive, { ...whoseOf(ctx), kind, autopayId, version: version! });
  ctx.undo.passed(`Take away: ${name}`);
  ctx.set(await readNumbers(ctx));
  ctx.toast(`Taken away: ${name}`, 'good');
}

const inList = (ctx: Ctx): boolean => ctx.get().pane === 'list';

/** Show, enter and take away sensitive numbers of the selected contact. */
export const numberCommands: readonly Command<Ctx>[] = [
  {
    id: 'contacts.reveal',
    title: 'Show sensitive number',
    group: 'record',
    keys: ['S'],
    permission: 'sensitive.reveal',
    background: true,
    applies: inList,
    when: someKept,
    run: show,
  },
  {
    id: 'contacts.number',
    title: 'Enter or change sensitive number',
    group: 'record',
    keys: ['E'],
    permission: 'sensitive.edit',
    background: true,
    applies: inList,
    when: some,
    run: enter,
  },
  {
    id: 'contacts.clearNumber',
    title: 'Take sensitive number away',
    group: 'record',
    permission: 'sensitive.edit',
    background: true,
    applies: inList,
    when: someKept,
    run: clear,
  },
];
