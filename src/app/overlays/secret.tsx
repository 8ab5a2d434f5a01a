import type { ShownSecret } from '#ui/dialogs.ts';
import { Card } from '#ui/panel.tsx';
import { cellWidth } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition } from '../shell/overlay.ts';
import type { Timers } from '../surroundings/timers.ts';

interface SecretState {
  readonly secret: ShownSecret;
  readonly secondsLeft: number;
}

const SECOND = 1000;

const COPY = 'c';

/**
 * A value that may be seen for some seconds (guide: reliability §4.3): it goes away by itself,
 * by any key, when the screen locks and when the terminal changes its size, since what was
 * drawn before may then stay where the program cannot take it away.
 * @param copy sends it to the clipboard, where it may go there
 */
export function secretOverlay(
  secret: ShownSecret,
  timers: Timers,
  copy: (text: string, what: string) => void,
): OverlayDefinition<SecretState, true> {
  const { copyAs } = secret;
  const width = Math.max(44, ...[secret.title, secret.value, ...secret.lines].map((text) => cellWidth(text) + 8));
  let stop = (): void => {};
  const close = (ctx: OverlayContext<SecretState, true>): void => {
    stop();
    ctx.close(true);
  };
  const tick = (ctx: OverlayContext<SecretState, true>): void => {
    stop = timers.after(SECOND, () => {
      const secondsLeft = ctx.get().secondsLeft - 1;
      if (secondsLeft <= 0) return close(ctx);
      ctx.set({ secondsLeft });
      tick(ctx);
    });
  };
  return {
    kind: 'secret',
    // A key typed before it appeared would take it away unseen.
    guarded: true,
    state: { secret, secondsLeft: secret.seconds },
    box: (_, size) => centered(size, width, secret.lines.length + 6),
    opened: tick,
    onLock: close,
    onResize: close,
    onInput: (ctx, event) => {
      if (copyAs !== undefined && event.type === 'key' && event.key === COPY) return false;
      close(ctx);
      return true;
    },
    commands: [
      { id: 'secret.close', title: 'Hide it', group: 'app', keys: ['escape'], hint: 'Hide', footer: 3, run: close },
      {
        id: 'secret.copy',
        title: 'Copy it',
        group: 'app',
        keys: [COPY],
        hint: 'Copy',
        footer: 4,
        applies: () => copyAs !== undefined,
        run: () => copy(secret.value, copyAs!),
      },
    ],
    View: ({ state, box, theme }) => (
      <Card
        {...box}
        title={state.secret.title}
        right={`${state.secondsLeft} s`}
        theme={theme}
        titleStyle={theme.warning}
        content={[
          [''],
          ['  ', [state.secret.value, theme.selected]],
          ...state.secret.lines.map((text) => [[`  ${text}`, theme.dim] as const]),
          [''],
          [[copyAs === undefined ? '  Any key hides it.' : '  c copies it; any other key hides it.', theme.dim]],
        ]}
      />
    ),
  };
}
