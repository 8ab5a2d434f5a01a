import type { Actor } from '#services/actor.ts';
import type { Database } from '#db/database.ts';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import { signedInApp, type AppOptions, type Operator } from './tty.tsx';

/** The two sizes at which every tab is looked at. */
export const SIZES = [
  [80, 24],
  [120, 40],
] as const;

/** An operator before an account's panel, at one of its tabs. */
export async function atAccount(
  database: Database,
  accountId: number,
  tab: string,
  options: Omit<AppOptions, 'database'> & { readonly actor?: Actor } = {},
): Promise<Operator> {
  const op = await signedInApp({ database, screens: [createHome([accountPanel]), accountPanel], ...options });
  op.shell.desktop.open('account', { accountId, tab });
  await op.settled();
  return op;
}

/** The screen from the tab bar down, without the dashboard above it. */
export function tabText(op: Operator): string {
  const lines = op.lines();
  return lines.slice(lines.findIndex((line) => /\[\d [A-Z]/.test(line)) + 1).join('\n');
}
