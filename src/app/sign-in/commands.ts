import type { Command } from '#keymap/command.ts';

/** What the keys of signing in do. */
export interface SignInKeys {
  /** Whether there is a way back to user and password. */
  readonly mayBeginAgain: boolean;
  readonly enter: () => Promise<void>;
  readonly moveFocus: (step: 1 | -1) => void;
  readonly begin: () => void;
}

/** The keys of signing in. */
export const signInCommands: readonly Command<SignInKeys>[] = [
  {
    id: 'sign-in.enter',
    title: 'Sign in, or go to the next field',
    group: 'app',
    keys: ['enter'],
    run: (self) => self.enter(),
  },
  {
    id: 'sign-in.next',
    title: 'Next field',
    group: 'app',
    keys: ['tab', 'down'],
    run: (self) => self.moveFocus(1),
  },
  {
    id: 'sign-in.previous',
    title: 'Previous field',
    group: 'app',
    keys: ['shift+tab', 'up'],
    run: (self) => self.moveFocus(-1),
  },
  {
    id: 'sign-in.begin',
    title: 'Back to user and password',
    group: 'app',
    keys: ['escape'],
    applies: (self) => self.mayBeginAgain,
    run: (self) => self.begin(),
  },
];
