import { find, insteadOf } from '#services/lookup/find.ts';
import { list, type ListPage, type ListPlace } from '#services/lookup/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { browsedOrder, keyOfRow, type LookUpParams, type LookUpState, placeOfRow, slid } from './model.ts';

export type LookUpContext = ScreenContext<LookUpParams | undefined, LookUpState>;

/** Matches of a text that are shown: beyond, it pays to type more. */
const MATCHES = 100;
/** Rows of a page from the database; several screens, so that held keys never wait. */
const PAGE = 120;
const MOST_ROWS_AGAIN = 500;
/** The next page is read when the cursor comes within so many screens of the window's edge. */
const SCREENS_AHEAD = 2;

let questions = 0;

/** Answers under way by the number of their question: Enter behind quick typing waits for its own. */
const underWay = new Map<number, Promise<void>>();

/** Resolves when what is shown answers what is typed. */
export const answered = async (ctx: LookUpContext): Promise<void> => underWay.get(ctx.get().asked);

/** Whether the operator has asked for something else meanwhile. */
const isStale = (ctx: LookUpContext, question: number): boolean => ctx.get().asked !== question;

/** Begins a question; a later one makes its answer void. What was shown stays until there is an answer. */
async function asking(ctx: LookUpContext, work: (question: number) => Promise<void>): Promise<void> {
  const question = ++questions;
  ctx.set({ asked: question, reading: false });
  const done = work(question).finally(() => underWay.delete(question));
  // Whoever waits for the answer is not told of a failure twice.
  underWay.set(
    question,
    done.catch(() => {}),
  );
  await done;
  // So that the first step up from where a text stands finds rows.
  if (!isStale(ctx, question) && browsedOrder(ctx.get()) !== null) prefetchBehind(ctx);
}

/** Looks for what is typed, or shows the list of everything from there on. */
export function search(ctx: LookUpContext): Promise<void> {
  return asking(ctx, (question) =>
    browsedOrder(ctx.get()) === null ? matches(ctx, question) : fromText(ctx, question),
  );
}

async function matches(ctx: LookUpContext, question: number): Promise<void> {
  const { typed, filters } = ctx.get();
  const answer = await ctx.call(find, { text: typed.text, limit: MATCHES, filters });
  if (isStale(ctx, question)) return;
  show(ctx, question, {
    rows: answer.rows,
    ahead: null,
    behind: null,
    note: answer.more ? 'type more to narrow' : insteadOf(answer, typed.text),
  });
}

type Shown = Pick<LookUpState, 'rows' | 'ahead' | 'behind' | 'note'>;

function show(ctx: LookUpContext, question: number, shown: Shown): void {
  const fresh = { ...ctx.get().list, cursor: 0, top: 0, sort: null, anchor: null };
  ctx.set({ ...shown, list: fresh, answered: question });
}

/** One page of the list of everything; with filters it may be short, or empty, and the list go on. */
const read = (
  ctx: LookUpContext,
  direction: 'forward' | 'back',
  from: ListPlace | null,
  text?: string,
): Promise<ListPage> =>
  ctx.call(list, {
    order: browsedOrder(ctx.get()) ?? 'name',
    direction,
    from,
    text,
    filters: ctx.get().filters,
    limit: PAGE,
  });

/** The list of everything from where the text stands; behind its last row, the end of the list. */
async function fromText(ctx: LookUpContext, question: number): Promise<void> {
  const { text } = ctx.get().typed;
  const { rows, resume } = await read(ctx, 'forward', null, text);
  if (isStale(ctx, question)) return;
  if (rows.length === 0 && resume === null && text.trim() !== '') return toEnd(ctx, question);
  const behind = text.trim() === '' || rows.length === 0 ? null : placeOfRow(rows[0]!);
  show(ctx, question, { rows, ahead: resume, behind, note: '' });
}

async function toEnd(ctx: LookUpContext, question: number): Promise<void> {
  const { rows, resume } = await read(ctx, 'back', null);
  if (isStale(ctx, question)) return;
  show(ctx, question, { rows, ahead: null, behind: resume, note: '' });
  ctx.set({ list: { ...ctx.get().list, cursor: Math.max(0, rows.length - 1), top: Math.max(0, rows.length) } });
}

/** The first row of all. */
export const first = (ctx: LookUpContext): Promise<void> =>
  asking(ctx, async (question) => {
    const { rows, resume } = await read(ctx, 'forward', null);
    if (!isStale(ctx, question)) show(ctx, question, { rows, ahead: resume, behind: null, note: '' });
  });

/** The last row of all. */
export const last = (ctx: LookUpContext): Promise<void> => asking(ctx, (question) => toEnd(ctx, question));

/** Which side of the window the cursor is near, when the list goes on there. */
function missing(ctx: LookUpContext): 'forward' | 'back' | null {
  const { list: at, rows, ahead, behind } = ctx.get();
  const near = ctx.size().rows * SCREENS_AHEAD;
  if (ahead !== null && at.cursor >= rows.length - near) return 'forward';
  return behind !== null && at.cursor < near ? 'back' : null;
}

/** Reads pages before or after the window while the cursor is near its edge; what is found is shown as it comes. */
export async function prefetch(ctx: LookUpContext): Promise<void> {
  const { reading, asked, answered: shown } = ctx.get();
  if (reading || asked !== shown || missing(ctx) === null) return;
  ctx.set({ reading: true });
  try {
    for (let direction = missing(ctx); direction !== null; direction = missing(ctx)) {
      const page = await read(ctx, direction, direction === 'forward' ? ctx.get().ahead : ctx.get().behind);
      if (isStale(ctx, asked)) return;
      const note = page.resume !== null && page.rows.length < PAGE ? 'searching…' : '';
      ctx.set({ ...slid(ctx.get(), page.rows, direction, page.resume), note });
    }
  } finally {
    if (!isStale(ctx, asked)) ctx.set({ reading: false, note: '' });
  }
}

/** The same without being waited for: keys go on meanwhile. */
export function prefetchBehind(ctx: LookUpContext): void {
  prefetch(ctx).catch(() => ctx.toast('The next page could not be read.', 'bad'));
}

/** Fetches again what is shown, the cursor staying on its row: F5, and when somebody else changed something. */
export async function again(ctx: LookUpContext): Promise<void> {
  const { rows, answered: before, list: at } = ctx.get();
  const start = rows[0] && placeOfRow(rows[0]);
  if (before < 0 || browsedOrder(ctx.get()) === null || !start) {
    const cursorKey = rows[at.cursor] && keyOfRow(rows[at.cursor]!);
    await search(ctx);
    return keepCursor(ctx, cursorKey, at.top);
  }
  await asking(ctx, async (question) => {
    const page = await ctx.call(list, {
      order: browsedOrder(ctx.get()) ?? 'name',
      direction: 'forward',
      // From just before the first row, so that it is read too.
      from: { ...start, accountId: start.accountId - 1 },
      filters: ctx.get().filters,
      limit: Math.min(MOST_ROWS_AGAIN, Math.max(PAGE, rows.length)),
    });
    if (isStale(ctx, question)) return;
    const { list: now } = ctx.get();
    const cursorKey = rows[now.cursor] && keyOfRow(rows[now.cursor]!);
    ctx.set({ rows: page.rows, ahead: page.resume, answered: question, note: '' });
    keepCursor(ctx, cursorKey, now.top);
  });
}

function keepCursor(ctx: LookUpContext, key: string | undefined, top: number): void {
  const { rows, list: at } = ctx.get();
  const cursor = rows.findIndex((row) => keyOfRow(row) === key);
  if (cursor >= 0) ctx.set({ list: { ...at, cursor, top } });
}
