import type { NewCustomerChoices } from '#services/customers/new/choices.ts';
import type { FreeLocation } from '#services/locations/free.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { ScreenContext } from '#ui/screen.ts';
import type { Tried } from '#ui/tried.ts';
import { fieldsOf } from './forms.ts';
import { type Section, SECTIONS, type Typed, UNTYPED } from './sections.ts';

/** Message by field, of one part. */
export type Problems = Readonly<Record<string, string>>;

export interface NewCustomerState {
  readonly typed: Typed;
  readonly choices: NewCustomerChoices | null;
  /** Fields of the company's own. */
  readonly custom: readonly FormField[];
  /** The location that was chosen. */
  readonly location: FreeLocation | null;
  /** The part under the cursor. */
  readonly at: number;
  /** Parts that were gone through. */
  readonly seen: readonly Section[];
  readonly problems: Partial<Record<Section, Problems>>;
  /** Customers who look like the same person and are others. */
  readonly others: readonly number[];
  readonly debtReason: string | null;
  /** What was sent and got no answer that tells whether it was entered. */
  readonly tried: Tried | null;
  readonly saving: boolean;
  /** Saved: there is nothing left to keep. */
  readonly done: boolean;
  /** Said at the draft that was taken up. */
  readonly said: string;
}

export type NewCustomerContext = ScreenContext<undefined, NewCustomerState>;

export const createNewCustomer = (): NewCustomerState => ({
  typed: UNTYPED,
  choices: null,
  custom: [],
  location: null,
  at: 0,
  seen: [],
  problems: {},
  others: [],
  debtReason: null,
  tried: null,
  saving: false,
  done: false,
  said: '',
});

/** The fields of a part as they are now; none before the choices are there. */
export const fieldsFor = ({ choices, custom }: NewCustomerState, section: Section): readonly FormField[] =>
  choices ? fieldsOf(section, choices, custom) : [];

/** Whether anything was typed or chosen. */
export const isBegun = ({ typed }: NewCustomerState): boolean => JSON.stringify(typed) !== JSON.stringify(UNTYPED);

export const sectionAt = ({ at }: NewCustomerState): Section => SECTIONS[at] ?? 'detail';
