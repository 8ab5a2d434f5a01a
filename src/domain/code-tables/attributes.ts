import type { CodeTable } from './table.ts';

/** What a code says besides its name, complete. */
export type AttributeValues = Readonly<Record<string, unknown>>;

/** What is kept of a code's attributes, each in its own form; what is missing or broken gets its default. */
export function storedAttributes(table: CodeTable, code: string, json: string | null): AttributeValues {
  let said: unknown;
  try {
    said = JSON.parse(json ?? '{}');
  } catch {
    said = {};
  }
  const kept = { ...table.implied?.(code), ...(said as Record<string, unknown> | null) };
  return Object.fromEntries(
    table.attributes.map(({ name, schema }) => {
      const parsed = schema.safeParse(kept[name]);
      return [name, parsed.success ? parsed.data : (schema.safeParse(undefined).data ?? null)];
    }),
  );
}

/** The same as text; null for a table that keeps nothing besides names. */
export const attributesJson = (table: CodeTable, values: AttributeValues): string | null =>
  table.attributes.length === 0
    ? null
    : JSON.stringify(Object.fromEntries(table.attributes.map(({ name }) => [name, values[name] ?? null])));

/** What was given for some attributes, over what is kept, checked; or what is wrong, by attribute. */
export function checkedAttributes(
  table: CodeTable,
  before: AttributeValues,
  given: AttributeValues,
): { readonly values: AttributeValues } | { readonly wrong: Readonly<Record<string, string>> } {
  const wrong: Record<string, string> = {};
  for (const name of Object.keys(given)) {
    if (!table.attributes.some((one) => one.name === name)) wrong[name] = `${table.title} has no ${name}`;
  }
  const values: Record<string, unknown> = {};
  for (const { name, label, schema } of table.attributes) {
    const parsed = schema.safeParse(given[name] === undefined ? before[name] : given[name]);
    if (parsed.success) values[name] = parsed.data;
    else wrong[name] = parsed.error.issues[0]?.message ?? `${label} is not valid`;
  }
  if (Object.keys(wrong).length > 0) return { wrong };
  const unruly = table.rule?.(values) ?? {};
  return Object.keys(unruly).length > 0 ? { wrong: unruly } : { values };
}
