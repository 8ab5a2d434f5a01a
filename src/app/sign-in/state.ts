import { emptyField, type FieldState } from '#ui/field/model.ts';
import type { DemoUser } from '../surroundings/backend.ts';
import type { Card } from './card.ts';

/** Progress of the first start: how much of the demo utility is made. */
export interface Progress {
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

export interface SignInState {
  readonly username: FieldState;
  readonly password: FieldState;
  readonly focus: 'username' | 'password';
  readonly message: string;
  readonly refused: boolean;
  /** True while an answer is being checked: keys are kept for the screen to come. */
  readonly checking: boolean;
  /** Enter was pressed before the database was open. */
  readonly waiting: boolean;
  readonly users: readonly DemoUser[];
  readonly progress: Progress | null;
  /** The step after user and password; null at that first one. */
  readonly card: Card | null;
}

/** What is said while the database is being opened. */
export const OPENING = 'Opening the database';

/** The sign-in screen as it is first seen. */
export const opening: SignInState = {
  username: emptyField(),
  password: emptyField(),
  focus: 'username',
  message: OPENING,
  refused: false,
  checking: false,
  waiting: false,
  users: [],
  progress: null,
  card: null,
};
