import { Failure } from '#services/failure.ts';
import type { FormDefinition, FormValues } from '#ui/form/definition.ts';
import { enabledNow } from '#ui/form/check.ts';
import {
  checkForm,
  currentField,
  draftValues,
  formInput,
  type FormState,
  isDirty,
  moveFocus,
  newForm,
  onLastField,
  revert,
  setCurrent,
  showErrors,
  takeUp,
} from '#ui/form/model.ts';
import { formBox, FormView } from '#ui/form/view.tsx';
import type { Desk } from '../desk.ts';
import type { Drafts } from '../drafts.ts';
import type { OverlayContext, OverlayDefinition } from '../overlay.ts';

interface FormOverlayState {
  readonly form: FormState;
  readonly message: string;
}

type Answer<R> = { readonly saved: R };
type Ctx<R> = OverlayContext<FormOverlayState, Answer<R>>;

/** What a form needs of its surroundings. */
export interface FormHost {
  readonly desk: Desk;
  readonly drafts: Drafts;
}

/** A form over a screen. `draft` is what was kept of an earlier try. */
export function formOverlay<V extends FormValues, R>(
  definition: FormDefinition<V, R>,
  host: FormHost,
  draft: FormValues | null,
): OverlayDefinition<FormOverlayState, Answer<R>> {
  const fresh = newForm(definition.fields, definition.initial, definition.today);
  const form = draft ? takeUp(fresh, draft) : fresh;
  const update = (ctx: Ctx<R>, next: FormState) => {
    ctx.set({ form: next, message: '' });
    if (definition.draft && isDirty(next)) host.drafts.later(definition.draft, () => draftValues(ctx.get().form));
  };
  const move = (ctx: Ctx<R>, step: 1 | -1) => update(ctx, moveFocus(ctx.get().form, step));

  const save = async (ctx: Ctx<R>): Promise<void> => {
    if (ctx.get().form.saving) return;
    const checked = checkForm(ctx.get().form);
    if (!checked.valid) {
      ctx.set({ form: checked.state, message: '' });
      return;
    }
    ctx.set({ form: { ...checked.state, errors: {}, saving: true }, message: '' });
    try {
      const saved = await definition.save(checked.state.values as V);
      if (definition.draft) host.drafts.discard(definition.draft);
      ctx.close({ saved });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const after = { ...ctx.get().form, saving: false };
      ctx.set({ form: showErrors(after, error.fields), message: error.message });
    } finally {
      if (ctx.get().form.saving) ctx.set({ form: { ...ctx.get().form, saving: false } });
    }
  };

  const leave = async (ctx: Ctx<R>): Promise<void> => {
    if (!isDirty(ctx.get().form)) return ctx.close(null);
    const kept = definition.draft
      ? [{ value: 'keep' as const, label: 'Leave and keep a draft', detail: 'offered next time' }]
      : [];
    const what = await host.desk.choose<'stay' | 'drop' | 'keep'>('There are changes that are not saved', [
      { value: 'stay', label: 'Go on editing' },
      ...kept,
      { value: 'drop', label: 'Leave and lose the changes' },
    ]);
    if (what === 'keep' && definition.draft) host.drafts.now(definition.draft, draftValues(ctx.get().form));
    if (what === 'drop' && definition.draft) host.drafts.discard(definition.draft);
    if (what === 'keep' || what === 'drop') ctx.close(null);
  };

  const pick = async (ctx: Ctx<R>): Promise<void> => {
    const field = currentField(ctx.get().form);
    if (!field) return;
    const value = await host.desk.choose(
      field.label,
      (field.choices ?? []).map((choice) => ({
        ...choice,
        label: choice.label,
        detail: [choice.value, choice.detail].filter(Boolean).join('  '),
      })),
    );
    if (value !== null) update(ctx, moveFocus(setCurrent(ctx.get().form, value), 1));
  };

  const hasValues = (ctx: Ctx<R>) =>
    currentField(ctx.get().form)?.choices?.length ? true : 'This field has no list of values.';

  return {
    kind: 'form',
    state: { form, message: draft ? 'Taken up from the draft. F5 goes back to what is saved.' : '' },
    typing: () => true,
    box: (state, size) => formBox(state.form.fields, size.columns, size.rows),
    unsaved: (state) => (isDirty(state.form) ? `what was typed in "${definition.title}"` : null),
    onLock: (ctx) => {
      if (definition.draft && isDirty(ctx.get().form)) host.drafts.now(definition.draft, draftValues(ctx.get().form));
    },
    onInput: (ctx, event) => {
      const { form } = ctx.get();
      const field = currentField(form);
      if (event.type === 'key' && field?.kind === 'code' && event.key === '?') {
        void pick(ctx);
        return true;
      }
      if (event.type === 'key' && event.key === 'enter' && field?.kind === 'multiline') {
        update(ctx, formInput(form, event) ?? form);
        return true;
      }
      const next = formInput(form, event);
      if (next === null) return false;
      if (next !== form) update(ctx, next);
      return true;
    },
    commands: [
      { id: 'form.save', title: 'Save', group: 'record', keys: ['f9', 'ctrl+s'], hint: 'Save', footer: 9, run: save },
      {
        id: 'form.leave',
        title: 'Leave',
        group: 'record',
        keys: ['escape', 'f12', 'f3'],
        hint: 'Cancel',
        footer: 8,
        run: leave,
      },
      {
        id: 'form.next',
        title: 'Next field',
        group: 'record',
        keys: ['tab'],
        hint: 'Next',
        footer: 5,
        run: (ctx) => move(ctx, 1),
      },
      {
        id: 'form.previous',
        title: 'Previous field',
        group: 'record',
        keys: ['shift+tab'],
        run: (ctx) => move(ctx, -1),
      },
      { id: 'form.down', title: 'Field below', group: 'record', keys: ['down'], run: (ctx) => move(ctx, 1) },
      { id: 'form.up', title: 'Field above', group: 'record', keys: ['up'], run: (ctx) => move(ctx, -1) },
      {
        id: 'form.enter',
        title: 'Next field; on the last one save',
        group: 'record',
        keys: ['enter'],
        run: (ctx) => (onLastField(ctx.get().form) ? save(ctx) : move(ctx, 1)),
      },
      {
        id: 'form.values',
        title: 'Values of the field',
        group: 'record',
        keys: ['f4', 'ctrl+space'],
        hint: 'Values',
        footer: 7,
        when: hasValues,
        run: pick,
      },
      {
        id: 'form.revert',
        title: 'Back to what is saved',
        group: 'record',
        keys: ['f5', 'ctrl+r'],
        hint: 'Revert',
        footer: 3,
        when: (ctx) => (isDirty(ctx.get().form) ? true : 'Nothing was changed.'),
        run: (ctx) => {
          if (definition.draft) host.drafts.discard(definition.draft);
          ctx.set({ form: revert(ctx.get().form), message: '' });
        },
      },
      {
        id: 'form.help',
        title: 'What the field means',
        group: 'record',
        keys: ['f1'],
        run: async (ctx) => {
          const field = currentField(ctx.get().form);
          if (!field) return;
          await host.desk.show(field.label, fieldHelp(field, ctx.get().form));
        },
      },
    ],
    View: ({ state, box, theme }) => (
      <FormView title={definition.title} state={state.form} box={box} theme={theme} message={state.message} />
    ),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  date: 'A date: 12/1, 12/1/26, +30, -7, +2m, today.',
  amount: 'An amount: 12, 12.5, 1,200.',
  flag: 'Yes or no: Space turns it round, y and n set it.',
  code: 'A code. F4 shows its values; its code, its name or the beginning of its name can be typed.',
  multiline: 'A text of several lines. Tab goes on to the next field.',
  secret: 'Not shown and never kept in a draft.',
};

function fieldHelp(field: NonNullable<ReturnType<typeof currentField>>, form: FormState): string[] {
  const open = enabledNow(field, form.values);
  return [
    ...(field.help ? [field.help, ''] : []),
    ...(KINDS[field.kind] ? [KINDS[field.kind]!] : []),
    ...(field.required ? ['It is needed.'] : []),
    ...(field.maxLength ? [`At most ${field.maxLength} characters.`] : []),
    ...(open === true ? [] : ['', open]),
    ...(field.choices ? ['', ...field.choices.map((choice) => `${choice.value.padEnd(8)} ${choice.label}`)] : []),
  ];
}
