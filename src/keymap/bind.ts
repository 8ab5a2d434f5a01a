import type { Command } from './command.ts';
import type { Key } from './keys.ts';

/** A command together with what it works on: everything that help, footer, palette and dispatch need. */
export interface BoundCommand {
  readonly id: string;
  readonly title: string;
  readonly group: Command<never>['group'];
  readonly keys: readonly Key[];
  readonly hint?: string;
  readonly footer: number;
  readonly danger?: 'confirm';
  readonly background: boolean;
  /** `true`, or the reason why it cannot be done now. */
  readonly when: () => true | string;
  readonly run: () => void | Promise<void>;
}

/** Decides whether a permission is held; without it the command does not exist. */
export type May = (permission: string) => boolean;

/** The commands of one scope as they stand now: those that apply and that the operator may use. */
export function bindAll<C>(commands: readonly Command<C>[], ctx: C, may: May): BoundCommand[] {
  return commands
    .filter((command) => !command.permission || may(command.permission))
    .filter((command) => !command.applies || command.applies(ctx))
    .map((command) => ({
      id: command.id,
      title: command.title,
      group: command.group,
      keys: command.keys ?? [],
      hint: command.hint,
      footer: command.footer ?? 0,
      danger: command.danger,
      background: command.background ?? false,
      when: () => (command.when ? command.when(ctx) : true),
      run: () => command.run(ctx),
    }));
}

/**
 * The command that a key means. Where parts of a scope share a key the one that is possible
 * now wins; when none is, the first is returned so that its reason can be said.
 */
export function resolveKey(commands: readonly BoundCommand[], key: Key): BoundCommand | null {
  const named = commands.filter((command) => command.keys.includes(key));
  return named.find((command) => command.when() === true) ?? named[0] ?? null;
}

/** Pairs of commands of one scope that claim the same key, for the registry and the sweep. */
export function keyClashes<C>(commands: readonly Command<C>[]): string[] {
  const owners = new Map<Key, Command<C>>();
  const clashes: string[] = [];
  for (const command of commands) {
    for (const key of command.keys ?? []) {
      const owner = owners.get(key);
      if (owner && owner !== command && !(owner.applies && command.applies)) {
        clashes.push(`${key}: ${owner.id}, ${command.id}`);
      }
      owners.set(key, command);
    }
  }
  return clashes;
}
