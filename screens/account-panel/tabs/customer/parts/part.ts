import type { CivilDate } from '#domain/civil-date.ts';
import type { Actor } from '#services/actor.ts';
import type { CustomerDetails } from '#services/customers/customer-details.ts';
import type { Command } from '#keymap/command.ts';
import type { DraftRef } from '#ui/screen.ts';
import type { TakeBack, Undoable } from '#ui/undo.ts';
import type { DocLine } from '../../../document/model.ts';
import type { TabContext } from '../../../tab.ts';

/*
 * A part of the Customer tab (and, the same, of the Owner tab): one folder `parts/<id>/` and one
 * line in `parts/index.ts`.
 *
 *   export const documents: CustomerPart<readonly DocumentRow[]> = {
 *     id: 'documents', title: 'Documents', short: 'Documents',
 *     permission: 'documents.read', edit: 'documents.edit',
 *     load: (ctx, customerId) => ctx.call(listDocuments, { customerId }),
 *     alert: (rows) => rows.length > 0,
 *     lines: (rows, { width }) => rows.map((row) => fact(`documents.${row.id}`, row.type, row.title)),
 *     open: (ctx, rows, lineId) => editDocument(ctx, idIn(lineId)),
 *     addTitle: 'a document', add: (ctx) => attach(ctx),
 *     remove: (ctx, rows, lineId) => ({ title: …, lines: […], action: 'Take away', run: … }),
 *   };
 *
 * The frame draws the heading and the name in the bar, says `None` where there are no lines, and
 * gives the keys: Enter `open`, `a` `add`, `d` `remove` (it asks), `u` `restore`, `[` `]` from part
 * to part. After a change call `ctx.refresh()`, which fetches the dashboard, the tab and the part
 * again, then `ctx.toast(…, 'good')`; `ctx.reveal(lineId)` puts the cursor on a line.
 */

/** What a part can do: a tab's context, with whom the tab is about. */
export interface PartContext extends Omit<TabContext<unknown>, 'get' | 'set' | 'reload'> {
  /** `customer` or `owner`: the tab that the part stands in. */
  readonly tab: CustomerTabId;
  readonly customerId: number;
  readonly details: CustomerDetails;
  /** Fetches everything that is shown of the customer again. */
  readonly refresh: () => Promise<void>;
  /** The cursor on a line of the page, by its id. */
  readonly reveal: (lineId: string) => void;
  /** For `draft` of a form: the name under which `forms` of the part opens it again. */
  readonly draft: (form: string, subjectId: number | null) => DraftRef;
}

export type CustomerTabId = 'customer' | 'owner';

/** How lines are made. */
export interface PartView {
  /** Cells of the column. */
  readonly width: number;
  readonly today: CivilDate;
  readonly actor: Actor;
  /** `Customer` or `Owner`, for headings. */
  readonly who: string;
}

/** A deletion, as it is asked for and then done. */
export interface Removal {
  /** `Take this address away?` */
  readonly title: string;
  readonly lines: readonly string[];
  /** The verb on the button: `Delete address`. */
  readonly action: string;
  /**
   * Calls the operation; answers what to say, and what `restore` needs to bring it back: plain data.
   * With `undo`, where the record is only marked as deleted, changes before the deletion can be
   * undone after it was.
   */
  readonly run: () => Promise<{
    readonly told: string;
    readonly kept?: unknown;
    readonly undo?: TakeBack & Pick<Undoable, 'from'>;
  }>;
}

/** A command of a part beside those that the frame gives. Its id gets the tab's before it: `customer.reveal`. */
export interface PartCommand<D> extends Pick<
  Command<never>,
  'title' | 'keys' | 'hint' | 'footer' | 'permission' | 'background'
> {
  readonly id: string;
  readonly group?: Command<never>['group'];
  /** Only while the cursor stands in the part; then other parts may use the same key. */
  readonly inPart?: boolean;
  /** `lineId` is null while the cursor stands outside of the part. */
  readonly when?: (ctx: PartContext, data: D, lineId: string | null) => true | string;
  readonly run: (ctx: PartContext, data: D, lineId: string | null) => void | Promise<void>;
}

/** One part; `D` is its data, plain. */
export interface CustomerPart<D> {
  /** Begins the id of each of its lines, before the first dot: `documents.4711`. */
  readonly id: string;
  readonly title: string;
  /** The title in the bar where it is narrow. */
  readonly short: string;
  /** Number for `reveal` where a badge jumps here. */
  readonly number?: number;
  /** Who lacks it does not see the part. */
  readonly permission: string | null;
  /** Needed for Enter, `a`, `d` and `u`; who lacks it reads why. */
  readonly edit: string;
  /** Read before the tab is first shown, not right after it: only what costs nothing. */
  readonly early?: boolean;
  /** One or two statements at most. */
  readonly load: (ctx: Pick<PartContext, 'call' | 'actor' | 'details'>, customerId: number) => Promise<D>;
  /** True draws the name in the bar in the alert style: something is entered here. */
  readonly alert: (data: D) => boolean;
  /** Lines under the heading; of several lines of one record each has the record's id in its own. */
  readonly lines: (data: D, view: PartView) => readonly DocLine[];
  /** Enter on a line of the part without an action of its own. */
  readonly open?: (ctx: PartContext, data: D, lineId: string) => void | Promise<void>;
  /** What is added, with its article: `a document`. */
  readonly addTitle?: string;
  /** `lineId` is null while the cursor stands in no part and this one was chosen. */
  readonly add?: (ctx: PartContext, data: D, lineId: string | null) => void | Promise<void>;
  /** What a deletion would take away; a text says why nothing can be. */
  readonly remove?: (ctx: PartContext, data: D, lineId: string) => Removal | string;
  /** Brings back what `run` of a removal answered as `kept`; answers what to say. */
  readonly restore?: (ctx: PartContext, kept: unknown) => Promise<string>;
  readonly commands?: readonly PartCommand<D>[];
  /** Forms by their name in `ctx.draft`: opens one again that was left with something typed; false when it cannot be. */
  readonly forms?: Readonly<Record<string, (ctx: PartContext, subjectId: number | null) => Promise<boolean>>>;
}

/** A part of any data, as the frame holds them. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyPart = CustomerPart<any>;

/** The number at the end of a line's id: `address.phone.4711` → 4711; null where it stands for no record. */
export function recordOf(lineId: string | null): number | null {
  const found = /\.(\d+)(?:\.[a-z]+)?$/.exec(lineId ?? '');
  return found ? Number(found[1]) : null;
}
