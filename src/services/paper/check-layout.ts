import type { PaperKind } from '#domain/paper-kinds.ts';
import { type LayoutBlock, PAGES, type PaperLayout, paperLayout } from '#domain/paper-layout.ts';
import { Failure } from '../failure.ts';
import { SAMPLES } from './sample.ts';
import { templateFault } from './template.ts';
import { type View, valueAt, type ViewValue, viewOf } from './view.ts';

/** Points between the margins. */
const LEAST_WIDTH = 120;

const WRITING = { locale: 'en-US', dates: 'iso' } as const;

const sampleView = (kind: PaperKind): View => {
  const { grid: _, ...rest } = SAMPLES[kind];
  return viewOf(rest, WRITING);
};

/** The names that a kind of paper has, with an example of each; those of lists by the list's first item. */
export function fieldsOf(kind: PaperKind): { readonly name: string; readonly example: string }[] {
  const fields: { name: string; example: string }[] = [];
  const add = (name: string, value: ViewValue): void => {
    if (typeof value === 'string' || typeof value === 'boolean') fields.push({ name, example: String(value) });
    else if (Array.isArray(value)) add(`${name}[]`, (value as readonly ViewValue[])[0] ?? '');
    else for (const [own, part] of Object.entries(value)) add(name === '' ? own : `${name}.${own}`, part);
  };
  add('', sampleView(kind));
  return fields;
}

/** A layout that can be printed. @throws Failure `invalid`, naming the place in it */
export function checkedLayout(kind: PaperKind, given: unknown): PaperLayout {
  const parsed = paperLayout.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(issue!.path.join('.'), issue!.message);
  }
  if (PAGES[parsed.data.page][0] - 2 * parsed.data.margin < LEAST_WIDTH)
    throw wrong('margin', 'It leaves no room for text.');
  const view = sampleView(kind);
  for (const [place, template, scopes] of templatesIn(parsed.data, view)) {
    const fault = templateFault(template, scopes);
    if (fault) throw wrong(place, fault);
  }
  for (const [place, name] of namesIn(parsed.data)) {
    if (valueAt(view, name) === undefined) throw wrong(place, `There is no ${name} on this paper.`);
  }
  return parsed.data;
}

const wrong = (place: string, what: string): Failure =>
  new Failure('invalid', `The layout does not fit at ${place || 'its beginning'}: ${what}`, {
    layout: `${place}: ${what}`,
  });

type Template = readonly [place: string, template: string, scopes: readonly View[]];

function* templatesIn(layout: PaperLayout, view: View): Generator<Template> {
  const own = [view];
  yield ['title', layout.title, own];
  for (const place of ['header', 'footer'] as const) {
    yield [place, layout[place].replaceAll(/\{\{pages?\}\}/g, ''), own];
  }
  for (const [at, block] of layout.blocks.entries()) yield* templatesOf(block, `blocks.${at}`, view);
  if (layout.stub) {
    yield ['stub.title', layout.stub.title, own];
    yield ['stub.left', layout.stub.left, own];
    yield* rowsOf(layout.stub.rows, 'stub', own);
  }
  if (layout.mail) {
    yield ['mail.subject', layout.mail.subject, own];
    yield ['mail.body', layout.mail.body, own];
  }
}

function* rowsOf(
  rows: readonly { label: string; text: string }[],
  place: string,
  scopes: readonly View[],
): Generator<Template> {
  for (const [at, row] of rows.entries()) {
    yield [`${place}.rows.${at}.label`, row.label, scopes];
    yield [`${place}.rows.${at}.text`, row.text, scopes];
  }
}

function* templatesOf(block: LayoutBlock, place: string, view: View): Generator<Template> {
  if (block.type === 'text' || block.type === 'address') yield [`${place}.text`, block.text, [view]];
  if (block.type === 'facts' || block.type === 'totals') yield* rowsOf(block.rows, place, [view]);
  if (block.type !== 'table') return;
  const list = valueAt(view, block.of);
  const item = Array.isArray(list) ? (list as readonly ViewValue[])[0] : undefined;
  if (typeof item !== 'object') throw wrong(`${place}.of`, `There is no list ${block.of} on this paper.`);
  for (const [at, column] of block.columns.entries()) {
    yield [`${place}.columns.${at}.title`, column.title, [view]];
    yield [`${place}.columns.${at}.text`, column.text, [view, item as View]];
  }
  if (block.empty) yield [`${place}.empty`, block.empty, [view]];
  if (block.total) yield [`${place}.total.text`, block.total.text, [view]];
}

/** Names that blocks and rows depend on. */
function* namesIn({ blocks, stub }: PaperLayout): Generator<readonly [place: string, name: string]> {
  const parts = [
    ...blocks.map((block, at) => [`blocks.${at}`, block] as const),
    ...(stub ? [['stub', stub] as const] : []),
  ];
  for (const [place, part] of parts) {
    if ('when' in part && part.when) yield [`${place}.when`, part.when.replace('!', '')];
    if (!('rows' in part)) continue;
    for (const [at, { when }] of part.rows.entries()) {
      if (when) yield [`${place}.rows.${at}.when`, when.replace('!', '')];
    }
  }
}
