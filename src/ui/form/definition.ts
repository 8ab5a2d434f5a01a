import type { CivilDate } from '#domain/civil-date.ts';
import type { Choice } from '../choice.ts';
import type { TakeBack } from '../undo.ts';

/** What a form holds while it is typed: text as typed, flags as booleans. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** One field of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  /** `date` takes today, +30, 12/1 and offers a calendar with F4; `amount` takes 12, 12.5, 1,200; `code` offers its choices with F4. */
  readonly kind: 'text' | 'multiline' | 'date' | 'amount' | 'flag' | 'code' | 'secret' | 'readonly';
  readonly required?: boolean;
  readonly maxLength?: number;
  /** Rows of a multiline field. */
  readonly rows?: number;
  readonly choices?: readonly Choice<string>[];
  /** Of a `text` of codes with commas between them: F4 ticks its choices, or puts them in an order too. */
  readonly list?: 'ticked' | 'ordered';
  /**
   * Of a `code`: offers "add new" in its list, and on `+` before anything is typed there. Adds a value
   * and answers it, null when left; the form stays as it is, with the new value chosen.
   */
  readonly addNew?: () => Promise<Choice<string> | null>;
  /** What its codes are of: one that is added in another field of the same kind of code is offered here, too. */
  readonly codesOf?: string;
  /** Of a `text` that names a file: what begins as typed; what ends with a slash is a folder to go on in. */
  readonly browse?: (typed: string) => Promise<readonly string[]>;
  /** Of a `secret` that is a date: a calendar is offered; it does not tell what is typed. */
  readonly date?: boolean;
  /** It proves who types it: emptied when it was not right, for nobody sees what to correct. */
  readonly proof?: boolean;
  /** Shown by F1 in the field. */
  readonly help?: string;
  /**
   * Of a `secret` that edits a kept value, for the comparison after a conflict: the name under which
   * the form's values hold what may be shown of the kept one (empty: there is none), and what may be
   * shown of the typed one. A secret without it is never compared.
   */
  readonly mask?: { readonly kept: string; readonly typed: (text: string) => string };
  /**
   * What is wrong with what is typed in it, by the rule that saving keeps, null when nothing is:
   * asked when the field is left and before saving, never of an empty one.
   */
  readonly check?: (text: string, values: FormValues) => string | null;
  /** Fields that `check` looks at too: when one of them is left, this one is checked again. */
  readonly checkedWith?: readonly string[];
  /** False where the other values make the field pointless: it is not drawn; what it holds stays. */
  readonly shown?: (values: FormValues) => boolean;
  /** Why the field cannot be entered now, or true. */
  readonly enabled?: (values: FormValues) => true | string;
}

/** A record as it is saved at this moment, and who made it so. */
export interface PresentRecord<V extends FormValues> {
  readonly values: V;
  readonly version: number;
  readonly changedBy: string;
  /** Epoch ms; null when nobody knows. */
  readonly changedAt: number | null;
}

/** A form: fields, what they hold at first, and the saving. */
export interface FormDefinition<V extends FormValues, R> {
  readonly title: string;
  /** What F9 does, in one word, where it saves nothing: `Show`. */
  readonly verb?: string;
  readonly fields: readonly FormField[];
  readonly initial: V;
  /** The field that has the cursor at first, where it can be entered; else the first that can. */
  readonly begin?: string;
  /** Messages by field that an earlier saving of these values gave. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What the values come to so far, in a few words, renewed as they are typed. */
  readonly tally?: (values: V) => string;
  /** Stable name under which a draft is kept; no draft without one. */
  readonly draft?: { readonly form: string; readonly subjectId: number | null };
  /** The version of the record that `initial` was read from; it goes with the form to `save`. */
  readonly version?: number;
  /**
   * The record as it is now, for forms that edit one. When `save` fails with `conflict` (somebody
   * else was faster) the form asks this, compares three ways and lets the operator decide field by
   * field; then `save` is called again with the new version. Read it with the operation that the
   * form was opened with, under the same rights, and name who changed it last
   * (`lastChange` in `#services/last-change.ts`). A `Failure` of `not_found` says that the record
   * is gone. Without this a conflict is only told, and what was typed stays.
   */
  readonly current?: () => Promise<PresentRecord<V>>;
  /** Saves what was typed as a new record, offered when the edited one is gone. */
  readonly saveAsNew?: (values: V) => Promise<R>;
  /**
   * What a field that was changed and left tells about others (a ZIP about its city): fields that
   * are still empty get it. Nothing where nothing is known.
   */
  readonly fill?: (field: string, values: V) => Promise<Partial<V>>;
  /** The business date, for what dates are typed as. */
  readonly today: CivilDate;
  /**
   * Saves; a `Failure` with fields is shown at them and everything typed stays. `version` is the
   * one that the values were made from: the definition's, or after a conflict the present one.
   * `key` stays the same while the values do: the idempotency key of a command that makes something.
   */
  readonly save: (values: V, version: number, key: string) => Promise<R>;
  /**
   * What takes a saving back, offered as the last change; null where this one cannot be. `before`
   * is what was saved until then, after a conflict what somebody else had made of it.
   */
  readonly undo?: (saved: R, change: { readonly before: V; readonly typed: V }) => TakeBack | null;
}
