import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Panel } from '#services/accounts/panel.ts';
import { line, Lines } from '#ui/text.tsx';
import type { ViewProps } from '#ui/screen.ts';
import { tabLine } from '#ui/tabs.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth } from '#ui/width.ts';
import { dashboardLines } from './dashboard/dashboard.ts';
import { dashboardLayout, tabSize } from './dashboard/layout.ts';
import { activeTab, isAimless, type PanelParams, type PanelState, sameSubject, subjectOf, tabsOf } from './model.ts';
import type { AnyTab, PanelSubject } from './tab.ts';

type Props = ViewProps<PanelParams, PanelState>;

/** The dashboard, the tab bar and the open tab. */
export function PanelView(props: Props): ReactNode {
  const { state, size, theme, today, actor } = props;
  const { panel, focus } = state;
  if (!panel) return <Nothing {...props} />;
  const subject = subjectOf(panel);
  const active = activeTab(state, actor);
  const items = tabsOf(panel, actor).map((tab) => ({
    id: tab.id,
    title: titleOf(tab, subject),
  }));
  const bar = [tabLine(items, active?.id ?? '', size.columns, theme)];
  if (dashboardLayout(size) === 'wide') bar.push(rule(panel, size.columns, theme));
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflowY="hidden">
      <Lines lines={[...dashboardLines({ panel, focus, size, theme, today }), ...bar]} />
      <OpenTab {...props} />
    </Box>
  );
}

function titleOf({ title, count, alert }: AnyTab, subject: PanelSubject): string {
  const many = count?.(subject) ?? 0;
  const counted = many > 0 ? `${title} (${many})` : title;
  return alert?.(subject) ? `${counted}!` : counted;
}

/** Line of the screen on which the body begins, below the header. */
const BODY = 1;

/** The rule below the tab bar, with the account that the tabs are about at its end. */
function rule({ account, accounts }: Panel, columns: number, theme: Theme): string {
  const { horizontal, ellipsis } = theme.glyphs;
  const others = accounts.length > 1 ? `, one of ${accounts.length}` : '';
  const head = account ? ` Account ${account.number}${others} ` : '';
  const dash = horizontal.repeat(Math.max(0, columns - cellWidth(head) - 1));
  return line(
    [
      [dash, theme.border],
      [head, theme.dim],
      [horizontal, theme.border],
    ],
    columns,
    ellipsis,
  );
}

function OpenTab({ state, size, ...rest }: Props): ReactNode {
  const active = activeTab(state, rest.actor);
  if (!active) return null;
  const slot = state.slots[active.id];
  const inner = tabSize(size);
  // What is kept of another account is not shown under this one's name.
  if (!slot || !state.panel || !sameSubject(slot.subject, subjectOf(state.panel))) {
    return <Lines lines={[line([[' Loading', rest.theme.dim]], inner.columns)]} />;
  }
  if (slot.problem !== null) return <Lines lines={[line([` ${slot.problem}`], inner.columns)]} />;
  const { View } = active;
  return (
    <View
      {...rest}
      state={slot.state}
      params={slot.subject}
      size={inner}
      origin={{ x: 0, y: BODY + size.rows - inner.rows }}
    />
  );
}

/** What is said while there is no account: how to find one, what is awaited, or why there is none. */
function Nothing({ state, size, theme }: Props): ReactNode {
  const text =
    state.problem ??
    (isAimless(state.wanted)
      ? 'No account is open. Type a number, press F2 to find anything, or > for the first customer.'
      : 'Loading');
  return <Lines lines={['', line([` ${text}`], size.columns, theme.glyphs.ellipsis)]} />;
}
