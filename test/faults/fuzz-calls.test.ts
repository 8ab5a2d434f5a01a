import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { ImportProblem } from '#db/import/problem.ts';
import { operations } from '#services/index.ts';
import { Failure } from '#services/failure.ts';
import type { AnyOperation } from '#services/operation.ts';
import { digestOf, importInto, SAMPLES, sampleText } from '#test/import/support.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { type InputSchema, inputSchema } from '#test/support/inputs.ts';
import { brokenRules, newFolder, newOffice, server } from './office.ts';
import { record } from './record.ts';
import { seededRuns } from './seeded.ts';
import { anyText } from '#test/support/texts.ts';

const HOSTILE = [
  '\0',
  '\x1b[2J',
  '\u202e',
  '\ud800',
  "'; drop table note; --",
  '%',
  '_',
  '__proto__',
  '',
  '9'.repeat(40),
];

/** Values for a field: mostly of its kind, sometimes of none. */
function valueFor(schema: InputSchema, ids: readonly number[]): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.oneof(fc.constantFrom(...schema.enum), fc.string({ maxLength: 8 }));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valueFor(one, ids)));
  const type = [schema.type].flat()[0];
  if (type === 'string') {
    const hostile = fc.constantFrom(...HOSTILE);
    return fc.oneof(hostile, anyText({ maxLength: 30 }), fc.constantFrom('2026-12-01', 'general', 'a'));
  }
  if (type === 'integer' || type === 'number') {
    return fc.oneof(fc.constantFrom(...ids), fc.integer(), fc.double(), fc.maxSafeInteger());
  }
  if (type === 'boolean') return fc.boolean();
  if (type === 'array') return fc.array(valueFor(schema.items ?? {}, ids), { maxLength: 4 });
  if (type === 'object') return inputFor(schema, ids);
  return type === 'null' ? fc.constant(null) : fc.jsonValue({ maxDepth: 2 });
}

/** An input of an operation: each field right, wrong or left out. */
function inputFor({ properties = {}, required = [] }: InputSchema, ids: readonly number[]): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [
    name,
    fc.oneof({ weight: 9, arbitrary: valueFor(schema, ids) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) }),
  ]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
  });
}

/** Reads files of the machine, waits, or hashes for a tenth of a second: of no use here. */
const LEFT_OUT = /^(import|backup)\./;

const callable = operations.filter((one) => !LEFT_OUT.test(one.name) && !one.secret);

async function townOf(): Promise<{ database: Database; ids: number[] }> {
  const { database, accounts } = await newOffice(3);
  const tess = { id: 1, username: 'tess', display_name: 'Tess Ter', created_at: 0 };
  await database.transaction(async (db) => {
    await db.insertInto('app_user').values(tess).execute();
    const group = db.selectFrom('user_group').select('id').where('code', '=', 'administrator');
    const { id } = await group.executeTakeFirstOrThrow();
    await db.insertInto('group_member').values({ id: 1, user_id: 1, group_id: id }).execute();
  });
  const notes = runnerFor(database);
  const add = operations.find((one) => one.name === 'note.add')!;
  const note = await notes(add, { level: 'account', body: 'A note', accountId: accounts[0] });
  return { database, ids: [...accounts, (note as { noteId: number }).noteId, 0, 1, 2] };
}

describe.skipIf(server)('random input', () => {
  test('calls of every operation: what is refused is said in words, and changes nothing', async () => {
    const { database, ids } = await townOf();
    const call = runnerFor(database);
    const inputs = new Map(callable.map((one) => [one.name, inputFor(inputSchema(one), ids)]));
    const request = fc
      .constantFrom(...callable)
      .chain((operation: AnyOperation) =>
        fc.tuple(
          fc.constant(operation),
          fc.oneof({ weight: 9, arbitrary: inputs.get(operation.name)! }, { weight: 1, arbitrary: fc.jsonValue() }),
        ),
      );
    let refused = 0;
    let before = await digestOf(database, ['audit_entry']);
    const faults = await fc.check(
      fc.asyncProperty(request, async ([operation, input]) => {
        const answer = await call(operation, input).catch((error: unknown) => error);
        if (!(answer instanceof Error)) {
          if (operation.kind === 'command') before = await digestOf(database, ['audit_entry']);
          return;
        }
        refused += 1;
        expect(answer, `${operation.name} ${JSON.stringify(input)}`).toBeInstanceOf(Failure);
        expect((answer as Failure).code, `${operation.name}: ${String(answer.cause)}`).not.toBe('unexpected');
        expect(answer.message).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
        if (operation.kind === 'command') expect(await digestOf(database, ['audit_entry'])).toBe(before);
      }),
      { ...seededRuns(400, 100_000), endOnFailure: true },
    );
    const over = `${faults.numRuns} calls of ${callable.length} operations, ${refused} refused, seed ${faults.seed}`;
    record('random calls: faults', faults.failed ? 1 : 0, over);
    expect(fc.defaultReportMessage(faults) ?? null).toBeNull();
    expect(await brokenRules(database)).toEqual([]);
  });

  test('files with bytes changed, lines lost or doubled: taken, refused by rows, or as a whole with nothing changed', async () => {
    const good = Buffer.from(sampleText('invoices.csv'));
    const lines = good.toString('latin1').split('\n');
    const place = fc.nat(good.length - 1);
    const mutation = fc.oneof(
      fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(([at, byte]) => (text: Buffer) => {
        const changed = Buffer.from(text);
        changed[at % changed.length] = byte;
        return changed;
      }),
      fc.tuple(place, place).map(
        ([a, b]) =>
          (text: Buffer) =>
            Buffer.concat([text.subarray(0, a), text.subarray(b)]),
      ),
      fc
        .nat(lines.length - 1)
        .map((n) => (text: Buffer) => Buffer.concat([text, Buffer.from(`${lines[n]!}\n`, 'latin1')])),
      fc
        .constantFrom('"', ',', '\r', '\0', '\ufeff', '\x1b[2J', ';')
        .chain((sign) =>
          place.map(
            (at) => (text: Buffer) => Buffer.concat([text.subarray(0, at), Buffer.from(sign), text.subarray(at)]),
          ),
        ),
    );
    const file = join(newFolder(), 'invoices.csv');
    const { profile } = SAMPLES.invoices;
    let database = await freshDatabase();
    let taken = 0;
    const faults = await fc.check(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 5 }), async (mutations) => {
        writeFileSync(
          file,
          mutations.reduce((text, mutate) => (text.length === 0 ? text : mutate(text)), good),
        );
        const before = await digestOf(database, ['audit_entry']);
        const asked = { profile, files: [file], acceptValid: true };
        const answer = await importInto(database, asked).catch((error: unknown) => error);
        if (answer instanceof Error) {
          expect(answer instanceof Failure || answer instanceof ImportProblem, String(answer)).toBe(true);
          expect((answer as Failure).code, String(answer.cause)).not.toBe('unexpected');
          expect(await digestOf(database, ['audit_entry'])).toBe(before);
          return;
        }
        taken += 1;
        expect(await brokenRules(database)).toEqual([]);
        if (taken % 20 === 0) {
          await database.close();
          database = await freshDatabase();
        }
      }),
      { ...seededRuns(30, 4000), endOnFailure: true },
    );
    const over = `${faults.numRuns} files, ${taken} taken, seed ${faults.seed}`;
    record('random files imported: faults', faults.failed ? 1 : 0, over);
    expect(fc.defaultReportMessage(faults) ?? null).toBeNull();
  });
});
