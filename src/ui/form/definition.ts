import type { CivilDate } from '#domain/civil-date.ts';
import type { Choice } from '../dialogs.ts';

/** What a form holds while it is typed: text as typed, flags as booleans. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** One field of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  /** `date` takes today, +30, 12/1; `amount` takes 12, 12.5, 1,200; `code` offers its choices with F4. */
  readonly kind: 'text' | 'multiline' | 'date' | 'amount' | 'flag' | 'code' | 'secret' | 'readonly';
  readonly required?: boolean;
  readonly maxLength?: number;
  /** Rows of a multiline field. */
  readonly rows?: number;
  readonly choices?: readonly Choice<string>[];
  /** Shown by F1 in the field. */
  readonly help?: string;
  /** Why the field cannot be entered now, or true. */
  readonly enabled?: (values: FormValues) => true | string;
}

/** A form: fields, what they hold at first, and the saving. */
export interface FormDefinition<V extends FormValues, R> {
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly initial: V;
  /** Stable name under which a draft is kept; no draft without one. */
  readonly draft?: { readonly form: string; readonly subjectId: number | null };
  /** The business date, for what dates are typed as. */
  readonly today: CivilDate;
  /** Saves; a `Failure` with fields is shown at them and everything typed stays. */
  readonly save: (values: V) => Promise<R>;
}
