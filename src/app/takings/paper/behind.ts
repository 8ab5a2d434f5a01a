import type { Desk } from '../../shell/desk.ts';
import type { Shell } from '../../shell/shell.ts';

/** Sends what was queued while the operator goes on, and says what became of it. */
export function deliverBehind(shell: Shell, desk: Desk, ids: readonly number[]): void {
  void (async () => {
    try {
      const counts = await shell.backend?.deliver?.(ids);
      if (!counts) return;
      await shell.desktop.refresh(true);
      const { sent = 0, queued = 0, failed = 0, bounced = 0 } = counts;
      if (failed + bounced > 0) shell.toast('It could not be sent: =COM says why.', 'bad');
      else if (queued > 0) desk.tell('It cannot be sent now; it will be tried again.');
      else if (sent > 0) shell.toast(sent === 1 ? 'It is sent.' : `All ${sent} are sent.`, 'good');
    } catch (error) {
      // It waits in the queue; the timer sends it.
      shell.options.outside.log('deliver.failed', { error: error instanceof Error ? error.name : '' });
    }
  })();
}
