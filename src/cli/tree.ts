import type { Command, Option } from 'commander';

/** One verb with what it takes, as completion scripts and the manual page need it. */
export interface Node {
  /** From the program's name on: `['meterdesk', 'user', 'add']`. */
  readonly path: readonly string[];
  readonly command: Command;
  readonly options: readonly Option[];
  readonly children: readonly Node[];
}

/** The whole tree of verbs, hidden ones left out. */
export function treeOf(command: Command, above: readonly string[] = []): Node {
  const path = [...above, command.name()];
  const help = command.createHelp();
  return {
    path,
    command,
    options: help.visibleOptions(command),
    children: command.commands
      .filter((child) => help.visibleCommands(command).includes(child))
      .map((child) => treeOf(child, path)),
  };
}

/** The node and all below it, parents first. */
export const flat = (node: Node): Node[] => [node, ...node.children.flatMap(flat)];

/** The program at the root of the tree that a verb hangs in. */
export function rootOf(command: Command): Command {
  let root = command;
  while (root.parent) root = root.parent;
  return root;
}
