import { line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth } from '#ui/width.ts';
import type { AnyPart } from '../parts/part.ts';

/** What the bar shows. */
interface Bar {
  readonly parts: readonly AnyPart[];
  readonly data: Readonly<Record<string, unknown>>;
  /** Id of the part with the cursor. */
  readonly at: string | undefined;
}

/** The names of the parts on one line; one that is filled in the alert style with a mark, the one with the cursor in brackets. */
export function barLine({ parts, data, at }: Bar, width: number, theme: Theme): string {
  const names = (of: (part: AnyPart) => string): readonly string[] =>
    parts.map((part) => `${of(part)}${part.id in data && part.alert(data[part.id]) ? '!' : ''}`);
  const long = names(({ title }) => title);
  const fits = long.reduce((sum, name) => sum + cellWidth(name) + 2, 0) <= width;
  const shown = fits ? long : names(({ short }) => short);
  const segments = shown.map((name, index): Segment => {
    const { id } = parts[index]!;
    if (id === at) return [`[${name}]`, theme.selected];
    return [` ${name} `, name.endsWith('!') ? theme.warning : theme.dim];
  });
  return line(segments, width, theme.glyphs.ellipsis);
}
