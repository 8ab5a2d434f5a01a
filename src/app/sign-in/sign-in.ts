import { createStore } from 'zustand/vanilla';
import type { Command } from '#keymap/command.ts';
import type { InputEvent } from '#keymap/keys.ts';
import type { Actor } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import { emptyField, fieldInput, type FieldState } from '#ui/field/model.ts';
import type { Backend, DemoUser } from '../backend.ts';

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
  /** True while the password is being checked: keys are kept for the screen to come. */
  readonly checking: boolean;
  /** Enter was pressed before the database was open. */
  readonly waiting: boolean;
  readonly users: readonly DemoUser[];
  readonly progress: Progress | null;
}

type Entered = Pick<SignInState, 'username' | 'password'>;

const MAX_LENGTH = 200;
const OPENING = 'Opening the database';

/** The sign-in screen: takes keys from the first frame on, checks as soon as the database is open. */
export class SignIn {
  readonly store = createStore<SignInState>(() => ({
    username: emptyField(),
    password: emptyField(),
    focus: 'username',
    message: OPENING,
    refused: false,
    checking: false,
    waiting: false,
    users: [],
    progress: null,
  }));
  #backend: Backend | null = null;
  /** As they were at Enter: what is typed behind it, before the database is open, is no password. */
  #entered: Entered | null = null;
  readonly #welcome: (actor: Actor) => void;

  constructor(welcome: (actor: Actor) => void) {
    this.#welcome = welcome;
  }

  get checking(): boolean {
    return this.store.getState().checking;
  }

  progress(progress: Progress | null): void {
    this.store.setState({ progress, message: progress ? 'First start: making a demo utility' : OPENING });
  }

  /** The database is open: what was entered meanwhile is checked now. */
  async ready(backend: Backend): Promise<void> {
    this.#backend = backend;
    const { waiting } = this.store.getState();
    this.store.setState({ progress: null, message: waiting ? 'Checking' : '', waiting: false });
    if (waiting) await this.submit(this.#entered ?? undefined);
    this.#entered = null;
    this.offer(await backend.demoUsers());
  }

  /** Who can sign in to a demo utility. */
  offer(users: readonly DemoUser[]): void {
    this.store.setState({ users });
  }

  /** A word before the next sign-in. */
  say(message: string): void {
    this.store.setState({ message });
  }

  /** The database cannot be opened: said here, with what the log has. */
  failed(message: string): void {
    this.store.setState({ message, refused: true, waiting: false, progress: null });
  }

  input(event: InputEvent): boolean {
    const state = this.store.getState();
    const typed = fieldInput(state[state.focus], event, { maxLength: MAX_LENGTH });
    if (typed === null) return false;
    this.store.setState({ [state.focus]: typed });
    if (state.refused) this.store.setState({ message: '', refused: false });
    return true;
  }

  async submit({ username, password }: Entered = this.store.getState()): Promise<void> {
    if (this.checking) return;
    if (username.text.trim() === '') return this.store.setState({ focus: 'username' });
    if (!this.#backend) {
      this.#entered = { username, password };
      return this.store.setState({ waiting: true, message: OPENING });
    }
    this.store.setState({ checking: true, message: 'Checking', refused: false });
    try {
      const actor = await this.#backend.signIn(username.text, password.text);
      this.store.setState({ username: emptyField(), password: emptyField(), focus: 'username', message: '' });
      this.#welcome(actor);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.store.setState({ password: emptyField(), focus: 'password', message: error.message, refused: true });
    } finally {
      this.store.setState({ checking: false });
    }
  }

  switchField(): void {
    const { focus } = this.store.getState();
    this.store.setState({ focus: focus === 'username' ? 'password' : 'username' });
  }

  readonly commands: readonly Command<SignIn>[] = [
    {
      id: 'sign-in.enter',
      title: 'Sign in, or go to the password',
      group: 'app',
      keys: ['enter'],
      run: (self) => {
        const { focus, username } = self.store.getState();
        if (focus === 'password') return self.submit();
        if (username.text.trim() !== '') self.switchField();
      },
    },
    {
      id: 'sign-in.switch',
      title: 'Other field',
      group: 'app',
      keys: ['tab', 'shift+tab', 'up', 'down'],
      run: (self) => self.switchField(),
    },
  ];
}
