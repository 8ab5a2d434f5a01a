import { type Command, InvalidArgumentError } from 'commander';
import { parseCents } from '#domain/money.ts';
import type { GroupFacts } from '#services/users/group-input.ts';
import { listed } from './input.ts';
import type { SignInOptions } from './session.ts';

/** What the verbs that write a group take, as typed. */
export interface GroupOptions extends SignInOptions {
  readonly name?: string;
  readonly description?: string;
  readonly level?: number;
  readonly documentLevel?: number;
  /** Cents, or any. */
  readonly creditLimit?: number | 'any';
  readonly secondFactor?: boolean;
  readonly rights?: readonly string[];
  readonly give?: readonly string[];
  readonly take?: readonly string[];
  readonly customers?: GroupFacts['customers'];
  readonly newCode?: string;
}

function level(text: string): number {
  if (!/^[123]$/.test(text)) throw new InvalidArgumentError('1, 2 or 3.');
  return Number(text);
}

function credit(text: string): number | 'any' {
  if (text === 'any') return text;
  const cents = parseCents(text);
  if (cents === null) throw new InvalidArgumentError('An amount such as 500 or 12.50, or any.');
  return cents;
}

/** `all`, `none`, or `household,staff:read`. */
export function customersOf(text: string): GroupFacts['customers'] {
  if (text === 'all') return 'all';
  if (text === 'none') return [];
  return text.split(',').map((part) => {
    const [, group, access] = /^([^:]+)(?::(read|change))?$/.exec(part.trim()) ?? [];
    if (!group) throw new InvalidArgumentError('all, none, or customer groups such as household,staff:read.');
    return { group, readOnly: access === 'read' };
  });
}

/** Adds the options of what a group says. */
export const withFacts = (command: Command): Command =>
  command
    .option('--description <text>', 'what the group is for')
    .option('--level <n>', 'notes up to this level: 1 general, 2 some restricted, 3 management', level)
    .option('--document-level <n>', 'the same for documents', level)
    .option('--credit-limit <amount>', 'largest credit given without approval, or any', credit)
    .option('--second-factor', 'members sign in with a second factor')
    .option('--no-second-factor', 'members need no second factor')
    .option('--rights <names>', 'all its rights, comma-separated or repeated; * is every right', listed)
    .option('--customers <codes>', 'customers that members see: all, none, or household,staff:read', customersOf);

/** The facts that were given; the operation checks them. */
export function factsOf(options: GroupOptions): Partial<GroupFacts> {
  const { name, description, level: notes, documentLevel, creditLimit, secondFactor, rights, customers } = options;
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description: description === '' ? null : description }),
    ...(notes !== undefined && { level: notes }),
    ...(documentLevel !== undefined && { documentLevel }),
    ...(creditLimit !== undefined && { creditLimitCents: creditLimit === 'any' ? null : creditLimit }),
    ...(secondFactor !== undefined && { needsTotp: secondFactor }),
    ...(rights !== undefined && { permissions: rights as GroupFacts['permissions'] }),
    ...(customers !== undefined && { customers }),
  };
}

/** Rights after giving and taking; null when neither was asked for. */
export function rightsAfter(held: readonly string[], { give, take }: GroupOptions): GroupFacts['permissions'] | null {
  if (!give && !take) return null;
  const rights = new Set([...held, ...(give ?? [])]);
  for (const right of take ?? []) rights.delete(right);
  return [...rights] as GroupFacts['permissions'];
}
