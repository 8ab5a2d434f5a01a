import { isCivilDate } from '../civil-date.ts';
import type { FieldChoice } from '../custom-field.ts';
import type { InterestRate } from '../deposit.ts';
import { formatCents, parseCents } from '../money.ts';
import { parseScaled } from '../scaled-number.ts';
import type { AttributeKind, CodeAttribute } from './table.ts';

/** What was entered, or what is wrong with how it is written. */
export type Entered = { readonly value: unknown } | { readonly problem: string };

const PERCENT_DECIMALS = 4;

/** Millionths as a percentage with no more decimals than it needs: `2.5`. */
export function percentText(millionths: number): string {
  const [whole = '', decimals = ''] = (millionths / 10 ** PERCENT_DECIMALS).toFixed(PERCENT_DECIMALS).split('.');
  const needed = decimals.replace(/0+$/, '');
  return needed === '' ? whole : `${whole}.${needed}`;
}

const choiceLine = ({ code, name, retired }: FieldChoice): string =>
  `${retired === 1 ? '- ' : ''}${code === name ? code : `${code} = ${name}`}`;

const rateLine = ({ from, millionths }: InterestRate): string => `${from} ${percentText(millionths)}`;

/** A stored value as a form holds it. */
export function attributeText(kind: AttributeKind, value: unknown): string | boolean {
  switch (kind.as) {
    case 'flag':
      return value === 1;
    case 'amount':
      return typeof value === 'number' ? formatCents(value) : '';
    case 'percent':
      return typeof value === 'number' ? percentText(value) : '';
    case 'codes':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'choices':
      return Array.isArray(value) ? (value as FieldChoice[]).map(choiceLine).join('\n') : '';
    case 'rates':
      return Array.isArray(value) ? (value as InterestRate[]).map(rateLine).join('\n') : '';
    default:
      return value === null || value === undefined ? '' : String(value as string | number);
  }
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `CODE = Name`, or a name that is its own code. */
function enteredChoice(line: string): FieldChoice {
  const retired = line.startsWith('-') ? 1 : 0;
  const text = retired ? line.slice(1).trim() : line;
  const sign = text.indexOf('=');
  const code = (sign < 0 ? text : text.slice(0, sign)).trim();
  return { code, name: (sign < 0 ? text : text.slice(sign + 1)).trim() || code, retired };
}

function enteredRates(text: string): Entered {
  const rates: InterestRate[] = [];
  for (const line of lines(text)) {
    const [from = '', rate = ''] = line.split(/\s+/);
    const millionths = parseScaled(rate.replace(/%$/, ''), PERCENT_DECIMALS);
    if (!isCivilDate(from) || millionths === null)
      return { problem: `Write a day and its rate: 2026-01-01 2.5, not ${line}` };
    rates.push({ from, millionths });
  }
  return { value: rates };
}

function enteredPlain(kind: AttributeKind, text: string): Entered {
  if (kind.as === 'amount') {
    const cents = parseCents(text);
    return cents === null ? { problem: 'Enter an amount like 12.50.' } : { value: cents };
  }
  if (kind.as === 'percent') {
    const millionths = parseScaled(text.replace(/\s*%$/, ''), PERCENT_DECIMALS);
    return millionths === null ? { problem: 'Enter a percentage like 2.5.' } : { value: millionths };
  }
  if (kind.as === 'number')
    return /^-?\d{1,9}$/.test(text) ? { value: Number(text) } : { problem: 'Enter a whole number.' };
  return { value: text };
}

/** What was entered for an attribute; its schema comes afterwards. An empty field is null, or its default. */
export function enteredAttribute({ kind, schema }: CodeAttribute, typed: string | boolean): Entered {
  if (typeof typed === 'boolean') return { value: typed ? 1 : 0 };
  const text = typed.trim();
  if (kind.as === 'codes') {
    return {
      value: text
        .split(/[,\n]/)
        .map((code) => code.trim())
        .filter((code) => code !== ''),
    };
  }
  if (kind.as === 'choices') return { value: lines(text).map(enteredChoice) };
  if (kind.as === 'rates') return enteredRates(text);
  if (text !== '') return enteredPlain(kind, text);
  return { value: schema.safeParse(null).success ? null : undefined };
}

/** A stored value in a list: names of choices, amounts, yes. */
export function attributeShown(kind: AttributeKind, value: unknown): string {
  if (kind.as === 'flag') return value === 1 ? 'yes' : '';
  if (kind.as === 'choice') return kind.values[String(value)] ?? '';
  if (kind.as === 'percent' && typeof value === 'number') return `${percentText(value)} %`;
  if (kind.as === 'choices' && Array.isArray(value)) return (value as FieldChoice[]).map(({ name }) => name).join(', ');
  return String(attributeText(kind, value)).replaceAll('\n', ', ');
}
