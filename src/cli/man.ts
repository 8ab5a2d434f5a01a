import { Command } from 'commander';
import { EXIT_MEANINGS } from './exit.ts';
import { flat, type Node, rootOf, treeOf } from './tree.ts';

/** `man`: prints the manual page. */
export const manCommand = (): Command =>
  new Command('man')
    .summary('print the manual page')
    .description('Print the manual page as roff: meterdesk man | man -l -')
    .action((_: unknown, command: Command) => void process.stdout.write(manualPage(rootOf(command))));

/** Environment variables that the program reads, and what for. */
export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ['METERDESK_DB', 'the database file, when --db does not name one'],
  ['METERDESK_DATABASE_URL', 'the address of a PostgreSQL database: postgres://user:password@host:port/name'],
  ['METERDESK_TOKEN', 'an access token to sign in with (call and the verbs that manage users)'],
  ['METERDESK_USER, METERDESK_PASSWORD', 'a user and password to sign in with, where there is no token'],
  ['NO_COLOR', 'when set, no colours: marks, bold and reverse instead'],
  [
    'XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME',
    'where the demo database, the log and what can be made again are kept',
  ],
];

const escape = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

const usage = (node: Node): string => escape(`${node.path.join(' ')} ${node.command.usage()}`);

function verb(node: Node): string {
  const lines = [`.SS "${usage(node)}"`, escape(node.command.description() || node.command.summary())];
  for (const argument of node.command.registeredArguments) {
    if (argument.description) lines.push('.TP', `.I ${escape(argument.name())}`, escape(argument.description));
  }
  for (const option of node.options) {
    if (option.long === '--help') continue;
    lines.push('.TP', `.B ${escape(option.flags)}`, escape(option.description));
  }
  return lines.join('\n');
}

/** The whole manual in roff, made from the tree of verbs. */
export function manualPage(program: Command): string {
  const root = treeOf(program);
  const verbs = flat(root).slice(1);
  return `${[
    `.TH METERDESK 1 "" "meterdesk ${program.version()}" "User Commands"`,
    '.SH NAME',
    'meterdesk \\- find, understand and act on the accounts of a utility',
    '.SH SYNOPSIS',
    '.B meterdesk',
    '[options]',
    '.br',
    '.B meterdesk',
    'verb [options] [arguments]',
    '.SH DESCRIPTION',
    escape(program.description()),
    'Without a verb the full\\-screen program starts; F1 explains its keys.',
    '.SH OPTIONS',
    ...root.options.flatMap((option) => ['.TP', `.B ${escape(option.flags)}`, escape(option.description)]),
    '.SH VERBS',
    ...verbs.filter((node) => node.children.length === 0).map(verb),
    '.SH EXIT STATUS',
    ...EXIT_MEANINGS.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, escape(meaning)]),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => ['.TP', `.B ${escape(name)}`, escape(meaning)]),
    '.SH FILES',
    '.TP',
    '.I $XDG_DATA_HOME/meterdesk/meterdesk.db',
    'the database when none is named: a demo utility, made at the first start',
  ].join('\n')}\n`;
}
