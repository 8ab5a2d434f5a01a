import { z } from 'zod';
import { COMPANY_OPTIONS, type CompanyOptionName, type CompanyOptions } from './company-options.ts';

/** How an option is entered: `words` are texts in their order, `entries` records of texts. */
export type OptionKind = 'flag' | 'choice' | 'number' | 'date' | 'text' | 'words' | 'entries';

/** What a form must know of an option; follows from its one line. */
export interface OptionFacts {
  readonly name: CompanyOptionName;
  readonly kind: OptionKind;
  /** What it means. */
  readonly words: string;
  /** Values to choose from, of a choice and of words. */
  readonly values: readonly string[];
  readonly standard: unknown;
}

/** The parts of a JSON schema that tell how to enter a value. */
interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly default?: unknown;
  readonly description?: string;
}

function kindOf(shape: Shape): OptionKind {
  const shapes = [shape, ...(shape.anyOf ?? [])];
  if (shapes.some(({ format }) => format === 'date')) return 'date';
  if (shape.enum) return 'choice';
  if (shape.type === 'boolean') return 'flag';
  if (shape.type === 'integer' || shape.type === 'number') return 'number';
  if (shape.type === 'array') return shape.items?.type === 'object' ? 'entries' : 'words';
  return 'text';
}

/** What a form must know of an option. */
export function optionFacts(name: CompanyOptionName): OptionFacts {
  const shape = z.toJSONSchema(COMPANY_OPTIONS[name], { io: 'input' }) as Shape;
  return {
    name,
    kind: kindOf(shape),
    words: shape.description ?? '',
    values: shape.enum ?? shape.items?.enum ?? [],
    standard: shape.default,
  };
}

/** A value as a form holds it. */
export function optionText(
  { kind }: OptionFacts,
  value: CompanyOptions[CompanyOptionName] | unknown,
): string | boolean {
  if (kind === 'flag') return value === true;
  if (kind === 'words') return (value as readonly string[]).join(', ');
  if (kind === 'entries') return (value as readonly object[]).map((entry) => JSON.stringify(entry)).join('\n');
  return String(value);
}

/** The value that was entered, or what is wrong with how it is written; its own rule comes afterwards. */
export function optionValue(
  { kind }: OptionFacts,
  typed: string | boolean,
): { readonly value: unknown } | { readonly problem: string } {
  if (typeof typed === 'boolean') return { value: typed };
  const text = typed.trim();
  if (kind === 'number') {
    return /^-?\d{1,15}(\.\d+)?$/.test(text) ? { value: Number(text) } : { problem: 'Enter a number.' };
  }
  const parts = (separator: RegExp) => text.split(separator).filter((part) => part.trim() !== '');
  if (kind === 'words') return { value: parts(/,/).map((part) => part.trim()) };
  if (kind !== 'entries') return { value: text };
  try {
    return { value: parts(/\n/).map((part): unknown => JSON.parse(part)) };
  } catch {
    return { problem: 'Write each entry on a line of its own, as JSON.' };
  }
}
