import { Box } from 'ink';
import TextInput from 'ink-text-input';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { RealCursor } from '#ui/field/field.tsx';
import { fieldWindow } from '#ui/field/model.ts';
import { Lines, line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth, fit, wrap } from '#ui/width.ts';
import { cardPlace, fieldPlace, FIELD_WIDTH, signInRows } from '../sign-in/frame.ts';
import type { SignInState } from '../sign-in/state.ts';
import type { Shell } from '../shell/shell.ts';

/** User and password; the first frame is the one that the launcher has painted already. */
export function SignInView({ shell }: { readonly shell: Shell }): ReactNode {
  const { size, theme } = useStore(shell.store);
  const state = useStore(shell.signIn.store);
  const { columns, rows } = size;
  const linear = shell.options.screenReader === true;
  const username = fieldWindow(state.username, FIELD_WIDTH);
  const password = fieldWindow(state.password, FIELD_WIDTH, '*');
  const drawn = signInRows({
    columns,
    rows,
    theme,
    username: username.text,
    password: linear ? password.text : '',
    focus: state.focus,
    message: state.message,
    messageStyle: state.refused ? theme.error : undefined,
    below: below(state, theme, columns),
  });
  const at = fieldPlace(columns, rows, state.focus);
  const secret = fieldPlace(columns, rows, 'password');
  const shown = state.focus === 'username' ? username : password;
  return (
    <>
      <Lines lines={drawn.map((pieces) => line(pieces, columns))} />
      {state.password.text === '' || linear ? null : (
        <Box position="absolute" top={secret.y} left={secret.x}>
          <TextInput value={password.text} focus={false} showCursor={false} onChange={ignore} />
        </Box>
      )}
      {state.checking ? null : <RealCursor x={at.x + shown.x} y={at.y} />}
    </>
  );
}

/** Cells of the card, and of its message line: what is longer is said below in full. */
const CARD_CELLS = 48;
const MESSAGE_CELLS = CARD_CELLS - 4;

/** Keys go to the store, in order and also when several arrive at once; the input only shows. */
const ignore = () => {};

function below(state: SignInState, theme: Theme, columns: number): Segment[][] {
  if (state.progress) return progressLines(state.progress, theme);
  if (state.refused && cellWidth(state.message) > MESSAGE_CELLS) {
    return wrap(state.message, CARD_CELLS).map((text) => [[text, theme.error]]);
  }
  if (state.users.length === 0) return [];
  const { x } = cardPlace(columns, 24);
  const room = Math.max(10, columns - x - 34);
  return [
    [['This is a demo utility. Sign in as', theme.dim]],
    ...state.users.map((user): Segment[] => [
      [fit(user.username, 14), theme.key],
      fit(user.password, 18),
      [fit(user.role, room).trimEnd(), theme.dim],
    ]),
  ];
}

const BAR = 40;

function progressLines({ text, done, total }: NonNullable<SignInState['progress']>, theme: Theme): Segment[][] {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.round(share * BAR);
  return [
    [
      [theme.glyphs.bar.repeat(filled), theme.info],
      [theme.glyphs.horizontal.repeat(BAR - filled), theme.dim],
      ` ${Math.round(share * 100)} %`,
    ],
    [[text, theme.dim]],
  ];
}
