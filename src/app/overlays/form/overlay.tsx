import type { Command } from '#keymap/command.ts';
import type { InputEvent, Taken } from '#keymap/keys.ts';
import { enabledNow, takesDate } from '#ui/form/check.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import {
  currentField,
  focusedText,
  formInput,
  type FormState,
  isDirty,
  newForm,
  onLastField,
  showErrors,
  takeUp,
} from '#ui/form/model.ts';
import { formBox, FormView } from '#ui/form/view.tsx';
import type { KeptForm } from '../../drafts/drafts.ts';
import type { OverlayContext, OverlayDefinition } from '../../shell/overlay.ts';
import { FormActions, type FormAnswer, type FormHost, type FormOverlayState } from './actions.ts';

type Ctx<R> = OverlayContext<FormOverlayState, FormAnswer<R>>;

/** A form over a screen. `draft` is what was kept of an earlier try. */
export function formOverlay<V extends FormValues, R>(
  definition: FormDefinition<V, R>,
  host: FormHost,
  draft: Pick<KeptForm, 'values' | 'opened'> | null,
): OverlayDefinition<FormOverlayState, FormAnswer<R>> {
  const { fields, initial, today, version, begin, errors = {} } = definition;
  const fresh = showErrors(newForm(fields, initial, today, version, begin), errors);
  const actions = new FormActions(definition, host);
  return {
    kind: 'form',
    state: {
      form: draft ? takeUp(fresh, draft.values, draft.opened) : fresh,
      message: draft ? 'Taken up from the draft. F5 goes back to what is saved.' : '',
    },
    typing: () => true,
    box: (state, size) => formBox(state.form, size.columns, size.rows),
    unsaved: (state) => (isDirty(state.form) ? `what was typed in "${definition.title}"` : null),
    onLock: (ctx) => actions.keepDraft(ctx),
    onInput: (ctx, event) => typed(actions, ctx, event),
    commands: [...saving(actions, definition.verb), ...moving(actions)],
    View: ({ state, box, theme }) => (
      <FormView
        title={definition.title}
        state={state.form}
        box={box}
        theme={theme}
        message={state.message}
        tally={definition.tally?.(state.form.values as V)}
      />
    ),
  };
}

/** What the field in focus takes of an input. */
function typed<V extends FormValues, R>(actions: FormActions<V, R>, ctx: Ctx<R>, event: InputEvent): Taken {
  const { form } = ctx.get();
  if (event.type === 'key' && event.key === '?' && asksByMark(currentField(form))) return actions.pick(ctx);
  if (addsValue(form, event)) return actions.addValue(ctx);
  const next = formInput(form, event);
  if (next === null) return false;
  if (next !== form) actions.update(ctx, next);
  return true;
}

/** Fields in whose texts no question mark can stand: there it asks for the values. */
const asksByMark = (field: FormField | undefined): boolean => field?.kind === 'code' || field?.kind === 'date';

/** `+` where nothing is typed yet: no code begins with it. */
function addsValue(form: FormState, event: InputEvent): boolean {
  const field = currentField(form);
  if (event.type !== 'key' || event.key !== '+' || field?.addNew === undefined) return false;
  return (form.arrived || focusedText(form).text === '') && enabledNow(field, form.values) === true;
}

const onDate = ({ form }: FormOverlayState): boolean => {
  const field = currentField(form);
  return field !== undefined && takesDate(field);
};

function saving<V extends FormValues, R>(actions: FormActions<V, R>, verb = 'Save'): Command<Ctx<R>>[] {
  return [
    {
      id: 'form.save',
      title: verb,
      group: 'record',
      keys: ['f9', 'ctrl+s'],
      hint: verb,
      footer: 9,
      run: (ctx) => actions.save(ctx),
    },
    {
      id: 'form.leave',
      title: 'Leave',
      group: 'record',
      keys: ['escape', 'f12', 'f3'],
      hint: 'Cancel',
      footer: 8,
      run: (ctx) => actions.leave(ctx),
    },
    {
      id: 'form.values',
      title: 'Values of the field',
      group: 'record',
      keys: ['f4', 'ctrl+space'],
      hint: 'Values',
      footer: 7,
      applies: (ctx) => !onDate(ctx.get()),
      when: (ctx) => {
        const { choices = [], addNew, browse } = currentField(ctx.get().form) ?? {};
        return choices.length > 0 || addNew || browse ? true : 'This field has no list of values.';
      },
      run: (ctx) => actions.pick(ctx),
    },
    {
      id: 'form.calendar',
      title: 'Choose the date from a calendar',
      group: 'record',
      keys: ['f4', 'ctrl+space'],
      hint: 'Calendar',
      footer: 7,
      applies: (ctx) => onDate(ctx.get()),
      when: (ctx) => {
        const { form } = ctx.get();
        return enabledNow(currentField(form)!, form.values);
      },
      run: (ctx) => actions.pick(ctx),
    },
    {
      id: 'form.revert',
      title: 'Back to what is saved',
      group: 'record',
      keys: ['f5', 'ctrl+r'],
      hint: 'Revert',
      footer: 3,
      when: (ctx) => (isDirty(ctx.get().form) ? true : 'Nothing was changed.'),
      run: (ctx) => actions.revert(ctx),
    },
    {
      id: 'form.help',
      title: 'What the field means',
      group: 'record',
      keys: ['f1'],
      run: (ctx) => actions.help(ctx),
    },
  ];
}

function moving<V extends FormValues, R>(actions: FormActions<V, R>): Command<Ctx<R>>[] {
  const command = (
    verb: 'next' | 'previous' | 'down' | 'up',
    title: string,
    key: string,
    step: 1 | -1,
  ): Command<Ctx<R>> => ({
    id: `form.${verb}`,
    title,
    group: 'record',
    keys: [key],
    run: (ctx) => actions.move(ctx, step),
  });
  return [
    { ...command('next', 'Next field', 'tab', 1), hint: 'Next', footer: 5 },
    command('previous', 'Previous field', 'shift+tab', -1),
    command('down', 'Field below', 'down', 1),
    command('up', 'Field above', 'up', -1),
    {
      id: 'form.enter',
      title: 'Next field; on the last one save',
      group: 'record',
      keys: ['enter'],
      run: (ctx) => (onLastField(ctx.get().form) ? actions.save(ctx) : actions.move(ctx, 1)),
    },
  ];
}
