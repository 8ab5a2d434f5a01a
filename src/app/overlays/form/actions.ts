import { Failure } from '#services/failure.ts';
import { takesDate } from '#ui/form/check.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import { type Tried, triedAgain } from '#ui/tried.ts';
import {
  checkForm,
  currentField,
  draftOpened,
  draftValues,
  fillEmpty,
  type FormState,
  isDirty,
  moveFocus,
  revert,
  setCurrent,
  showRefusal,
  withChoice,
} from '#ui/form/model.ts';
import type { Desk } from '../../shell/desk.ts';
import type { Drafts, KeptForm } from '../../drafts/drafts.ts';
import type { OverlayContext } from '../../shell/overlay.ts';
import { isConflict, resolveConflict } from './conflict.ts';
import { fieldHelp } from './help.ts';
import { pickDay, pickOne, pickSeveral } from './values.ts';

export interface FormOverlayState {
  readonly form: FormState;
  /** Said below the fields: what saving refused, which draft was taken up. */
  readonly message: string;
}

/** What a form answers with when it was saved. */
export interface FormAnswer<R> {
  readonly saved: R;
}

/** What a form needs of its surroundings. */
export interface FormHost {
  readonly desk: Desk;
  readonly drafts: Drafts;
  /** Epoch ms. */
  readonly now: () => number;
}

type Ctx<R> = OverlayContext<FormOverlayState, FormAnswer<R>>;

/** What an operator does with an open form. */
export class FormActions<V extends FormValues, R> {
  readonly #definition: FormDefinition<V, R>;
  readonly #host: FormHost;
  #tried: Tried | null = null;

  constructor(definition: FormDefinition<V, R>, host: FormHost) {
    this.#definition = definition;
    this.#host = host;
  }

  /** The form after an input; a draft of it is kept as soon as typing pauses. */
  update(ctx: Ctx<R>, next: FormState): void {
    ctx.set({ form: next, message: '' });
    const { draft } = this.#definition;
    if (draft && isDirty(next)) this.#host.drafts.later(draft, () => this.#kept(ctx));
  }

  move(ctx: Ctx<R>, step: 1 | -1): void {
    const left = currentField(ctx.get().form);
    this.update(ctx, moveFocus(ctx.get().form, step));
    if (left && this.#definition.fill) void this.#fill(ctx, left.name);
  }

  /** Takes over what a field that was left tells about others. That nothing can be found out is no harm. */
  async #fill(ctx: Ctx<R>, field: string): Promise<void> {
    const { values, saved } = ctx.get().form;
    if (values[field] === (saved[field] ?? '')) return;
    try {
      const told = await this.#definition.fill!(field, values as V);
      const { form } = ctx.get();
      if (form.values[field] === values[field]) ctx.set({ form: fillEmpty(form, told) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }

  /** Checks and saves; what is refused is said at its field, and everything typed stays. */
  async save(ctx: Ctx<R>): Promise<void> {
    if (ctx.get().form.saving) return;
    const { state, valid } = checkForm(ctx.get().form);
    if (!valid) return ctx.set({ form: state, message: '' });
    ctx.set({ form: { ...state, errors: {}, saving: true }, message: '' });
    try {
      const saved = await this.#saved(ctx);
      if (saved === null) return;
      this.#dropDraft();
      ctx.close(saved);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      ctx.set({ form: showRefusal(ctx.get().form, error.fields), message: error.message });
    } finally {
      ctx.set({ form: { ...ctx.get().form, saving: false } });
    }
  }

  #keyFor(values: FormValues): string {
    this.#tried = triedAgain(this.#tried, JSON.stringify(values));
    return this.#tried.key;
  }

  /** Saves, as often as somebody else was faster and the operator decides; null when back in the form. */
  async #saved(ctx: Ctx<R>): Promise<FormAnswer<R> | null> {
    for (;;) {
      const { form } = ctx.get();
      try {
        const saved = await this.#definition.save(form.values as V, form.version, this.#keyFor(form.values));
        this.#canBeUndone(saved, form);
        return { saved };
      } catch (error) {
        if (!this.#definition.current || !isConflict(error)) throw error;
        const { desk, now } = this.#host;
        const answer = await resolveConflict(this.#definition, form, { desk, now: now() }, error as Failure);
        if (answer.what === 'saved') return answer;
        if (answer.what === 'stay') {
          ctx.set({ message: answer.message });
          return null;
        }
        ctx.set({ form: { ...answer.form, saving: true } });
      }
    }
  }

  #canBeUndone(saved: R, form: FormState): void {
    const { title, verb, undo } = this.#definition;
    if ((verb !== undefined && !undo) || (!isDirty(form) && form.version !== 0)) return;
    const how = undo?.(saved, { before: form.saved as V, typed: form.values as V });
    if (!how) this.#host.desk.undo.passed(title);
    else if (how.version !== form.version) this.#host.desk.undo.add({ ...how, title, from: form.version });
  }

  /** Leaves; when something would be lost, asks first. */
  async leave(ctx: Ctx<R>): Promise<void> {
    if (!isDirty(ctx.get().form)) return ctx.close(null);
    const { draft } = this.#definition;
    const keeping = { value: 'keep' as const, label: 'Leave and keep a draft', detail: 'offered next time' };
    const what = await this.#host.desk.choose<'stay' | 'drop' | 'keep'>('There are changes that are not saved', [
      { value: 'stay', label: 'Go on editing' },
      ...(draft ? [keeping] : []),
      { value: 'drop', label: 'Leave and lose the changes' },
    ]);
    if (what === 'keep') this.keepDraft(ctx);
    if (what === 'drop') this.#dropDraft();
    if (what === 'keep' || what === 'drop') ctx.close(null);
  }

  /** Offers the values of a field: its codes, the days of a calendar; the one taken goes in, and the cursor on. */
  async pick(ctx: Ctx<R>): Promise<void> {
    const { form } = ctx.get();
    const field = currentField(form);
    if (!field) return;
    if (field.browse) return this.#browse(ctx, field.browse);
    const { desk } = this.#host;
    const typed = String(form.values[field.name] ?? '');
    const picked = takesDate(field)
      ? await pickDay(desk, field, typed, form.today)
      : await (field.list ? pickSeveral(desk, field, typed) : pickOne(desk, field));
    if (picked === 'add') return this.addValue(ctx);
    if (picked !== null) this.update(ctx, moveFocus(setCurrent(ctx.get().form, picked.value), 1));
  }

  /** Adds a value to the list of a coded field without leaving the form; the new one goes in, and the cursor on. */
  async addValue(ctx: Ctx<R>): Promise<void> {
    const field = currentField(ctx.get().form);
    const added = await field?.addNew?.();
    if (!field || !added) return;
    this.update(ctx, moveFocus(setCurrent(withChoice(ctx.get().form, field, added), added.value), 1));
  }

  /** From folder to folder to a file; leaving keeps the folder that was reached. */
  async #browse(ctx: Ctx<R>, browse: NonNullable<FormField['browse']>): Promise<void> {
    for (;;) {
      const { form } = ctx.get();
      const typed = String(form.values[currentField(form)!.name] ?? '');
      const found = await browse(typed);
      if (found.length === 0) return ctx.set({ message: 'Nothing there begins like that.' });
      const choices = found.map((value) => ({ value, label: value }));
      const value = await this.#host.desk.choose(typed === '' ? 'Files' : `Files: ${typed}`, choices);
      if (value === null) return;
      this.update(ctx, setCurrent(ctx.get().form, value));
      if (!value.endsWith('/')) return this.move(ctx, 1);
    }
  }

  /** Back to what is saved. */
  revert(ctx: Ctx<R>): void {
    this.#dropDraft();
    const { form } = ctx.get();
    const { initial, version = 0 } = this.#definition;
    // A draft may have brought an older base along; what is saved is at least what was opened.
    const base = form.version < version ? { ...form, saved: initial, version } : form;
    ctx.set({ form: revert(base), message: '' });
  }

  /** Explains the field that has the cursor. */
  async help(ctx: Ctx<R>): Promise<void> {
    const field = currentField(ctx.get().form);
    if (field) await this.#host.desk.show(field.label, fieldHelp(field, ctx.get().form));
  }

  /** Keeps what is typed, when there is anything to keep. */
  keepDraft(ctx: Ctx<R>): void {
    const { draft } = this.#definition;
    if (draft && isDirty(ctx.get().form)) this.#host.drafts.now(draft, this.#kept(ctx));
  }

  #kept(ctx: Ctx<R>): KeptForm {
    const { form } = ctx.get();
    return { title: this.#definition.title, values: draftValues(form), opened: draftOpened(form) };
  }

  #dropDraft(): void {
    if (this.#definition.draft) this.#host.drafts.discard(this.#definition.draft);
  }
}
