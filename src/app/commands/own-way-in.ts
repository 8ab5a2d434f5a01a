import type { Command } from '#keymap/command.ts';
import { Failure } from '#services/failure.ts';
import type { Desk } from '../shell/desk.ts';
import type { Shell } from '../shell/shell.ts';
import { localTime } from '../sign-in/words.ts';

const EVENTS: Readonly<Record<string, string>> = {
  'sign-in': 'Signed in',
  'sign-out': 'Left',
  lock: 'Locked',
  unlock: 'Unlocked',
  reauthenticate: 'Proved again',
};
const EVENT_CELLS = 14;
const ROWS = 100;

/** Own sign-ins and refused tries, in a window. */
async function showSignIns(desk: Desk): Promise<void> {
  const { sessionHistory } = await import('#services/users/history.ts');
  const rows = await desk.call(sessionHistory, { limit: ROWS });
  const lines = rows.map(({ at, event, outcome, how, origin }) => {
    const what = (EVENTS[event] ?? event).padEnd(EVENT_CELLS);
    const why = outcome === 'refused' ? `REFUSED: ${how ?? ''}` : (how ?? '');
    return `${localTime(Date.parse(at))}  ${what}${[why, origin === null ? '' : `from ${origin}`].filter(Boolean).join(' ')}`;
  });
  await desk.show('My sign-ins', lines.length > 0 ? lines : ['Nothing yet.']);
}

const codeField = { name: 'code', label: 'Code', kind: 'text', proof: true, required: true, maxLength: 40 } as const;

async function changePassword(desk: Desk): Promise<void> {
  const { changeOwnPassword } = await import('#services/users/own-password.ts');
  const { secondFactorState } = await import('#services/users/enrolment.ts');
  const { since } = await desk.call(secondFactorState, {});
  const done = await desk.form({
    title: 'Change my password',
    today: desk.today,
    fields: [
      { name: 'current', label: 'Password in force', kind: 'secret', proof: true, required: true, maxLength: 200 },
      ...(since === null ? [] : [codeField]),
      { name: 'password', label: 'New password', kind: 'secret', required: true, maxLength: 200 },
      { name: 'again', label: 'Again', kind: 'secret', required: true, maxLength: 200 },
    ],
    initial: { current: '', code: '', password: '', again: '' },
    save: async ({ current, code, password, again }) => {
      if (password !== again) throw differ();
      return desk.call(changeOwnPassword, { current, code: code || undefined, password });
    },
  });
  if (done) desk.toast('Your password is changed.', 'good');
}

const differ = (): Failure => new Failure('invalid', 'The two passwords differ.', { again: 'Not the same' });

async function secondFactor(desk: Desk): Promise<void> {
  const { secondFactorState } = await import('#services/users/enrolment.ts');
  const { since } = await desk.call(secondFactorState, {});
  return since === null ? setUp(desk) : remove(desk, since);
}

async function setUp(desk: Desk): Promise<void> {
  const { beginTotp, confirmTotp } = await import('#services/users/enrolment.ts');
  const { qrLines } = await import('../sign-in/qr.ts');
  const { secret, uri } = await desk.call(beginTotp, {});
  // The square first: it can only be scanned whole, and just fits 24 rows.
  await desk.show('Scan this with your authenticator app, then Esc', [
    ...(await qrLines(uri)),
    'Or type this secret into it; then close this window and enter the code that it shows:',
    (secret.match(/.{1,4}/g) ?? []).join(' '),
  ]);
  const done = await desk.form({
    title: 'Second factor',
    verb: 'Confirm',
    today: desk.today,
    fields: [{ name: 'code', label: 'Code', kind: 'text', required: true, maxLength: 20 }],
    initial: { code: '' },
    save: ({ code }) => desk.call(confirmTotp, { code }),
  });
  if (!done) return;
  const words = 'Each lets you in once without the telephone. Write them down: they are not shown again.';
  await desk.show('Recovery codes', [words, ...done.recoveryCodes], true);
  desk.toast('From now on sign-in asks for a code.', 'good');
}

async function remove(desk: Desk, since: number): Promise<void> {
  const { removeOwnTotp } = await import('#services/users/enrolment.ts');
  const done = await desk.form({
    title: `Remove the second factor (since ${localTime(since)})`,
    verb: 'Remove',
    today: desk.today,
    fields: [
      { name: 'password', label: 'Password', kind: 'secret', proof: true, required: true, maxLength: 200 },
      codeField,
    ],
    initial: { password: '', code: '' },
    save: ({ password, code }) => desk.call(removeOwnTotp, { password, code }),
  });
  if (!done) return;
  desk.toast(
    done.mustEnrolAgain ? 'Removed. The next sign-in sets up another.' : 'Removed. The password alone lets you in.',
    'good',
  );
}

/** What operators do about their own way in; found in the palette. */
export const accountCommands: readonly Command<Shell>[] = [
  {
    id: 'app.my-sign-ins',
    title: 'My sign-ins',
    group: 'app',
    background: true,
    run: (shell) => showSignIns(shell.session.desk),
  },
  {
    id: 'app.change-password',
    title: 'Change my password',
    group: 'app',
    background: true,
    run: (shell) => changePassword(shell.session.desk),
  },
  {
    id: 'app.second-factor',
    title: 'Second factor: set up or remove',
    group: 'app',
    background: true,
    run: (shell) => secondFactor(shell.session.desk),
  },
];
