import type { BoundCommand } from '#keymap/bind.ts';
import { fuzzyRank, WORD_BEGINNING } from '#keymap/fuzzy.ts';
import { keyNames } from '#keymap/names.ts';
import type { AnyScreen } from '#ui/screen.ts';
import type { FindHit } from '../surroundings/find-source.ts';

export type FindAnswer =
  | { readonly kind: 'command'; readonly command: BoundCommand }
  | { readonly kind: 'screen'; readonly screen: AnyScreen; readonly argument: string }
  | { readonly kind: 'hit'; readonly hit: FindHit };

/** A line of the find box that is not data. */
export interface MenuItem {
  readonly answer: FindAnswer;
  readonly text: string;
  /** The key that does the same, so that people learn it; a code for screens. */
  readonly key: string;
  /** Why it cannot be done now. */
  readonly reason?: string;
}

export interface FindMenu {
  readonly commands: readonly BoundCommand[];
  readonly screens: readonly AnyScreen[];
  /** Ids taken lately, the last first. */
  readonly recent: readonly string[];
}

/** What the first character asks for. */
export type FindMode = 'data' | 'commands' | 'screens';

export function findMode(text: string): FindMode {
  if (text.startsWith('>')) return 'commands';
  return text.startsWith('=') || text.startsWith(':') ? 'screens' : 'data';
}

/** Commands and screens that are offered below what was found in the data. */
const BESIDE_DATA = 5;

function commandItem(command: BoundCommand): MenuItem {
  const when = command.when();
  const reason = when === true ? undefined : when;
  return { answer: { kind: 'command', command }, text: command.title, key: keyNames(command.keys.slice(0, 2)), reason };
}

const screenItem = (screen: AnyScreen, argument = ''): MenuItem => ({
  answer: { kind: 'screen', screen, argument },
  text: `Go to ${screen.title}${argument === '' ? '' : ` ${argument}`}`,
  key: `=${screen.code}`,
});

/** `=ACC 10023`: an exact code first, then what its letters begin, then titles. */
function screenItems(menu: FindMenu, typed: string): MenuItem[] {
  const [code = '', ...rest] = typed.trimStart().split(/\s+/);
  const argument = rest.join(' ').trim();
  const wanted = code.toUpperCase();
  const begun = menu.screens.filter((screen) => screen.code.startsWith(wanted));
  const exact = begun.filter((screen) => screen.code === wanted);
  if (argument !== '' && exact.length > 0) return exact.map((screen) => screenItem(screen, argument));
  const named = fuzzyRank(code, menu.screens, (screen) => screen.title).filter((screen) => !begun.includes(screen));
  return [...begun, ...(code === '' ? [] : named)].map((screen) => screenItem(screen));
}

/** The commands and screens that answer what was typed, best first. */
export function findItems(menu: FindMenu, text: string): MenuItem[] {
  const mode = findMode(text);
  if (mode === 'screens') return screenItems(menu, text.slice(1));
  const typed = mode === 'commands' ? text.slice(1) : text;
  const all = [...menu.commands.map(commandItem), ...menu.screens.map((screen) => screenItem(screen))];
  const place = (item: MenuItem) => {
    const { answer } = item;
    const id = answer.kind === 'command' ? answer.command.id : answer.kind === 'screen' ? answer.screen.id : '';
    const at = menu.recent.indexOf(id);
    return at < 0 ? menu.recent.length : at;
  };
  const ranked = fuzzyRank(
    typed,
    all.toSorted((a, b) => place(a) - place(b)),
    (item) => `${item.text} ${item.key}`,
  );
  if (mode === 'commands') return ranked;
  // Letters strewn over a title would answer almost every name.
  const named = fuzzyRank(typed, ranked, (item) => `${item.text} ${item.key}`, WORD_BEGINNING);
  return /\p{L}/u.test(typed) ? named.slice(0, BESIDE_DATA) : [];
}
