import { formatCents } from '#domain/money.ts';
import { FIELDS } from './entities/fields.ts';
import { ImportProblem, RowProblem } from './problem.ts';
import type { FileRule, Profile, RecordRule } from './profile.ts';
import type { Columns, Row } from './row.ts';
import type { Draft, StagedLine } from './staging.ts';
import { conditionReader, fieldReader, type Reader, type Scalar, textReader } from './values.ts';

/** What a row adds to one control total. */
export interface Contribution {
  readonly total: string;
  /** Index of the rule whose record it is compared with. */
  readonly rule: number;
  readonly amount: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Everything that a row says. */
export interface Mapped {
  readonly drafts: readonly Draft[];
  readonly contributions: readonly Contribution[];
}

type RecordMapper = (row: Row) => Draft | null;

/** Compiles a file's part of a profile into one function from rows to records. */
export function compileMapper(profile: Profile, role: string, columns: Columns): (row: Row) => Mapped | 'skipped' {
  const rule = profile.files[role]!;
  const style = profile.number;
  const skip = rule.skip === undefined ? () => false : conditionReader(rule.skip, columns, style);
  const verify = compileChecks(rule, columns, profile);
  const records = profile.records.flatMap((record, index) =>
    record.file === role ? [compileRecord(profile, record, index, columns)] : [],
  );
  const totals = compileTotals(profile, role, columns);
  return (row) => {
    if (skip(row)) return 'skipped';
    const problems: string[] = [];
    const attempt = <T>(work: () => T): T | null => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof RowProblem)) throw error;
        if (!problems.includes(error.message)) problems.push(error.message);
        return null;
      }
    };
    for (const check of verify) attempt(() => check(row));
    const drafts = records.flatMap((map) => attempt(() => map(row)) ?? []);
    const made = new Set(drafts.map((draft) => draft.rule));
    const contributions = totals.flatMap((map) => attempt(() => map(row, made)) ?? []);
    if (problems.length > 0) throw new RowProblem(problems.join('; '));
    return { drafts, contributions };
  };
}

function compileChecks(rule: FileRule, columns: Columns, profile: Profile): ((row: Row) => void)[] {
  const style = profile.number;
  const refusals = rule.reject.map(({ when, reason }) => {
    const test = conditionReader(when, columns, style);
    return (row: Row): void => {
      if (test(row)) throw new RowProblem(reason);
    };
  });
  const sums = rule.checks.map(({ sum, equals, message }) => {
    const number = (value: typeof equals) => fieldReader('check', { type: 'milli' }, value, columns, style);
    const parts = sum.map(number);
    const whole = number(equals);
    return (row: Row): void => {
      const total = parts.reduce((n, part) => n + Number(part(row) ?? 0), 0);
      if (total !== Number(whole(row) ?? 0)) throw new RowProblem(message);
    };
  });
  return [...refusals, ...sums];
}

function compileRecord(profile: Profile, record: RecordRule, index: number, columns: Columns): RecordMapper {
  const style = profile.number;
  const fields = FIELDS[record.entity];
  const readers = Object.entries(record.fields).map(([name, value]): [string, Reader] => {
    const field = fields[name];
    if (!field) throw new ImportProblem(`profile ${profile.name}: ${record.entity} has no field “${name}”`);
    return [name, fieldReader(`${record.id}.${name}`, field, value, columns, style)];
  });
  if (record.existing !== 'only') assertComplete(profile, record);
  const when = conditionReader(record.when, columns, style);
  const key = textReader(record.key, columns);
  const lines = compileLines(record, columns, profile);
  return (row) => {
    if (!when(row)) return null;
    const found = key(row);
    if (found === null) throw new RowProblem(`${record.id}: its key is blank`);
    const values: Record<string, Scalar> = {};
    const problems: string[] = [];
    for (const [name, read] of readers) {
      try {
        values[name] = read(row);
      } catch (error) {
        if (!(error instanceof RowProblem)) throw error;
        problems.push(error.message);
      }
    }
    if (problems.length > 0) throw new RowProblem(problems.join('; '));
    return { rule: index, key: found, values, lines: lines?.(row, values) ?? null };
  };
}

function assertComplete(profile: Profile, record: RecordRule): void {
  for (const [name, field] of Object.entries(FIELDS[record.entity])) {
    if (field.required && !(name in record.fields)) {
      throw new ImportProblem(`profile ${profile.name}: ${record.id} needs the field “${name}”`);
    }
  }
}

function compileLines(record: RecordRule, columns: Columns, profile: Profile) {
  if (!record.lines) return null;
  const style = profile.number;
  const parts = record.lines.map((line) => ({
    when: conditionReader(line.when, columns, style),
    service: fieldReader('line service', { type: 'text', required: true }, line.service, columns, style),
    amount: fieldReader('line amount', { type: 'cents' }, line.amount, columns, style),
    description: textReader(line.description ?? '', columns),
    revenueGl: line.revenueGl ?? null,
  }));
  return (row: Row, values: Readonly<Record<string, Scalar>>): StagedLine[] => {
    const lines = parts
      .filter((part) => part.when(row))
      .map((part) => ({
        service: String(part.service(row)),
        amountCents: Number(part.amount(row) ?? 0),
        description: part.description(row),
        revenueGl: part.revenueGl,
      }));
    const sum = lines.reduce((n, line) => n + line.amountCents, 0);
    if (sum !== values.amount) {
      throw new RowProblem(`${record.id}: its lines sum to ${shown(sum)}, not to ${shown(Number(values.amount))}`);
    }
    return lines;
  };
}

const shown = formatCents;

function compileTotals(profile: Profile, role: string, columns: Columns) {
  const style = profile.number;
  return profile.totals.flatMap((total) => {
    const index = profile.records.findIndex((record) => record.id === total.of);
    const record = profile.records[index];
    if (!record)
      throw new ImportProblem(`profile ${profile.name}: total ${total.name} is of unknown record ${total.of}`);
    if (record.file !== role) return [];
    const type = record.entity === 'read' ? 'milli' : 'cents';
    const amount = fieldReader(`total ${total.name}`, { type }, total.sum, columns, style);
    const account = record.fields.account;
    const by = Object.entries({ ...(account === undefined ? {} : { account }), ...total.by }).map(
      ([name, value]) => [name, textReader(value, columns)] as const,
    );
    return [
      (row: Row, made: ReadonlySet<number>): Contribution | null =>
        made.has(index)
          ? {
              total: total.name,
              rule: index,
              amount: Number(amount(row) ?? 0),
              labels: Object.fromEntries(by.map(([name, read]) => [name, read(row) ?? ''])),
            }
          : null,
    ];
  });
}
