import type { ConfirmQuestion } from '#ui/dialogs.ts';
import { Card } from '#ui/panel.tsx';
import { segmentsWidth, type Segment } from '#ui/text.tsx';
import { cellWidth, wrap } from '#ui/width.ts';
import { centered, type OverlayDefinition } from '../shell/overlay.ts';

interface ConfirmState {
  readonly question: ConfirmQuestion;
  /** Whether the button that does it has the focus; Cancel has it first. */
  readonly acting: boolean;
  /** Guarded: what comes at once after it appeared is not an answer. */
  readonly cancel: string;
}

const WIDTH = 64;

const textLines = (question: ConfirmQuestion, width: number): string[] =>
  question.lines.flatMap((text) => wrap(text, Math.max(10, width - 4)));

/** What, on whom, how much; doing nothing is preselected. */
export function confirmOverlay(
  question: ConfirmQuestion,
  guarded = true,
  cancel = 'Cancel',
): OverlayDefinition<ConfirmState, boolean> {
  return {
    kind: 'confirm',
    guarded,
    state: { question, acting: false, cancel },
    box: ({ question }, size) => {
      const width = Math.min(size.columns - 4, Math.max(WIDTH, cellWidth(question.title) + 8));
      return centered(size, width, textLines(question, width).length + 5);
    },
    commands: [
      {
        id: 'confirm.yes',
        title: 'Do it',
        group: 'app',
        keys: ['y'],
        hint: 'Yes',
        footer: 3,
        run: (ctx) => ctx.close(true),
      },
      {
        id: 'confirm.no',
        title: 'Do nothing',
        group: 'app',
        keys: ['escape', 'n', 'f12'],
        hint: 'Cancel',
        footer: 2,
        run: (ctx) => ctx.close(false),
      },
      {
        id: 'confirm.switch',
        title: 'Other button',
        group: 'app',
        keys: ['tab', 'left', 'right', 'shift+tab', 'h', 'l'],
        run: (ctx) => ctx.set({ acting: !ctx.get().acting }),
      },
      {
        id: 'confirm.press',
        title: 'Press the button',
        group: 'app',
        keys: ['enter'],
        run: (ctx) => ctx.close(ctx.get().acting),
      },
    ],
    View: ({ state, box, theme }) => {
      const button = (text: string, focused: boolean): Segment => [
        focused ? `[${text}]` : ` ${text} `,
        focused ? theme.selected : theme.text,
      ];
      const buttons: Segment[] = [
        button(state.cancel, !state.acting),
        '   ',
        button(state.question.action, state.acting),
      ];
      const indent = Math.max(0, (box.width - 4 - segmentsWidth(buttons)) >> 1);
      const lines = textLines(state.question, box.width).map((text): Segment[] => [text]);
      const shown = lines.slice(0, Math.max(1, box.height - 5));
      return (
        <Card
          {...box}
          title={state.question.title}
          theme={theme}
          titleStyle={theme.warning}
          content={[[''], ...shown, [''], [' '.repeat(indent), ...buttons]]}
        />
      );
    },
  };
}
