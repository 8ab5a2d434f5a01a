import type { Actor } from '#services/actor.ts';
import type { Call } from '#services/operation.ts';
import type { Action } from './shell/actions.ts';
import type { Shell } from './shell/shell.ts';

/** An answer so fresh may not have reached the operator before the line dropped, ms. */
const UNSEEN = 60_000;

/** What is typed no longer. */
interface Keyboard {
  detach(): void;
}

/**
 * The line has dropped or the program is told to end: takes no more keys, keeps what is typed
 * and what the operator will want to know, lets the command at work come to its end, and closes
 * the database. The process ends soon in any case; a command that has not come to its end by then
 * is not saved.
 */
export async function endInOrder(shell: Shell, keyboard: Keyboard, close: () => Promise<void>): Promise<void> {
  keyboard.detach();
  const { actor } = shell.store.getState();
  if (actor !== null) await keepForLater(shell, actor);
  await close();
}

async function keepForLater(shell: Shell, actor: Actor): Promise<void> {
  const { actions } = shell.session;
  shell.session.watchNoMore();
  const keep = (): void => {
    const action = actions.unseen(UNSEEN);
    if (action) shell.options.outside.receipts?.keep(actor.userId, action);
  };
  keep();
  const drafts = shell.keepDrafts();
  await actions.settled();
  keep();
  await drafts;
  // What the command at work has done is in hand no more.
  await shell.session.draftsKept();
  await shell.leave();
}

/** Says after the next sign-in whether the last action before an early end was saved. */
export async function tellLastAction(shell: Shell, actor: Actor, call: Call): Promise<void> {
  const action = shell.options.outside.receipts?.take(actor.userId);
  if (!action) return;
  const saved = await wasSaved(action, call);
  const broken = 'The session broke off.';
  if (saved === null) shell.toast(`${broken} Look whether this was saved: ${action.summary}`, 'warning');
  else if (saved) shell.toast(`${broken} Your last action was saved: ${action.summary}`, 'good');
  else shell.toast(`${broken} Your last action was not saved: ${action.summary}`, 'bad');
}

/** Null when that cannot be said any more. */
async function wasSaved({ operation, startedAt, outcome }: Action, call: Call): Promise<boolean | null> {
  if (outcome !== 'at work') return outcome === 'saved';
  const { findReceipt } = await import('#services/receipts/find.ts');
  return (await call(findReceipt, { operation, since: startedAt })).saved;
}
