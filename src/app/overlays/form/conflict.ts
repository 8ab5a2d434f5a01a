import { Failure } from '#services/failure.ts';
import type { FormDefinition, FormValues, PresentRecord } from '#ui/form/definition.ts';
import { bothTexts, compareThree, type Difference, mergedValues } from '#ui/form/merge.ts';
import { type FormState, rebased } from '#ui/form/model.ts';
import type { Desk } from '../../shell/desk.ts';

/** What became of a conflict. */
export type Resolution<R> =
  | { readonly what: 'again'; readonly form: FormState }
  | { readonly what: 'saved'; readonly saved: R }
  | { readonly what: 'stay'; readonly message: string };

/** Whether saving failed because of somebody else, so that the record as it is now must be looked at. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Failure && (error.code === 'conflict' || error.code === 'not_found');

const twoDigits = (n: number) => String(n).padStart(2, '0');

/** `at 14:02`, with the day when it was another; local time. */
export function whenInWords(at: number | null, now: number): string {
  if (at === null) return '';
  const then = new Date(at);
  const clock = `at ${twoDigits(then.getHours())}:${twoDigits(then.getMinutes())}`;
  const day = `${then.getFullYear()}-${twoDigits(then.getMonth() + 1)}-${twoDigits(then.getDate())}`;
  return new Date(now).toDateString() === then.toDateString() ? clock : `on ${day} ${clock}`;
}

/**
 * Fetches the record as it is now, compares and asks. `form` holds what was typed and what it was
 * made from; whatever the operator answers, nothing of it is lost.
 */
export async function resolveConflict<V extends FormValues, R>(
  definition: FormDefinition<V, R>,
  form: FormState,
  { desk, now }: { readonly desk: Desk; readonly now: number },
  refused: Failure,
): Promise<Resolution<R>> {
  let present: PresentRecord<V>;
  try {
    present = await definition.current!();
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return gone(definition, form, desk);
    throw error;
  }
  // Refused for something else that is not there: the record itself has not moved.
  if (present.version === form.version) throw refused;
  const differences = compareThree(form.fields, form.saved, form.values, present.values);
  const decided =
    differences.length === 0
      ? differences
      : await desk.resolve(
          {
            title: `${definition.title}: changed by ${present.changedBy}`,
            by: present.changedBy,
            when: whenInWords(present.changedAt, now),
            differences,
          },
          (difference) => joined(desk, difference, definition.today),
        );
  if (decided === null) {
    return { what: 'stay', message: `Not saved: ${present.changedBy} changed it meanwhile. F9 shows what.` };
  }
  const values = mergedValues(form.values, present.values, decided);
  return { what: 'again', form: rebased(form, present.values, present.version, values) };
}

/** Both texts below one another in a form of their own; null when it is left. */
const joined = (desk: Desk, { field, mine, theirs, side, both }: Difference, today: string): Promise<string | null> =>
  desk.form({
    title: `Both texts: ${field.label}`,
    verb: 'Take',
    fields: [{ ...field, name: 'text', kind: 'multiline', rows: 12, enabled: undefined }],
    initial: { text: side === 'both' ? both : bothTexts(String(mine), String(theirs)) },
    today,
    save: async ({ text }) => text,
  });

/** The record is not there any more. */
async function gone<V extends FormValues, R>(
  definition: FormDefinition<V, R>,
  form: FormState,
  desk: Desk,
): Promise<Resolution<R>> {
  const { saveAsNew } = definition;
  const choice = await desk.choose<'stay' | 'new' | 'copy'>('This record was taken away meanwhile', [
    { value: 'stay', label: 'Back to the form', detail: 'what you typed is still there' },
    ...(saveAsNew ? [{ value: 'new' as const, label: 'Save what you typed as a new record' }] : []),
    { value: 'copy', label: 'Copy what you typed to the clipboard' },
  ]);
  if (choice === 'new') return { what: 'saved', saved: await saveAsNew!(form.values as V) };
  if (choice === 'copy') {
    const typed = form.fields.filter(({ kind, name }) => kind !== 'secret' && form.values[name] !== form.saved[name]);
    desk.copy(typed.map(({ name }) => String(form.values[name] ?? '')).join('\n'), 'what you typed');
  }
  return { what: 'stay', message: 'Not saved: the record was taken away meanwhile.' };
}
