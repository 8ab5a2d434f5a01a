import type { Actor } from '#services/actor.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Size } from '#ui/screen.ts';
import { blank, fact, folded, heading } from '../../../document/lines.ts';
import { columnWidths, type DocLine, type DocPage } from '../../../document/model.ts';
import type { AnyPart, PartView } from '../parts/part.ts';
import { sectionsFor } from './load.ts';
import { agreementLines, messageLines } from './messages.ts';
import type { CustomerTabKind, CustomerTabState } from './state.ts';

/** Who looks, and when. */
interface Looking {
  readonly actor: Actor;
  readonly today: CivilDate;
}

/** Below this many cells everything stands in one column. */
const TWO_COLUMNS = 72;

function sectionLines(part: AnyPart, index: number, state: CustomerTabState, view: PartView): readonly DocLine[] {
  const head =
    index === 0
      ? [heading(`${view.who} ${state.details!.identity.number}`, part.number)]
      : [blank(part.id), heading(part.title, part.number)];
  if (!(part.id in state.data)) return [...head, fact(`${part.id}.reading`, 'Reading', '')];
  const lines = part.lines(state.data[part.id], view);
  return [...head, ...(lines.length > 0 ? lines : [fact(`${part.id}.none`, 'None', '')])];
}

/** ID section and parts on the left, messages on the right; one below the other where it is narrow. */
export function customerPage(
  { title, beside }: Pick<CustomerTabKind, 'title' | 'beside'>,
  state: CustomerTabState,
  { columns }: Size,
  { actor, today }: Looking,
): DocPage {
  const { details } = state;
  const more = beside && beside.id in state.data ? beside.lines(state.data[beside.id]) : [];
  if (details === null) return { columns: [{ width: columns, lines: folded(more, columns) }] };
  const left = (width: number): DocLine[] => {
    const view = { width, today, actor, who: title };
    return sectionsFor(actor).flatMap((part, index) => [...sectionLines(part, index, state, view)]);
  };
  const right = (width: number): DocLine[] => [...more, ...messageLines(details, width), ...agreementLines(details)];
  if (columns < TWO_COLUMNS) {
    return {
      columns: [{ width: columns, lines: folded([...right(columns), blank('id'), ...left(columns)], columns) }],
    };
  }
  const [first, second] = columnWidths(columns, [1, 1]) as [number, number];
  return {
    columns: [
      { width: first, lines: folded(left(first), first) },
      { width: second, lines: folded(right(second), second) },
    ],
  };
}

/** The part that a line belongs to, by the beginning of its id. */
export const partOfLine = (sections: readonly AnyPart[], lineId: string | undefined): AnyPart | undefined =>
  sections.find(({ id }) => lineId?.startsWith(`${id}.`));

/** A line's id as the part gave it, whichever of its folded lines it is. */
export const ownId = (lineId: string): string => lineId.replace(/\+\d+$/, '');
