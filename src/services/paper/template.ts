import Mustache from 'mustache';
import type { RunningPart } from '#domain/paper-sheet.ts';
import { type View, valueAt, type ViewValue } from './view.ts';

/** On paper and in plain mail nothing is escaped as for HTML. */
const PLAIN = { escape: String };

/** A template with its values filled in. */
export const filled = (template: string, view: View | Inner): string =>
  // Most are plain words.
  template.includes('{{') ? Mustache.render(template, view, undefined, PLAIN) : template;

/** An item of a list, which sees its own values first and then those of the whole. */
export type Inner = InstanceType<typeof Mustache.Context>;
export const inner = (view: View, item: View): Inner => new Mustache.Context(item, new Mustache.Context(view));

/** The same for the head or foot of a page, whose numbers are known only when all is laid out. */
export function running(template: string, view: View): RunningPart[] {
  return template.split(/(\{\{pages?\}\})/).flatMap((part): RunningPart[] => {
    if (part === '{{page}}') return [{ count: 'page' }];
    if (part === '{{pages}}') return [{ count: 'pages' }];
    return part === '' ? [] : [filled(part, view)];
  });
}

type Token = readonly [type: string, value: string, start: number, end: number, inner?: readonly Token[]];

/** What is wrong with a template, given a sample of what it will be filled with; null when nothing is. */
export function templateFault(template: string, scopes: readonly View[]): string | null {
  try {
    // Parsed once more for nobody: the parser keeps what it parsed.
    return faultIn(Mustache.parse(template) as unknown as readonly Token[], scopes);
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : 'This is no template.';
  }
}

function faultIn(tokens: readonly Token[], scopes: readonly View[]): string | null {
  for (const [type, name, , , inner = []] of tokens) {
    if (type === 'text' || type === '!') continue;
    if (type === '>' || type === '=') return 'Parts of other templates and other brackets are not to be had here.';
    if (name === '.' && typeof scopes.at(-1) !== 'undefined') continue;
    const value = found(name, scopes);
    if (value === undefined) return `There is no {{${name}}} on this paper.`;
    const fault =
      type === '#' ? faultIn(inner, [...scopes, ...within(value)]) : type === '^' ? faultIn(inner, scopes) : null;
    if (fault) return fault;
  }
  return null;
}

/** Looked for from the innermost list outwards. */
function found(name: string, scopes: readonly View[]): ViewValue | undefined {
  for (const scope of scopes.toReversed()) {
    const value = valueAt(scope, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What a section stands in: the first of a list, or the thing itself. */
function within(value: ViewValue): View[] {
  const one = Array.isArray(value) ? (value as readonly ViewValue[])[0] : value;
  return typeof one === 'object' && !Array.isArray(one) ? [one as View] : [];
}
