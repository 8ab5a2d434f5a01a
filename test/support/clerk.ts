import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { type Operator, signedInApp } from './tty.tsx';

/** A question takes no keys in its first moment. */
const FIRST_MOMENT = 400;

/** Answers the question on the screen. */
export async function answer(op: Operator, key: 'y' | 'n'): Promise<void> {
  await op.wait(FIRST_MOMENT);
  await op.press(key);
}

/** Opens the menu of the history line and takes the action that is called so. */
export async function act(op: Operator, name: string): Promise<void> {
  await op.press('m');
  await op.type(name);
  await op.press('enter');
}

/** Takes what is called so from a list of choices. */
export async function choose(op: Operator, name: string): Promise<void> {
  await op.type(name);
  await op.press('enter');
}

/** A field of a form with something else in it, and on to the next. */
export async function fill(op: Operator, text: string): Promise<void> {
  await op.press('ctrl+u');
  await op.type(text);
  await op.press('tab');
}

/** Goes to a screen by its code: `BAT`, or `ACC 10023`. */
export async function goTo(op: Operator, code: string): Promise<void> {
  await op.press('=');
  await choose(op, code);
}

/** A clerk at Home, on a screen with room for whole windows. */
export async function atDesk(database: Database): Promise<Operator> {
  await rebuildIndex(database);
  return signedInApp({ database, size: [120, 40] });
}

/** Balances the clerk's own batch and posts it. */
export async function postBatch(op: Operator): Promise<void> {
  await goTo(op, 'BAT');
  await op.press('b', 'p');
  await answer(op, 'y');
}

/** Goes to the History tab of an account, by the digit that the tab bar shows. */
export async function goToHistory(op: Operator, number: string): Promise<void> {
  await goTo(op, `ACC ${number}`);
  await op.press(/(\d) History/.exec(op.text())?.[1] ?? 'no History tab');
}

/** What the explanation of a balance says. */
export interface Explained {
  /** Debts that credits since the last bill have paid: `40.00 Charge of 2026-02-01, Water`. */
  readonly paid: readonly string[];
  /** Open debts: `2026-02-01 Sewer 10.00`, and open credit: `OC -80.00`. */
  readonly open: readonly string[];
}

/** Reads the explanation of an account's balance, page by page. */
export async function explained(op: Operator, number: string): Promise<Explained> {
  await goToHistory(op, number);
  await op.press('B');
  if (!op.text().includes('How the balance')) throw new Error(`no explanation:\n${op.text()}`);
  const seen = new Set<string>();
  for (let page = 0; page < 3; page += 1) {
    for (const text of op.lines()) if (text.startsWith('│')) seen.add(text.replaceAll(/^[│ >›]+| *│$/g, ''));
    await op.press('pagedown');
  }
  await op.press('escape');
  const lines = [...seen];
  const words = (pattern: RegExp, part: readonly string[] = lines): string[] =>
    part.flatMap((text) => pattern.exec(text)?.slice(1).filter(Boolean).join(' ') ?? []);
  const first = lines.indexOf('Open debts');
  const debts = first < 0 ? [] : lines.slice(first + 1, lines.indexOf('Ageing of the open debts'));
  return {
    paid: words(/^([\d,.]+) paid ((?!by).+)$/),
    open: [
      ...words(/ of (\d{4}-\d\d-\d\d), (.*?)(?:, (?:\d+ days late|due .*?))? {2,}([\d,.]+)$/, debts),
      ...words(/\((S?OC)\) +(-[\d,.]+)$/),
    ],
  };
}
