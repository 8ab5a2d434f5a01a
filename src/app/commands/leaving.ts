import type { Entry } from '../shell/navigation.ts';
import type { Shell } from '../shell/shell.ts';

/** What the operator would lose, and what is kept, everywhere on the way that is open. */
export function unsavedWork(shell: Shell): string[] {
  const overlays = shell.overlays.store.getState().open.flatMap((overlay) => overlay.unsaved() ?? []);
  const screens = shell.navigation.store.getState().stack.flatMap(({ definition, store }) => {
    const what = definition.unsaved?.(store.getState());
    return what ? [`${isKept(definition, store) ? 'Kept as a draft' : 'Not saved'}: ${what}.`] : [];
  });
  return [...overlays.map((what) => `Not saved: ${what}.`), ...screens];
}

/** Whether what is in hand on a screen is offered again. */
const isKept = ({ draft }: Entry['definition'], store: Entry['store']): boolean =>
  (draft?.(store.getState()) ?? null) !== null;

export async function quit(shell: Shell): Promise<void> {
  if (shell.overlays.top?.definition.kind === 'confirm') return shell.overlays.top.cancel();
  const lost = unsavedWork(shell);
  const leave = await shell.session.desk.confirm({
    title: 'Leave meterdesk?',
    lines: lost.length > 0 ? lost : ['Everything is saved.'],
    action: 'Leave',
  });
  if (!leave) return;
  await shell.session.draftsKept();
  shell.options.outside.exit();
}

/** Asks when the open screen would lose something, and says what is kept; true when it may be left. */
export async function mayLeave(shell: Shell): Promise<boolean> {
  const { top } = shell.navigation;
  const lost = top?.definition.unsaved?.(top.store.getState());
  if (!top || !lost) return true;
  if (isKept(top.definition, top.store)) {
    shell.toast(`Kept as a draft: ${lost}.`, 'info');
    return true;
  }
  return shell.session.desk.confirm({
    title: 'Leave without saving?',
    lines: [`Not saved: ${lost}.`],
    action: 'Leave',
  });
}

export async function back(shell: Shell): Promise<void> {
  if (!(await mayLeave(shell))) return;
  if (!shell.desktop.back()) shell.toast('This is the first screen. Ctrl+C leaves meterdesk.', 'info');
}

export async function leave(shell: Shell): Promise<void> {
  if (shell.navigation.store.getState().stack.length < 2) return quit(shell);
  return back(shell);
}

export function travel(shell: Shell, go: (navigation: Shell['navigation']) => boolean, reason: string): void {
  shell.desktop.leaving();
  if (go(shell.navigation)) shell.desktop.shown();
  else shell.toast(reason, 'info');
}
