import { createStore } from 'zustand/vanilla';
import type { InputEvent } from '#keymap/keys.ts';
import type { Actor } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import type { LastSignIn } from '#services/users/last-sign-in.ts';
import type { SignInStep } from '#services/users/sign-in-steps.ts';
import { emptyField, fieldInput } from '#ui/field/model.ts';
import type { Backend, DemoUser } from '../surroundings/backend.ts';
import { type Asked, askedBy, askFirstUser, type Card } from './card.ts';
import { signInCommands } from './commands.ts';
import { opening, OPENING, type Progress, type SignInState } from './state.ts';

export interface SignInHost {
  readonly welcome: (actor: Actor, last: LastSignIn) => void;
  /** Throws away what was typed ahead: it was not meant for what comes now. */
  readonly forget: () => void;
  /** Epoch ms. */
  readonly now: () => number;
}

type Entered = Pick<SignInState, 'username' | 'password'>;

const MAX_LENGTH = 200;
/** What is typed so soon after a step appeared, ms, was on its way before it could be read. */
const GUARD = 300;

/** The sign-in screen: takes keys from the first frame on, checks as soon as the database is open. */
export class SignIn {
  readonly store = createStore<SignInState>(() => opening);
  #backend: Backend | null = null;
  /** As they were at Enter: what is typed behind it, before the database is open, is no password. */
  #entered: Entered | null = null;
  #answer: Asked['answer'] | null = null;
  #shownAt = Number.NEGATIVE_INFINITY;
  readonly #host: SignInHost;

  constructor(host: SignInHost) {
    this.#host = host;
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
    const entered = this.#entered;
    this.#entered = null;
    if (await backend.isNew()) {
      // The user name may be typed already; a password typed blindly is not one that was chosen.
      return this.#ask(askFirstUser(this.store.getState().username, backend.addFirst));
    }
    if (waiting) await this.submit(entered ?? undefined);
    else await this.#trust(backend);
    this.offer(await backend.demoUsers());
  }

  /** Whom the operating system has signed in needs no password, where the company wants it so. */
  async #trust(backend: Backend): Promise<void> {
    const begin = await backend.trusted();
    if (begin) await this.#check(begin);
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
    const { card } = state;
    if (this.#tooSoon(card)) return true;
    const at = card?.fields[card.focus];
    if (card && !at) return false;
    const typed = fieldInput(at?.value ?? state[state.focus], event, { maxLength: MAX_LENGTH });
    if (typed === null) return false;
    if (card) this.#setFields(card, (field, index) => (index === card.focus ? { ...field, value: typed } : field));
    else this.store.setState({ [state.focus]: typed });
    if (state.refused) this.store.setState({ message: '', refused: false });
    return true;
  }

  /**
   * A code is expected by who has a second factor, and a user name is one on either card; all other
   * steps come unexpected.
   */
  #tooSoon(card: Card | null): boolean {
    if (card === null || card.kind === 'code' || (card.kind === 'first-user' && card.focus === 0)) return false;
    return this.#host.now() - this.#shownAt < GUARD;
  }

  #setFields(card: Card, change: (field: Card['fields'][number], index: number) => Card['fields'][number]): void {
    this.store.setState({ card: { ...card, fields: card.fields.map(change) } });
  }

  async submit({ username, password }: Entered = this.store.getState()): Promise<void> {
    if (this.checking) return;
    if (username.text.trim() === '') return this.store.setState({ focus: 'username' });
    const backend = this.#backend;
    if (!backend) {
      this.#entered = { username, password };
      return this.store.setState({ waiting: true, message: OPENING });
    }
    await this.#check(() => backend.signIn(username.text, password.text));
  }

  /** Enter on a later step: the next field, or the answer. */
  async #submitCard(card: Card): Promise<void> {
    const answer = this.#answer;
    if (card.focus < card.fields.length - 1) return this.store.setState({ card: { ...card, focus: card.focus + 1 } });
    if (answer) await this.#check(() => answer(card.fields.map(({ value }) => value.text)));
  }

  /** Checks what was entered and shows the step that follows. */
  async #check(work: () => Promise<SignInStep>): Promise<void> {
    if (this.checking) return;
    this.store.setState({ checking: true, message: 'Checking', refused: false });
    try {
      await this.#arrive(await work());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#refuse(error);
    } finally {
      this.store.setState({ checking: false });
    }
  }

  async #arrive(step: SignInStep): Promise<void> {
    const art = step.kind === 'enrol' ? await (await import('./qr.ts')).qrLines(step.uri) : [];
    const asked = askedBy(step, art);
    if (asked) return this.#ask(asked);
    this.begin(step.kind === 'again' ? step.words : '');
    if (step.kind === 'done') this.#host.welcome(step.actor, step.last);
  }

  #ask({ card, answer }: Asked): void {
    if (card.kind !== 'code') this.#host.forget();
    this.#answer = answer;
    this.#shownAt = this.#host.now();
    this.store.setState({ card, message: '', refused: false, username: emptyField(), password: emptyField() });
  }

  #refuse({ message, fields }: Failure): void {
    this.#host.forget();
    const { card, username } = this.store.getState();
    const words = Object.values(fields)[0] ?? message;
    const focus = username.text === '' ? 'username' : 'password';
    this.store.setState({ message: words, refused: true, password: emptyField(), focus });
    if (!card) return;
    const emptied = card.fields.map((field) => (field.secret || card.fields.length === 1 ? empty(field) : field));
    const first = Math.max(
      0,
      emptied.findIndex(({ value }) => value.text === ''),
    );
    this.store.setState({ card: { ...card, fields: emptied, focus: first } });
  }

  /** Back to user and password. */
  begin(message = ''): void {
    this.#answer = null;
    const fields = { username: emptyField(), password: emptyField() };
    this.store.setState({ ...fields, focus: 'username', card: null, message, refused: false });
  }

  /** Whether there is a way back to user and password. */
  get mayBeginAgain(): boolean {
    const { card } = this.store.getState();
    return card !== null && card.kind !== 'first-user';
  }

  /** Tab and the arrows: `step` fields on, around the end. */
  moveFocus(step: 1 | -1): void {
    const { card, focus } = this.store.getState();
    if (!card) return this.store.setState({ focus: focus === 'username' ? 'password' : 'username' });
    const count = card.fields.length;
    if (count > 0) this.store.setState({ card: { ...card, focus: (card.focus + step + count) % count } });
  }

  /** Enter. */
  async enter(): Promise<void> {
    const { card, focus, username } = this.store.getState();
    if (this.#tooSoon(card)) return;
    if (card) return this.#submitCard(card);
    if (focus === 'password') return this.submit();
    if (username.text.trim() !== '') this.moveFocus(1);
  }

  readonly commands = signInCommands;
}

const empty = (field: Card['fields'][number]) => ({ ...field, value: emptyField() });
