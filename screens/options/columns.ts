import type { Column } from '#ui/table/columns.ts';
import { isChosen, type Option, shown } from './model.ts';

export const columns: readonly Column<Option>[] = [
  { id: 'name', title: 'Option', min: 18, max: 30, grow: 1, priority: 9, text: (option) => option.name },
  {
    id: 'value',
    title: 'Value',
    min: 16,
    max: 50,
    grow: 2,
    priority: 8,
    text: ({ facts, value }) => shown(facts, value),
  },
  {
    id: 'chosen',
    title: 'Chosen',
    min: 8,
    priority: 6,
    text: (option) => (isChosen(option) ? 'yes' : 'standard'),
    tone: (option) => (isChosen(option) ? 'text' : 'dim'),
  },
  {
    id: 'words',
    title: 'What it means',
    min: 30,
    grow: 4,
    priority: 5,
    text: ({ facts }) => facts.words,
    tone: () => 'dim',
  },
];
