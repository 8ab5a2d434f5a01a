import { describe, expect, test } from 'vitest';
import { DEFAULT_GROUPS, EVERYTHING, PERMISSIONS } from '#domain/permissions.ts';
import { byUniqueName, operations } from '#services/index.ts';
import { type JsonValue, saveDraft } from '#services/drafts/drafts.ts';
import type { Failure } from '#services/failure.ts';
import { type InputSchema, inputSchema } from '#test/support/inputs.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';

describe('the registry of operations', () => {
  test('refuses two operations of one name, and names that are not noun.verb', () => {
    expect(() => byUniqueName([operations[0]!, operations[0]!])).toThrow('two operations');
    expect(() => byUniqueName([{ ...operations[0]!, name: 'lookup' }])).toThrow('operation name');
  });

  test('every operation asks for a permission that exists and says what it does', () => {
    for (const one of operations) {
      if (one.permission !== null) expect(Object.keys(PERMISSIONS), one.name).toContain(one.permission);
      expect(one.summary, one.name).toMatch(/^[A-Z].*[^.]$/);
    }
  });
});

/** Places of an input schema where a text of any length, or anything at all, would be taken. */
function unlimited(schema: InputSchema, path: string): string[] {
  const parts: [string, InputSchema][] = Object.entries(schema.properties ?? {}).map(([name, part]) => [
    `${path}.${name}`,
    part,
  ]);
  const { items, additionalProperties, propertyNames, anyOf = [] } = schema;
  for (const part of [items, propertyNames, ...anyOf]) if (part) parts.push([path, part]);
  if (typeof additionalProperties === 'object') parts.push([`${path}.*`, additionalProperties]);
  const isText = [schema.type].flat().includes('string') && !schema.enum && schema.const === undefined;
  const isAnything = schema.type === undefined && !schema.anyOf && schema.const === undefined;
  const here = (isText && schema.maxLength === undefined) || isAnything ? [path] : [];
  return [...here, ...parts.flatMap(([where, part]) => unlimited(part, where))];
}

const MEGABYTE = 'x'.repeat(2 ** 20);

/** Any JSON, of which the operation takes only so much as a whole. */
const LIMITED_AS_A_WHOLE: ReadonlySet<string> = new Set(['draft.save.place.params']);

describe('input', () => {
  test('every text has a longest length, and nothing is taken unseen', () => {
    const found = operations.flatMap((operation) => unlimited(inputSchema(operation), operation.name));
    expect(found.filter((path) => !LIMITED_AS_A_WHOLE.has(path))).toEqual([]);
  });

  test('what is limited as a whole is refused when it is a megabyte', async () => {
    const call = runnerFor(await freshDatabase());
    const place = (params: JsonValue) => ({ screenId: 'account', params, label: 'x' });
    const draft = { form: 'note.add', subjectId: null, values: {}, title: 'x' };
    await call(saveDraft, { ...draft, place: place({ accountId: 1 }) });
    const tooMuch = call(saveDraft, { ...draft, place: place([MEGABYTE]) });
    await expect(tooMuch).rejects.toMatchObject({ code: 'invalid' });
  });

  test('a megabyte in any field is refused at that field, in few words', async () => {
    const call = runnerFor(await freshDatabase());
    for (const operation of operations) {
      for (const [name, schema] of Object.entries(inputSchema(operation).properties ?? {})) {
        if (![schema.type, ...(schema.anyOf ?? []).map(({ type }) => type)].flat().includes('string')) continue;
        const failure = await call(operation, { [name]: MEGABYTE }).catch((error: Failure) => error);
        expect(failure, `${operation.name} ${name}`).toMatchObject({ code: 'invalid' });
        expect((failure as Failure).fields[name], `${operation.name} ${name}`).toMatch(/^.{5,200}$/s);
      }
    }
  });
});

/** What an operation answers to empty input shows whether the right was granted: it is asked for first. */
test('every operation × every group: exactly as configured', async () => {
  const database = await freshDatabase();
  for (const group of DEFAULT_GROUPS) {
    const call = runnerFor(database, { ...actor('none'), permissions: new Set(group.permissions) });
    for (const operation of operations) {
      const allowed =
        operation.permission === null ||
        group.permissions.some((held) => held === operation.permission || held === EVERYTHING);
      const answer = await call(operation, {}).then(
        () => 'granted',
        (error: { code: string }) => (error.code === 'forbidden' ? 'forbidden' : 'granted'),
      );
      expect(answer, `${operation.name} for ${group.code}`).toBe(allowed ? 'granted' : 'forbidden');
    }
  }
});
