import { keyClashes } from '#keymap/bind.ts';
import type { AnyScreen } from '#ui/screen.ts';

/** The screens by id and by code, proven to be free of clashes. */
export interface Registry {
  readonly screens: readonly AnyScreen[];
  readonly byId: (id: string) => AnyScreen | undefined;
  readonly byCode: (code: string) => AnyScreen | undefined;
}

/** What is wrong with a list of screens, one line each; empty when nothing is. */
export function registryFaults(screens: readonly AnyScreen[]): string[] {
  const faults: string[] = [];
  const unique = (what: string, values: readonly string[]) => {
    const seen = new Set<string>();
    for (const value of values) {
      if (seen.has(value)) faults.push(`${what} ${value} is there twice`);
      seen.add(value);
    }
  };
  unique(
    'screen',
    screens.map((screen) => screen.id),
  );
  unique(
    'code',
    screens.map((screen) => screen.code).filter((code) => code !== ''),
  );
  for (const screen of screens) {
    if (!/^(?:|[A-Z]{3})$/.test(screen.code)) faults.push(`code ${screen.code} of ${screen.id} is not three capitals`);
    unique(
      `command of ${screen.id}`,
      screen.commands.map((command) => command.id),
    );
    for (const clash of keyClashes(screen.commands)) faults.push(`key clash on ${screen.id}: ${clash}`);
  }
  return faults;
}

/** @throws Error when two screens claim the same id, code, command id or key */
export function createRegistry(screens: readonly AnyScreen[]): Registry {
  const faults = registryFaults(screens);
  if (faults.length > 0) throw new Error(`The list of screens is not consistent: ${faults.join('; ')}`);
  const ids = new Map(screens.map((screen) => [screen.id, screen]));
  const codes = new Map(screens.filter((screen) => screen.code !== '').map((screen) => [screen.code, screen]));
  return { screens, byId: (id) => ids.get(id), byCode: (code) => codes.get(code.toUpperCase()) };
}
