import { listCommunications } from '#services/communications/read.ts';
import type { CommunicationRow } from '#services/communications/rows.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { columns } from './columns.ts';
import type { CommunicationsContext, CommunicationsParams, CommunicationsState } from './model.ts';

/** Lines below the list: a rule, what it is, what became of it, and why. */
export const BELOW = 5;
const PAGE = 100;

const question = ({ params, get }: CommunicationsContext) => {
  const { status } = get();
  return {
    ...(params?.accountId === undefined ? {} : { accountId: params.accountId }),
    ...(status === null ? {} : { status }),
  };
};

/** As many of the newest as are shown already, so that the cursor stays where it is. */
export async function load(ctx: CommunicationsContext): Promise<void> {
  const limit = Math.min(500, Math.max(PAGE, ctx.get().rows.length));
  const { rows, next } = await ctx.call(listCommunications, { ...question(ctx), limit });
  ctx.set({ rows, next, loaded: true });
}

async function more(ctx: CommunicationsContext): Promise<void> {
  const { next, fetching, status } = ctx.get();
  if (next === null || fetching) return;
  ctx.set({ fetching: true });
  try {
    const page = await ctx.call(listCommunications, { ...question(ctx), limit: PAGE, cursor: next });
    const now = ctx.get();
    if (now.status === status && now.next === next) ctx.set({ rows: [...now.rows, ...page.rows], next: page.next });
  } finally {
    ctx.set({ fetching: false });
  }
}

async function all(ctx: CommunicationsContext): Promise<readonly CommunicationRow[]> {
  while (ctx.get().next !== null) {
    const before = ctx.get().next;
    await more(ctx);
    if (ctx.get().next === before) break;
  }
  return ctx.get().rows;
}

export const lens: ListLens<CommunicationsParams | undefined, CommunicationsState, CommunicationRow> = {
  scope: 'communications',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (row) => row.id,
  height: (size) => Math.max(3, size.rows - BELOW),
  name: 'communications',
  nearEnd: more,
  all,
};
