import { z } from 'zod';
import { storable } from '#domain/typed-text.ts';
import { Failure } from '../failure.ts';
import { SETUP_FORM } from './document.ts';
import type { WrittenSetup } from './text.ts';

const word = z.string('Write one value here').overwrite(storable);
const whole = word.regex(/^\d{1,3}$/, 'Write a whole number');
const yes = z.enum(['true', 'false'], 'Write true or false').transform((text) => text === 'true');
const entry = z.looseObject({ code: word, name: word, system: yes.default(false), retired: yes.default(false) });

const group = z.strictObject({
  code: word,
  name: word,
  description: word.nullable().default(null),
  level: whole,
  documentLevel: whole,
  creditLimit: word,
  secondFactor: yes.default(false),
  customers: z.union([z.literal('all'), z.array(word)], 'Write all, or a list of customer groups'),
  rights: z.array(word).default([]),
});

const format = z.strictObject({
  code: word,
  kind: word,
  name: word,
  standard: yes.default(false),
  retired: yes.default(false),
  system: yes.default(false),
  layout: z.unknown().optional(),
});

const setup = z.strictObject({
  'meterdesk-setup': z.literal(
    SETUP_FORM,
    `This is no setup that this program can read: meterdesk-setup: ${SETUP_FORM}`,
  ),
  options: z.record(z.string(), z.unknown()).default({}),
  ledger: z.array(z.strictObject({ code: word, name: word, kind: word })).default([]),
  tables: z.record(z.string(), z.array(entry, 'Give the codes as a list')).default({}),
  groups: z.array(group).default([]),
  formats: z.array(format).default([]),
  complete: z.literal('true', 'The file is cut off: “complete: true” ends every setup'),
});

export type SaidSetup = z.output<typeof setup>;
export type SaidCode = z.output<typeof entry>;
export type SaidGroup = z.output<typeof group>;
export type SaidFormat = z.output<typeof format>;

/** Where something is wrong in a file, and why. */
export interface Problem {
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

const MOST_TOLD = 20;

/** All that is wrong, in one message and at its paths. */
export function refusal(problems: readonly Problem[]): Failure {
  const told = problems.slice(0, MOST_TOLD).map(({ line, path, message }) => `Line ${line}, ${path}: ${message}`);
  const more = problems.length > MOST_TOLD ? [`and ${problems.length - MOST_TOLD} more`] : [];
  const fields = Object.fromEntries(problems.map(({ line, path, message }) => [path, `line ${line}: ${message}`]));
  return new Failure('invalid', ['Nothing was imported.', ...told, ...more].join('\n'), fields);
}

/** The shape of a written setup. @throws Failure `invalid`, naming lines and paths */
export function shaped({ said, lineOf }: WrittenSetup): SaidSetup {
  const parsed = setup.safeParse(said);
  if (parsed.success) return parsed.data;
  throw refusal(
    parsed.error.issues.map(({ path, message }) => {
      const place = path.filter((part) => typeof part !== 'symbol');
      return { line: lineOf(place), path: place.join('.') || 'its beginning', message };
    }),
  );
}
