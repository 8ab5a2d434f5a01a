import { type AuditPage, listAudit } from '#services/audit/list.ts';
import { auditOfRecord } from '#services/audit/record.ts';
import type { AuditRow } from '#services/audit/rows.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { newList } from '#ui/table/model.ts';
import { type AuditParams, type AuditState, createAudit } from './model.ts';

export type AuditContext = ScreenContext<AuditParams | undefined, AuditState>;

const PAGE = 100;
const LARGEST_PAGE = 500;
/** Rows that an export takes at most. */
const MOST_ROWS = 50_000;
/** Pages without a single hit before the search asks to be continued. */
const EMPTY_PAGES = 20;

let questions = 0;

const ask = (
  { call }: AuditContext,
  state: AuditState,
  limit: number,
  cursor: string | undefined,
): Promise<AuditPage> =>
  state.record
    ? call(auditOfRecord, { entity: state.record.entity, id: state.record.id, limit, cursor })
    : call(listAudit, { filters: state.filters, limit, cursor });

/** The next entries; goes on through pages in which nothing was found while the question is still the same. */
async function read(ctx: AuditContext, asked: number, limit: number, cursor?: string): Promise<AuditPage> {
  let page = await ask(ctx, ctx.get(), limit, cursor);
  for (let tries = 1; page.entries.length === 0 && page.next !== null && tries < EMPTY_PAGES; tries++) {
    if (ctx.get().asked !== asked) break;
    page = await ask(ctx, ctx.get(), limit, page.next);
  }
  return page;
}

/** Reads from the newest on, as far as was shown already; the cursor stays at its entry. */
export async function load(ctx: AuditContext): Promise<void> {
  questions += 1;
  const asked = questions;
  ctx.set({ asked });
  const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, ctx.get().rows.length));
  const { entries, next } = await read(ctx, asked, limit);
  const { asked: latest, rows, list } = ctx.get();
  if (latest !== asked) return;
  const at = entries.findIndex(({ id }) => id === rows[list.cursor]?.id);
  const moved = at < 0 ? list : { ...list, cursor: at, top: Math.max(0, list.top + at - list.cursor) };
  ctx.set({ rows: entries, next, loaded: true, list: list.cursor === 0 ? list : moved });
}

/** One more page of older entries. */
export async function more(ctx: AuditContext): Promise<void> {
  const { next, fetching, asked } = ctx.get();
  if (next === null || fetching) return;
  ctx.set({ fetching: true });
  try {
    const page = await read(ctx, asked, PAGE, next);
    if (ctx.get().asked === asked) ctx.set({ rows: [...ctx.get().rows, ...page.entries], next: page.next });
  } finally {
    ctx.set({ fetching: false });
  }
}

/** Everything that the list is narrowed to, for a file. */
export async function everything(ctx: AuditContext): Promise<readonly AuditRow[]> {
  const state = ctx.get();
  const rows: AuditRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(ctx, state, LARGEST_PAGE, cursor);
    rows.push(...page.entries);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && rows.length < MOST_ROWS);
  if (cursor !== undefined)
    ctx.toast(`Only the newest ${MOST_ROWS} are taken; narrow the list for the others.`, 'warning');
  return rows.slice(0, MOST_ROWS);
}

/** Narrows to other entries, from the newest on. */
export async function show(ctx: AuditContext, params: AuditParams): Promise<void> {
  const { record, filters } = createAudit(params);
  ctx.set({ record, filters, list: newList(), rows: [], next: null, loaded: false });
  await load(ctx);
}
