import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CARD_REFUSED, passesLuhn } from '#domain/card-number.ts';
import { operations } from '#services/index.ts';
import type { AnyOperation } from '#services/operation.ts';
import { type InputSchema, inputSchema } from '#test/support/inputs.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';

/** An input with that text in one of its places, and nothing else. */
type Planted = (text: string) => unknown;

/** All places of an input that take a text, however deep. */
function textPlaces(schema: InputSchema, path: string, plant: (inner: unknown) => unknown): [string, Planted][] {
  const { type, properties = {}, items, additionalProperties, anyOf = [] } = schema;
  const isText = [type].flat().includes('string') && !schema.enum && schema.const === undefined;
  return [
    ...(isText ? [[path, plant] as [string, Planted]] : []),
    ...anyOf.flatMap((one) => textPlaces(one, path, plant)),
    ...(items ? textPlaces(items, `${path}.0`, (inner) => plant([inner])) : []),
    ...(typeof additionalProperties === 'object'
      ? textPlaces(additionalProperties, `${path}.k`, (inner) => plant({ k: inner }))
      : []),
    ...Object.entries(properties).flatMap(([name, part]) =>
      textPlaces(part, path === '' ? name : `${path}.${name}`, (inner) => plant({ [name]: inner })),
    ),
  ];
}

const placesOf = (operation: AnyOperation) => textPlaces(inputSchema(operation), '', (inner) => inner);
const isLookedAt = (operation: AnyOperation, path: string): boolean =>
  ![...(operation.identifiers ?? []), 'cursor'].includes(path.split('.')[0]!);

const every = operations.flatMap((operation) =>
  placesOf(operation)
    .filter(([path]) => isLookedAt(operation, path))
    .map(([path, plant]) => ({ operation, path, plant })),
);

/** Numbers as the five large issuers make them, in groups or not. */
const cardNumber = fc
  .tuple(
    fc.constantFrom('4', '51', '2221', '34', '6011'),
    fc.integer({ min: 13, max: 19 }),
    fc.bigInt({ min: 0n, max: 10n ** 18n }),
    fc.constantFrom('', ' ', '-'),
  )
  .map(([start, length, random, between]) => {
    const body = (start + String(random).padStart(18, '7')).slice(0, length - 1);
    const check = [...'0123456789'].find((digit) => passesLuhn(body + digit))!;
    return (body + check).match(/.{1,4}/g)!.join(between);
  });

test('card numbers are refused in every text of every operation', async () => {
  expect(every.length).toBeGreaterThan(40);
  const call = runnerFor(await freshDatabase());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...every),
      cardNumber,
      fc.string(),
      async ({ operation, path, plant }, card, rest) => {
        const text = `${rest.replaceAll(/[\d\p{Pd}\p{Zs}._·]+$/gu, '')}, ${card}`;
        const answer = await call(operation, plant(text)).catch((error: unknown) => error);
        expect(answer, `${operation.name} ${path}`).toMatchObject({
          code: 'invalid',
          fields: { [path]: CARD_REFUSED },
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('each of these places refuses one', async () => {
  const call = runnerFor(await freshDatabase());
  for (const { operation, path, plant } of every) {
    const answer = await call(operation, plant('pays by 4111\u00001111 1111-1111')).catch((error: unknown) => error);
    expect(answer, `${operation.name} ${path}`).toMatchObject({ code: 'invalid' });
  }
});

test('only where records are found by their numbers, and files named, they pass', () => {
  const passing = operations.filter(({ identifiers = [] }) => identifiers.length > 0);
  expect(Object.fromEntries(passing.map(({ name, identifiers }) => [name, identifiers]))).toEqual({
    'account.find': ['number'],
    'audit.verify': ['checkpoints'],
    'import.run': ['profile', 'files', 'rejects'],
    // Fixed columns run together; every field of a line is asked by itself when it is read.
    'location.find': ['text'],
    'lockbox.import': ['lines'],
    'lookup.find': ['text'],
    'lookup.list': ['text', 'from'],
    // Rows of a list that the operator has on the screen.
    'report.mail': ['rows'],
    'report.print': ['rows'],
    'report.write': ['rows'],
  });
});
