import { z } from 'zod';
import type { AnyOperation } from '#services/operation.ts';

/** The parts of a JSON schema that inputs are made from. */
export interface InputSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, InputSchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly InputSchema[];
  readonly items?: InputSchema;
  readonly additionalProperties?: InputSchema | boolean;
  readonly propertyNames?: InputSchema;
  readonly maximum?: number;
  readonly maxLength?: number;
}

/** The input of an operation as those see it who call it. */
export const inputSchema = (operation: AnyOperation): InputSchema =>
  z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as InputSchema;

/** Values to try for a field of that name: identities of a test's records, texts that they are found by. */
export type Candidates = Readonly<Record<string, readonly unknown[]>>;

const ABSENT = Symbol('absent');
const FALLBACK: Readonly<Record<string, readonly unknown[]>> = {
  string: ['x'],
  boolean: [true],
  null: [null],
  array: [[]],
  object: [{}],
};

function valuesFor(name: string, schema: InputSchema, candidates: Candidates): readonly unknown[] {
  const known = candidates[name];
  if (known) return known;
  if (schema.enum) return schema.enum;
  if (schema.const !== undefined) return [schema.const];
  if (schema.anyOf) return schema.anyOf.flatMap((one) => valuesFor(name, one, candidates));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'integer' || type === 'number') return [Math.min(schema.maximum ?? 1, 1000)];
  return FALLBACK[type ?? ''] ?? [{}];
}

/** Every combination of the values of an operation's fields; optional ones are also left out. */
export function inputsFor(operation: AnyOperation, candidates: Candidates): Record<string, unknown>[] {
  const { properties = {}, required = [] } = inputSchema(operation);
  let inputs: Record<string, unknown>[] = [{}];
  for (const [name, schema] of Object.entries(properties)) {
    const values = [...(required.includes(name) ? [] : [ABSENT]), ...valuesFor(name, schema, candidates)];
    inputs = inputs.flatMap((input) => values.map((value) => (value === ABSENT ? input : { ...input, [name]: value })));
  }
  return inputs;
}
