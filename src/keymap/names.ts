import type { Key } from './keys.ts';

const NAMES: Readonly<Record<string, string>> = {
  escape: 'Esc',
  enter: 'Enter',
  tab: 'Tab',
  space: 'Space',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  backspace: 'Backspace',
  delete: 'Del',
  insert: 'Ins',
};

const MODIFIERS: Readonly<Record<string, string>> = { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift' };

/** A key as people read it on keyboards: `ctrl+s` → `Ctrl+S`, `f9` → `F9`, `g` stays `g`. */
export function keyName(key: Key): string {
  if (key.length === 1) return key;
  const parts = key === '+' ? ['+'] : key.split(/\+(?=.)/);
  const base = parts.pop()!;
  const modifiers = parts.map((part) => MODIFIERS[part] ?? part);
  const named = NAMES[base] ?? (/^f\d+$/.test(base) || modifiers.length > 0 ? capital(base) : base);
  return [...modifiers, named].join('+');
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Several keys for the same thing: `Up k`. */
export const keyNames = (keys: readonly Key[] | undefined): string => (keys ?? []).map(keyName).join(' ');
