import { parseCents } from '#domain/money.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import type { CorrectionReceipt } from '#services/corrections/receipt.ts';
import type { Effect } from '#services/corrections/effect.ts';
import { Failure } from '#services/failure.ts';
import type { CommandOperation } from '#services/operation.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormField, FormValues } from '#ui/form/definition.ts';
import type { TabContext } from '../../../tab.ts';
import type { HistoryState } from '../model.ts';
import { effectLines } from './effect-lines.ts';

export type Ctx = TabContext<HistoryState>;

/** What does it, and what tells beforehand what that would do. */
interface Asked<I> {
  readonly command: CommandOperation<I, CorrectionReceipt>;
  readonly preview: CommandOperation<I, Effect>;
}

/** A correction as an operator fills it in. */
export interface CorrectionForm<I, V extends FormValues> {
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly initial: V;
  readonly correction: Asked<I>;
  readonly inputOf: (values: V) => I | Promise<I>;
  /** The verb on the button that does it: `Reverse payment`. */
  readonly action: string;
  /** What is said when it is done. */
  readonly done: string;
}

interface Looked<I, V> {
  readonly input: I;
  readonly effect: Effect;
  readonly values: V;
  readonly key: string;
}

/**
 * Form, preview, confirmation, command: what is refused is said in the form, and who does not confirm
 * finds everything as it was typed. The same values are done once, however often they are confirmed.
 */
export async function correct<I, V extends FormValues>(ctx: Ctx, form: CorrectionForm<I, V>): Promise<boolean> {
  let initial = form.initial;
  let last: Looked<I, V> | null = null;
  for (;;) {
    const looked = await ctx.form<V, Looked<I, V>>({
      title: form.title,
      // What it does is shown before it is done.
      verb: 'Preview',
      fields: form.fields,
      initial,
      today: ctx.today,
      save: async (values, _, key) => {
        const input = await form.inputOf(values);
        // The same values stay the same request, also when the form was left for the question and opened again.
        const same: boolean = last !== null && JSON.stringify(last.values) === JSON.stringify(values);
        const effect = await ctx.call(form.correction.preview, input);
        return { input, values, key: same ? last!.key : key, effect };
      },
    });
    if (looked === null) return false;
    try {
      if (await confirmed(ctx, form, looked)) return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      ctx.toast(error.message, 'bad');
    }
    last = looked;
    initial = looked.values;
  }
}

async function confirmed<I, V extends FormValues>(
  ctx: Ctx,
  { title, action, correction, done }: CorrectionForm<I, V>,
  { input, effect, key }: Looked<I, V>,
): Promise<boolean> {
  if (!(await ctx.confirm({ title: `${title}?`, lines: effectLines(effect), action }))) return false;
  tell(ctx, await ctx.call(correction.command, input, { idempotencyKey: key }), done);
  return true;
}

/** The same without a form, where nothing has to be said. */
export async function correctAtOnce<I>(
  ctx: Ctx,
  form: Pick<CorrectionForm<I, FormValues>, 'title' | 'correction' | 'action' | 'done'> & { readonly input: I },
): Promise<boolean> {
  const effect = await ctx.call(form.correction.preview, form.input);
  const sure = await ctx.confirm({ title: `${form.title}?`, lines: effectLines(effect), action: form.action });
  if (sure) tell(ctx, await ctx.call(form.correction.command, form.input), form.done);
  return sure;
}

function tell(ctx: Ctx, { requestId }: CorrectionReceipt, done: string): void {
  if (requestId === null) ctx.toast(done, 'good');
  else ctx.toast('Above your limit: it waits for approval (APR).', 'warning');
}

/** The values of a code table, to choose among. */
export async function codeChoices(ctx: Ctx, table: string): Promise<Choice<string>[]> {
  const values = await ctx.call(listCodeValues, { table, all: false });
  return values.map(({ code, name }) => ({ value: code, label: name }));
}

export const memoField: FormField = {
  name: 'memo',
  label: 'Memo',
  kind: 'text',
  maxLength: 500,
  help: 'No card numbers.',
};

export const reasonField = (choices: readonly Choice<string>[]): FormField => ({
  name: 'reason',
  label: 'Reason',
  kind: 'code',
  required: true,
  choices,
});

export const dateField: FormField = {
  name: 'effectiveOn',
  label: 'Date',
  kind: 'date',
  help: 'The day from which it counts; where that is closed, the first open day after it.',
};

export const referenceField: FormField = {
  name: 'reference',
  label: 'Reference',
  kind: 'text',
  maxLength: 60,
  help: 'Check number, approval or trace number.',
};

/** What was typed, or null. */
export const textOf = (value: string | boolean | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** Cents of an amount field; undefined where it is empty. */
export const centsOf = (value: string | boolean | undefined): number | undefined =>
  typeof value === 'string' && value !== '' ? (parseCents(value) ?? undefined) : undefined;

/** A part of an input that is left out where the field is empty. */
export const given = <K extends string, T>(name: K, value: T | null | undefined): { readonly [P in K]?: T } =>
  (value === null || value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: T };
