import { globalCommands } from '#app/commands/everywhere.ts';
import { keyNames } from '#keymap/names.ts';
import { screens } from '#screens/index.ts';
import { tabs } from '#screens/account-panel/tabs/index.ts';

/** What a command tells about itself, whatever it needs to run. */
interface Told {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly keys?: readonly string[];
}

interface Section {
  readonly title: string;
  readonly commands: readonly Told[];
}

const fingerprint = (command: Told): string => `${command.title} ${command.keys?.join(' ')}`;

/** Commands of lists that more than one place has: told once. */
function shared(sections: readonly Section[]): Told[] {
  const lists = sections.flatMap((section) => section.commands).filter((command) => command.group === 'list');
  const groups = Map.groupBy(lists, fingerprint);
  return [...groups.values()].filter((same) => same.length > 1).map((same) => same[0]!);
}

/** Commands that differ in a digit only (tabs) in one line: the first and the last key. */
function folded(commands: readonly Told[]): { keys: string; title: string }[] {
  const groups = Map.groupBy(commands, (command) => command.title.replace(/\d+/, '#'));
  return [...groups].map(([title, same]) => {
    const first = same[0]!;
    if (same.length === 1 || !title.includes('#')) return { keys: keyNames(first.keys ?? []), title: first.title };
    const ends = [first, same.at(-1)!].map((command) => keyNames(command.keys?.slice(0, 1) ?? []));
    return { keys: ends.join(' … '), title: title.replace(' #', '') };
  });
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table({ title, commands }: Section): string {
  const rows = folded(commands).map(
    ({ keys, title: what }) => `| ${keys === '' ? '(palette)' : `\`${cell(keys)}\``} | ${cell(what)} |`,
  );
  return [`**${title}**`, '', '| keys | what they do |', '| --- | --- |', ...rows].join('\n');
}

/** The README's table of keys, from the command records that the program itself goes by. */
export function keyTable(): string {
  // The panel answers for its tabs too; each of their commands is told at its tab.
  const ofTabs = new Set(tabs.flatMap((tab) => tab.commands.map(fingerprint)));
  const places: Section[] = [
    ...screens.map((screen) => ({
      title: screen.title,
      commands: screen.commands.filter((command) => !ofTabs.has(fingerprint(command))),
    })),
    ...tabs.map((tab) => ({ title: `Account panel, tab ${tab.title}`, commands: tab.commands })),
  ];
  const lists = shared(places);
  const common = new Set(lists.map(fingerprint));
  const own = places.map((place) => ({
    ...place,
    commands: place.commands.filter((command) => !common.has(fingerprint(command))),
  }));
  return [{ title: 'Everywhere', commands: globalCommands }, { title: 'In lists and texts', commands: lists }, ...own]
    .filter((section) => section.commands.length > 0)
    .map(table)
    .join('\n\n');
}
