import { formatMilli } from '#domain/quantity.ts';
import type { PaperLayout } from '#domain/paper-layout.ts';

/** Texts, lists of texts and truths by name, as templates see them. */
export interface View {
  readonly [name: string]: ViewValue;
}
export type ViewValue = string | boolean | View | readonly ViewValue[];

/** How the values of a paper are written. */
export type Writing = Pick<PaperLayout, 'locale' | 'dates'>;

interface Writer {
  readonly money: (cents: number) => string;
  readonly date: (date: string) => string;
}

function writerFor({ locale, dates }: Writing): Writer {
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // A civil date has no time zone: both ends are told that it is Greenwich's.
  const day = new Intl.DateTimeFormat(locale, { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' });
  return {
    money: (cents) => number.format(cents / 100),
    date: (date) => (dates === 'iso' ? date : day.format(new Date(`${date}T00:00:00Z`))),
  };
}

/**
 * The data of a paper as texts: what ends in `Cents` becomes an amount and in `Milli` a quantity, both
 * without that ending, what ends in `On` a date, and so does `on`. Nothing that data holds is ever a template.
 */
export const viewOf = (data: object, writing: Writing): View => viewed(data, writerFor(writing));

function viewed(data: object, writer: Writer): View {
  // Without a prototype: a template reaches nothing but the data.
  const view = Object.create(null) as Record<string, ViewValue>;
  for (const [name, value] of Object.entries(data)) {
    const text = written(name, value, writer);
    view[name.replace(/(?:Cents|Milli)$/, '')] = text;
  }
  return view;
}

function written(name: string, value: unknown, writer: Writer): ViewValue {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => written(name, one, writer));
  if (typeof value === 'object') return viewed(value, writer);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (name.endsWith('Cents')) return writer.money(value);
    return name.endsWith('Milli') ? formatMilli(value) : String(value);
  }
  return (name === 'on' || name.endsWith('On')) && value !== '' ? writer.date(String(value)) : String(value);
}

/** The value of a name with dots in it; undefined where there is none. */
export function valueAt(view: ViewValue | undefined, path: string): ViewValue | undefined {
  let value = view;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
    value = (value as View)[name];
  }
  return value;
}

/** Empty, untrue or zero: what a block can depend on. */
export const isNothing = (value: ViewValue | undefined): boolean =>
  value === undefined ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'string' && /^(?:-?0(?:[.,]0+)?)?$/.test(value));
