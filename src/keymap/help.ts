import type { BoundCommand } from './bind.ts';
import { fuzzyScore } from './fuzzy.ts';
import { keyNames } from './names.ts';

/** A part of the help: what can be done here, everywhere, while typing; or a legend of signs. */
export interface HelpSection {
  readonly title: string;
  readonly entries: readonly HelpEntry[];
}

export interface HelpEntry {
  readonly keys: string;
  readonly text: string;
  /** Why it cannot be done now. */
  readonly reason?: string;
  /** Runs it; absent for what is only explained. */
  readonly command?: BoundCommand;
}

/** The keys that every text field understands. */
export const editingEntries: readonly HelpEntry[] = [
  { keys: 'Tab Shift+Tab', text: 'Next and previous field' },
  { keys: 'Enter', text: 'Next field; on the last one save' },
  { keys: 'Home End Ctrl+A Ctrl+E', text: 'Beginning and end of the line' },
  { keys: 'Ctrl+Left Ctrl+Right', text: 'By words' },
  { keys: 'Ctrl+W Ctrl+U Ctrl+K', text: 'Remove the word, to the beginning, to the end' },
  { keys: 'F4 Ctrl+Space', text: 'Values of a coded field' },
  { keys: 'F5', text: 'Back to what is saved' },
  { keys: 'F9 Ctrl+S', text: 'Save' },
  { keys: 'today +30 12/1', text: 'Ways to type a date' },
  { keys: '12 12.5 1,200', text: 'Ways to type an amount' },
];

/** Commands as help entries, those with keys first. */
export function commandEntries(commands: readonly BoundCommand[]): HelpEntry[] {
  const entries = commands.map((command): HelpEntry => {
    const when = command.when();
    return { keys: keyNames(command.keys), text: command.title, reason: when === true ? undefined : when, command };
  });
  return [...entries.filter((entry) => entry.keys !== ''), ...entries.filter((entry) => entry.keys === '')];
}

/** The sections with only what answers the filter; by words of the title or by the key itself. */
export function filterHelp(sections: readonly HelpSection[], filter: string): HelpSection[] {
  const typed = filter.trim();
  if (typed === '') return sections.filter((section) => section.entries.length > 0);
  const isKey = (entry: HelpEntry) => entry.keys.toLowerCase().split(' ').includes(typed.toLowerCase());
  return sections
    .map((section) => ({
      title: section.title,
      entries: section.entries.filter((entry) => isKey(entry) || fuzzyScore(typed, entry.text) >= 50),
    }))
    .filter((section) => section.entries.length > 0);
}
