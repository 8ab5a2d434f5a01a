import { Box } from 'ink';
import { createElement, memo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { Lines, Painted } from '#ui/text.tsx';
import type { Size } from '#ui/screen.ts';
import type { Theme } from '#ui/theme/tokens.ts';
import type { Entry } from '../shell/navigation.ts';
import type { OpenOverlay } from '../shell/overlays.ts';
import type { Shell } from '../shell/shell.ts';
import { Guard } from './guard.tsx';
import { footerLine, headerLine, messageLines } from './lines.ts';

/** Header, the open screen, message line and footer, and what lies over them. */
export function Frame({ shell }: { readonly shell: Shell }): ReactNode {
  const { size, theme, message, alsoHere, waiting, working } = useStore(shell.store);
  const { stack } = useStore(shell.navigation.store);
  const { open } = useStore(shell.overlays.store);
  const entry = stack.at(-1);
  const body: Size = { columns: size.columns, rows: Math.max(1, size.rows - 3) };
  const linear = shell.options.screenReader === true;
  if (!entry) return null;
  const hidden = linear && open.length > 0;
  return (
    <>
      <Header shell={shell} stack={stack} theme={theme} columns={size.columns} />
      {hidden ? null : <Body shell={shell} entry={entry} size={body} theme={theme} linear={linear} />}
      {linear
        ? open
            .slice(-1)
            .map((overlay) => <Overlay key={overlay.key} overlay={overlay} size={size} theme={theme} linear />)
        : null}
      <Status
        entry={entry}
        message={message}
        alsoHere={alsoHere}
        waiting={waiting}
        working={working}
        theme={theme}
        size={size}
        linear={linear}
      />
      <Footer shell={shell} entry={entry} overlay={open.at(-1)} theme={theme} columns={size.columns} />
      {linear ? null : open.map((overlay) => <Overlay key={overlay.key} overlay={overlay} size={size} theme={theme} />)}
    </>
  );
}

interface HeaderProps {
  readonly shell: Shell;
  readonly stack: readonly Entry[];
  readonly theme: Theme;
  readonly columns: number;
}

const Header = memo(function Header({ shell, stack, theme, columns }: HeaderProps): ReactNode {
  const top = stack.at(-1)!;
  useStore(top.store);
  const crumbs = stack.map((entry) => entry.definition.crumb(entry.store.getState(), entry.params));
  const actor = useStore(shell.store, (state) => state.actor);
  const code = top.definition.code;
  return <Painted text={headerLine({ crumbs, code, actor, today: shell.backend!.today(), theme, columns })} />;
});

interface BodyProps {
  readonly shell: Shell;
  readonly entry: Entry;
  readonly size: Size;
  readonly theme: Theme;
  readonly linear: boolean;
}

function Body({ shell, entry, size, theme, linear }: BodyProps): ReactNode {
  const state = useStore(entry.store);
  const { opened, failure } = useStore(entry.status);
  const actor = useStore(shell.store, (state) => state.actor);
  const waiting = !opened ? 'Loading' : null;
  const failed = failure !== null && opened;
  return (
    <Box
      height={linear ? undefined : size.rows}
      width={size.columns}
      flexShrink={0}
      overflowY="hidden"
      flexDirection="column"
    >
      {waiting ? (
        <Painted text={` ${waiting}`} />
      ) : (
        <Guard
          key={entry.key}
          resetOn={state}
          onError={(error) => shell.broken(error)}
          fallback={<Painted text=" This screen cannot be drawn; the log says why. Esc goes back." />}
        >
          {createElement(entry.definition.View, {
            state,
            params: entry.params,
            size,
            theme,
            actor: actor!,
            today: shell.backend!.today(),
          })}
        </Guard>
      )}
      {failed && linear ? <Painted text={failure} /> : null}
    </Box>
  );
}

interface StatusProps {
  readonly entry: Entry;
  readonly message: Parameters<typeof messageLines>[0]['message'];
  readonly alsoHere: string;
  readonly waiting: number;
  readonly working: boolean;
  readonly theme: Theme;
  readonly size: Size;
  readonly linear: boolean;
}

function Status({ entry, message, alsoHere, waiting, working, theme, size, linear }: StatusProps): ReactNode {
  const { loading, failure, opened } = useStore(entry.status);
  const busy = !opened || working ? 'working' : loading ? 'loading' : '';
  // Why something was not possible on a screen is not said on the next one.
  const told = message?.tone === 'warning' && message.on !== entry ? null : message;
  const said = told ?? (failure ? { text: failure, tone: 'bad' as const } : null);
  const { columns, rows } = size;
  const lines = messageLines({ message: said, busy, alsoHere, waiting, theme, columns });
  if (linear || lines.length === 1) return <Lines lines={lines} />;
  const above = lines.slice(0, -1);
  return (
    <>
      <Painted text={lines.at(-1)!} />
      <Box position="absolute" top={rows - 2 - above.length} left={0} width={columns} height={above.length}>
        <Lines lines={above} />
      </Box>
    </>
  );
}

interface FooterProps {
  readonly shell: Shell;
  readonly entry: Entry;
  readonly overlay: OpenOverlay | undefined;
  readonly theme: Theme;
  readonly columns: number;
}

function Footer({ shell, entry, overlay, theme, columns }: FooterProps): ReactNode {
  useStore(entry.store);
  useStore((overlay ?? entry).store);
  useStore(entry.status);
  return <Painted text={footerLine(overlay ? shell.scopes().slice(0, 1) : shell.scopes(), theme, columns)} />;
}

interface OverlayProps {
  readonly overlay: OpenOverlay;
  readonly size: Size;
  readonly theme: Theme;
  readonly linear?: boolean;
}

function Overlay({ overlay, size, theme, linear }: OverlayProps): ReactNode {
  const state = useStore(overlay.store);
  const { View, box: place } = overlay.definition;
  const box = place(state, size);
  const view = createElement(View, { state, box, theme });
  if (linear) return <Box flexDirection="column">{view}</Box>;
  return (
    <Box position="absolute" top={box.y} left={box.x} width={box.width} height={box.height} flexDirection="column">
      {view}
    </Box>
  );
}
