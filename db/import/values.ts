import { holdsCardNumber } from '#domain/card-number.ts';
import { addDays, isCivilDate } from '#domain/civil-date.ts';
import { dateReader } from '#domain/date-format.ts';
import { type NumberStyle, parseScaled } from '#domain/scaled-number.ts';
import type { Field } from './entities/fields.ts';
import { ImportProblem, RowProblem } from './problem.ts';
import type { Conditions, Value, ValueRule } from './profile.ts';
import { type Columns, type Row, templateGetter } from './row.ts';

/** What a field holds after mapping. */
export type Scalar = string | number | null;
export type Reader = (row: Row) => Scalar;

const FLAGS: Readonly<Record<string, 0 | 1>> = { 1: 1, 0: 0, y: 1, n: 0, yes: 1, no: 0, true: 1, false: 0, t: 1, f: 0 };
const SCALES = { cents: 2, milli: 3, integer: 0 } as const;

/** Text of a value before it is understood as a type; null when blank. */
type TextReader = (row: Row) => string | null;

/** A text reader for any value: template, first-not-blank list, or rule without a type of its own. */
export function textReader(value: Value, columns: Columns): TextReader {
  if (typeof value === 'string') {
    const get = templateGetter(value, columns);
    return (row) => get(row) || null;
  }
  if (Array.isArray(value)) {
    const readers = value.map((one) => textReader(one, columns));
    return (row) => {
      for (const read of readers) {
        const text = read(row);
        if (text !== null) return text;
      }
      return null;
    };
  }
  return ruleText(value, columns);
}

function ruleText(rule: ValueRule, columns: Columns): TextReader {
  const read = textReader(rule.from, columns);
  const extract = rule.extract === undefined ? null : new RegExp(rule.extract, 'u');
  const pattern = rule.pattern === undefined ? null : new RegExp(rule.pattern, 'u');
  const shown = JSON.stringify(rule.from);
  return (row) => {
    let text = read(row);
    if (text !== null && extract) {
      const match = extract.exec(text);
      text = (match?.[1] ?? match?.[0]) || null;
    }
    if (text !== null && pattern && !pattern.test(text))
      throw new RowProblem(`${quoted(text)} is not as ${shown} must be`);
    if (text !== null && rule.map) text = mapped(text, rule.map);
    if (text !== null && rule.case) text = rule.case === 'upper' ? text.toUpperCase() : text.toLowerCase();
    return text ?? rule.default ?? null;
  };
}

function mapped(text: string, map: Readonly<Record<string, string | null>>): string | null {
  if (Object.hasOwn(map, text)) return map[text]!;
  if (Object.hasOwn(map, '*')) return map['*']!;
  throw new RowProblem(`${quoted(text)} is none of ${Object.keys(map).map(quoted).join(', ')}`);
}

/** A value from a file inside a message: short, so that a message stays readable. */
const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;

/** A reader of a field's value in the field's type. */
export function fieldReader(name: string, field: Field, value: Value, columns: Columns, style: NumberStyle): Reader {
  const read = typedReader(field, value, columns, style);
  const must = field.required === true || requires(value);
  return (row) => {
    try {
      const found = read(row);
      if (found === null && must) throw new RowProblem('is missing');
      return found;
    } catch (error) {
      if (error instanceof RowProblem) throw new RowProblem(`${name}: ${error.message}`);
      throw error;
    }
  };
}

const isRule = (value: Value): value is ValueRule => typeof value === 'object' && !Array.isArray(value);
const requires = (value: Value): boolean => isRule(value) && value.required === true;

/** Each alternative of a list is understood by its own format. */
function typedReader(field: Field, value: Value, columns: Columns, style: NumberStyle): Reader {
  if (Array.isArray(value)) {
    const readers = value.map((one) => typedReader(field, one, columns, style));
    return (row) => {
      for (const read of readers) {
        const found = read(row);
        if (found !== null) return found;
      }
      return null;
    };
  }
  const rule: ValueRule = isRule(value) ? value : { from: value };
  const text = textReader(value, columns);
  const understand = understander(field, rule, style);
  return (row) => {
    const found = text(row);
    return found === null ? null : understand(found);
  };
}

function understander(field: Field, rule: ValueRule, style: NumberStyle): (text: string) => Scalar {
  switch (field.type) {
    case 'cents':
    case 'milli':
    case 'integer':
      return numberIn(field.type, rule, style);
    case 'date':
      return dateIn(rule);
    case 'flag':
      return (text) => FLAGS[text.toLowerCase()] ?? refuse(`${quoted(text)} is neither yes nor no`);
    case 'degrees':
      return degrees;
    case 'choice': {
      const { choices } = field;
      return (text) => (choices.includes(text) ? text : refuse(`${quoted(text)} is none of ${choices.join(', ')}`));
    }
    default:
      return (text) => {
        if (rule.identifier !== true && holdsCardNumber(text)) refuse('holds what looks like a card number');
        return text;
      };
  }
}

function refuse(message: string): never {
  throw new RowProblem(message);
}

function numberIn(type: 'cents' | 'milli' | 'integer', rule: ValueRule, style: NumberStyle): (text: string) => number {
  const scale = rule.minorUnits ? 0 : SCALES[type];
  const used = rule.number ?? style;
  const what = type === 'cents' ? 'an amount' : 'a number';
  return (text) => {
    const n = parseScaled(text, scale, used);
    if (n === null) refuse(`${quoted(text)} is not ${what}`);
    return rule.negate && n !== 0 ? -n : n;
  };
}

function dateIn(rule: ValueRule): (text: string) => string {
  const format = rule.date ?? 'YYYY-MM-DD';
  const read = dateReader(format, rule.day ?? 'first');
  return (text) => {
    // A constant or a default may be written as dates are kept, whatever the file's own format.
    const found = read(text) ?? (text === rule.default && isCivilDate(text) ? text : null);
    if (found === null) refuse(`${quoted(text)} is not a date (${format})`);
    return rule.plusDays === undefined ? found : addDays(found, rule.plusDays);
  };
}

function degrees(text: string): number {
  const n = /^-?\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  return Math.abs(n) <= 180 ? n : refuse(`${quoted(text)} is not a latitude or longitude`);
}

const asList = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** Whether a row meets every condition. */
export function conditionReader(
  conditions: Conditions | undefined,
  columns: Columns,
  style: NumberStyle,
): (row: Row) => boolean {
  if (conditions === undefined) return () => true;
  const tests = (Array.isArray(conditions) ? conditions : [conditions]).map((condition) => {
    const { is, not, blank, sign, value } = condition;
    if (is === undefined && not === undefined && blank === undefined && sign === undefined) {
      throw new ImportProblem('a condition needs one of "is", "not", "blank" or "sign"');
    }
    const text = textReader(value, columns);
    const amount = sign === undefined ? null : typedReader({ type: 'milli' }, value, columns, style);
    return (row: Row): boolean => {
      const found = text(row);
      if (blank !== undefined && (found === null) !== blank) return false;
      if (is !== undefined && !asList(is).includes(found ?? '')) return false;
      if (not !== undefined && asList(not).includes(found ?? '')) return false;
      if (!amount) return true;
      const n = Number(amount(row) ?? 0);
      return sign === (n < 0 ? 'negative' : n > 0 ? 'positive' : 'zero');
    };
  });
  return (row) => tests.every((test) => test(row));
}
