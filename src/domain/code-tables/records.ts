import { z } from 'zod';
import { CUSTOM_FIELD_KINDS, customFieldAttributes, RECORD_LEVELS } from '../custom-field.ts';
import { at, choiceOf, codeOf, flag, partUpTo, upTo } from './shapes.ts';
import type { CodeTable } from './table.ts';

const shape = customFieldAttributes.shape;
const listed = { area: 'records', ordered: true, ...upTo(20) } as const;

/** Tables of what is kept with a customer or a location besides its own fields. */
export const RECORD_TABLES: readonly CodeTable[] = [
  {
    ...listed,
    ...partUpTo(20),
    name: 'udc_caption',
    title: 'User-defined codes: captions',
    one: 'caption',
    words: 'What a user-defined code tells of a customer or a location; its values are in the next table.',
    attributes: [choiceOf('level', 'UDC type', RECORD_LEVELS, { fixed: true })],
    usedIn: [
      at('user_code', 'caption', 'records of customers and locations'),
      at('code_value', 'attributes', 'values', { by: 'list', only: { column: 'table_name', values: ['udc_value'] } }),
    ],
  },
  {
    ...listed,
    ...partUpTo(20),
    name: 'udc_value',
    title: 'User-defined codes: values',
    one: 'value',
    words: 'What a caption may hold. Each caption has codes of its own: PETS/DOG, FENCE/NONE.',
    codeHelp: 'Up to 20 characters, once in its caption. It cannot be changed later.',
    within: 'caption',
    attributes: [
      codeOf('caption', 'Caption', 'udc_caption', z.string().min(1, 'Choose a caption').max(40), { fixed: true }),
    ],
    usedIn: [at('user_code', 'value', 'records of customers and locations')],
  },
  {
    ...listed,
    name: 'custom_field',
    title: 'Custom fields',
    one: 'custom field',
    words: 'Fields of the utility’s own on customers and locations, in the order in which they stand on the form.',
    orderWords: 'the order of the fields on the form',
    attributes: [
      choiceOf('level', 'Of', RECORD_LEVELS, { fixed: true }),
      choiceOf('kind', 'Kind', CUSTOM_FIELD_KINDS, { fixed: true }),
      flag('required', 'Required', {
        help: 'Asked for when the fields of a record are edited next; nothing that is there already is locked by it.',
      }),
      flag('searchable', 'Searchable', { help: 'Look-up finds records by what the field holds.' }),
      {
        name: 'choices',
        label: 'Choices',
        kind: { as: 'choices' },
        schema: shape.choices,
        aside: true,
        help: 'A line each, in their order: CODE = Name. A line that begins with - is no longer offered.',
        enabled: (values) => (values.kind === 'list' ? true : 'Only a list has choices.'),
      },
      {
        name: 'help',
        label: 'Help',
        kind: { as: 'text', most: 200 },
        schema: shape.help,
        aside: true,
        help: 'Shown by F1 in the field.',
      },
    ],
    rule: (values): Readonly<Record<string, string>> =>
      values.kind === 'list' && (values.choices as readonly unknown[]).length === 0
        ? { choices: 'Give the list its choices.' }
        : {},
    usedIn: [at('custom_field_value', 'field', 'records of customers and locations')],
  },
  {
    ...listed,
    ...upTo(6),
    name: 'document_type',
    title: 'Document types',
    one: 'document type',
    words: 'What a document is. Secure ones are opened only by who may.',
    attributes: [flag('secure', 'Secure', { help: 'Only those with the right for secure documents open them.' })],
    usedIn: [at('document', 'type', 'documents')],
  },
  {
    ...listed,
    name: 'note_type',
    title: 'Note types',
    one: 'note type',
    words: 'What a note is about.',
    attributes: [],
    usedIn: [at('note', 'type', 'notes')],
  },
  {
    ...listed,
    name: 'note_used_for',
    title: 'Uses of notes',
    one: 'use',
    words: 'What a note is used for until it expires.',
    attributes: [],
    usedIn: [at('note', 'used_for', 'notes')],
  },
];
