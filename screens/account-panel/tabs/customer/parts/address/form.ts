import { listCodeValues } from '#services/code-tables/values.ts';
import type { ReachReceipt } from '#services/customers/reach/operations.ts';
import { Failure } from '#services/failure.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition } from '#ui/form/definition.ts';
import { withAdding } from '../../../../../setup/add-in-place.ts';
import { type Reverse, type StandingNow, type TakeBack, takingBack } from '#ui/undo.ts';
import type { PartContext } from '../part.ts';
import type { ReachValues } from './exchange.ts';
import type { Reach } from './kinds.ts';

type ReachForm = FormDefinition<ReachValues, ReachReceipt>;

/** Types to choose from; one in use that was retired stays choosable here. */
async function typesOf(ctx: PartContext, { types }: Reach, kept?: string): Promise<Choice<string>[]> {
  const values = await ctx.call(listCodeValues, { table: types, all: false });
  const choices = values.map(({ code, name }) => ({ value: code, label: name }));
  const known = kept === undefined || kept === '' || choices.some(({ value }) => value === kept);
  return known ? choices : [...choices, { value: kept, label: kept }];
}

/** The one that got or gave up the tick of the primary one with a change. */
export const besideOf = ({ noun }: Reach, { other }: Pick<ReachReceipt, 'other'>): Pick<TakeBack, 'beside'> =>
  other ? { beside: { record: `${noun} ${other.id}`, from: other.version - 1, version: other.version } } : {};

export const otherNow = ({ id }: { readonly id: number }, { beside: { version, recordId = id } }: StandingNow) => ({
  id: recordId,
  version,
});

/** The form of a new one. */
async function addForm(ctx: PartContext, reach: Reach): Promise<ReachForm> {
  const { customerId } = ctx;
  const types = await typesOf(ctx, reach);
  const type = types.some(({ value }) => value === reach.blank.type) ? reach.blank.type : '';
  return {
    title: `Add ${reach.one}`,
    fields: withAdding(ctx, reach.fields(types), { type: reach.types }),
    initial: { ...reach.blank, type },
    draft: ctx.draft(`${reach.noun}.add`, customerId),
    today: ctx.today,
    fill: reach.fill?.(ctx),
    save: (values, _, idempotencyKey) => reach.add(ctx.call, { customerId, values }, { idempotencyKey }),
    undo: (saved) => {
      const { id, version: made, other } = saved;
      const remove: Reverse = (version, how, now) => {
        const which = { customerId, id: now.recordId ?? id, version };
        return reach.remove(ctx.call, { ...which, other: other && otherNow(other, now) }, how);
      };
      return takingBack(`${reach.noun} ${id}`, made, remove, besideOf(reach, saved));
    },
  };
}

/** The form of one that is there; when somebody else was faster, the form asks what becomes of both. */
async function editForm(ctx: PartContext, reach: Reach, id: number): Promise<ReachForm> {
  const { customerId } = ctx;
  const record = await reach.get(ctx.call, { customerId, id });
  return {
    title: `Edit ${reach.word}`,
    fields: withAdding(ctx, reach.fields(await typesOf(ctx, reach, record.values.type)), { type: reach.types }),
    initial: record.values,
    version: record.version,
    draft: ctx.draft(`${reach.noun}.edit`, id),
    today: ctx.today,
    fill: reach.fill?.(ctx),
    save: (values, version) => reach.edit(ctx.call, { customerId, id, version, values }),
    current: () => reach.get(ctx.call, { customerId, id }),
    undo: (saved, { before }) => {
      const { version: made, other } = saved;
      const edit: Reverse = (version, how, now) => {
        const which = { customerId, id: now.recordId ?? id, version };
        return reach.edit(ctx.call, { ...which, values: before, other: other && otherNow(other, now) }, how);
      };
      return takingBack(`${reach.noun} ${id}`, made, edit, besideOf(reach, saved));
    },
    saveAsNew: (values) => reach.add(ctx.call, { customerId, values }),
  };
}

/** Adds one, or edits the one with that id; false when that one is gone. */
export async function fillIn(ctx: PartContext, reach: Reach, id: number | null): Promise<boolean> {
  let form: ReachForm;
  try {
    form = id === null ? await addForm(ctx, reach) : await editForm(ctx, reach, id);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'not_found') throw error;
    ctx.toast(error.message, 'warning');
    return false;
  }
  const receipt = await ctx.form(form);
  if (receipt === null) return true;
  await ctx.refresh();
  ctx.reveal(`${reach.lines}${receipt.id}`);
  ctx.toast('Saved.', 'good');
  return true;
}
