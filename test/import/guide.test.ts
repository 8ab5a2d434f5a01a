import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIELDS } from '#db/import/entities/fields.ts';

const guide = readFileSync(new URL('../../db/import/README.md', import.meta.url), 'utf8');

test.each(Object.entries(FIELDS))('the guide names every field of %s, and no other', (entity, fields) => {
  const row = guide.split('\n').find((line) => line.startsWith(`| \`${entity}\` |`));
  const told = row!
    .split('|')[2]!
    .split(',')
    .map((name) => name.trim());
  const known = Object.entries(fields).map(([name, field]) => (field.required ? `${name}*` : name));
  expect(told.sort()).toEqual(known.sort());
});
