import { Argument, Command } from 'commander';
import { flat, type Node, rootOf, treeOf } from './tree.ts';

type Shell = 'bash' | 'zsh' | 'fish';

/** `completion`: prints a script that makes the shell complete verbs, options and operations. */
export const completionCommand = (): Command =>
  new Command('completion')
    .summary('print a completion script')
    .description(
      'Print a completion script. bash: source <(meterdesk completion bash); ' +
        'zsh: meterdesk completion zsh > "${fpath[1]}/_meterdesk"; ' +
        'fish: meterdesk completion fish > ~/.config/fish/completions/meterdesk.fish',
    )
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: Shell, _: unknown, command: Command) => {
      const { operations } = await import('#services/index.ts');
      const names = operations.map((one) => one.name);
      process.stdout.write(completionScript(shell, rootOf(command), names));
    });

/** The script of that shell for the program's whole tree of verbs. */
export function completionScript(shell: Shell, program: Command, operationNames: readonly string[]): string {
  const root = treeOf(program);
  return { bash, zsh, fish }[shell](root, operationNames);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const pathOf = (node: Node): string => node.path.join(' ');

/** What may be typed next at a verb. */
function words(node: Node, operationNames: readonly string[]): string[] {
  const choices = node.command.registeredArguments.flatMap((one) => one.argChoices ?? []);
  const names = node.command.name() === 'call' || node.command.name() === 'ops' ? operationNames : [];
  return [...node.children.map((child) => child.command.name()), ...choices, ...names];
}

const flags = (node: Node, root: Node): string[] =>
  [...new Set([...node.options, ...root.options])].flatMap((option) =>
    [option.short, option.long].filter((one) => one !== undefined),
  );

/** Shell cases that follow the typed verbs down the tree. */
const pathCase = (root: Node): string =>
  flat(root)
    .slice(1)
    .map((node) => quoted(pathOf(node)))
    .join('|');

const valueCases = (root: Node): string =>
  [...new Set(flat(root).flatMap((node) => node.options))]
    .filter((option) => option.argChoices && option.long)
    .map(
      (option) =>
        `    ${option.long}) COMPREPLY=($(compgen -W ${quoted(option.argChoices!.join(' '))} -- "$current")); return ;;`,
    )
    .filter((line, at, all) => all.indexOf(line) === at)
    .join('\n');

function bash(root: Node, operationNames: readonly string[]): string {
  const cases = flat(root)
    .map(
      (node) =>
        `    ${quoted(pathOf(node))}) words=${quoted([...words(node, operationNames), ...flags(node, root)].join(' '))} ;;`,
    )
    .join('\n');
  return `# bash completion of meterdesk
_meterdesk() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path=meterdesk word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
      ${pathCase(root)}) path="$path $word" ;;
    esac
  done
  case "$previous" in
    --db) COMPREPLY=($(compgen -f -- "$current")); return ;;
${valueCases(root)}
  esac
  case "$path" in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _meterdesk meterdesk
`;
}

const described = (text: string): string =>
  text
    .replaceAll(/[:'"\\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

function zsh(root: Node, operationNames: readonly string[]): string {
  const cases = flat(root).map((node) => {
    const children = node.children.map((child) => `${child.command.name()}:${described(child.command.summary())}`);
    const named = new Set(node.children.map((child) => child.command.name()));
    const others = words(node, operationNames).filter((word) => !named.has(word));
    const options = [...new Set([...node.options, ...root.options])]
      .filter((option) => option.long)
      .map((option) => `${option.long}:${described(option.description)}`);
    return `    ${quoted(pathOf(node))}) choices=(${[...children, ...others, ...options].map(quoted).join(' ')}) ;;`;
  });
  return `#compdef meterdesk
_meterdesk() {
  local path_=meterdesk word
  local -a choices
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$path_ $word" in
      ${pathCase(root)}) path_="$path_ $word" ;;
    esac
  done
  if [[ \${words[CURRENT-1]} == --db ]]; then _files; return; fi
  case "$path_" in
${cases.join('\n')}
  esac
  _describe 'meterdesk' choices || _files
}
if [[ \${funcstack[1]} == _meterdesk ]]; then _meterdesk "$@"; else compdef _meterdesk meterdesk; fi
`;
}

function fish(root: Node, operationNames: readonly string[]): string {
  const lines = flat(root).flatMap((node) => {
    const at = `-n ${quoted(`__meterdesk_at ${quoted(pathOf(node))}`)}`;
    const named = new Set(node.children.map((child) => child.command.name()));
    return [
      ...node.children.map(
        (child) =>
          `complete -c meterdesk -f ${at} -a ${child.command.name()} -d ${quoted(described(child.command.summary()))}`,
      ),
      ...words(node, operationNames)
        .filter((word) => !named.has(word))
        .map((word) => `complete -c meterdesk -f ${at} -a ${word}`),
      ...node.options
        .filter((option) => option.long)
        .map((option) => {
          const value = option.argChoices
            ? ` -x -a ${quoted(option.argChoices.join(' '))}`
            : option.required
              ? ' -r'
              : '';
          return `complete -c meterdesk ${at} -l ${option.long!.slice(2)}${value} -d ${quoted(described(option.description))}`;
        }),
    ];
  });
  return `# fish completion of meterdesk
function __meterdesk_at
    set -l path meterdesk
    for word in (commandline -opc)[2..-1]
        switch "$path $word"
            case ${flat(root)
              .slice(1)
              .map((node) => quoted(pathOf(node)))
              .join(' ')}
                set path "$path $word"
        end
    end
    test "$path" = "$argv[1]"
end
${lines.join('\n')}
`;
}
