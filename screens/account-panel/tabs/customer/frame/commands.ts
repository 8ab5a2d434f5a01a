import { may } from '#services/actor.ts';
import type { Command } from '#keymap/command.ts';
import type { DocLens } from '../../../document/commands.ts';
import { type DocLine, lineAt, placeOf } from '../../../document/model.ts';
import type { TabContext } from '../../../tab.ts';
import { type Taken, UNDONE } from '#ui/undo.ts';
import type { AnyPart, PartContext, Removal } from '../parts/part.ts';
import { partContext, sectionsFor } from './load.ts';
import { ownId, partOfLine } from './page.ts';
import type { CustomerTabKind, CustomerTabState } from './state.ts';

type Ctx = TabContext<CustomerTabState>;
type TabCommand = Command<Ctx>;

/** The part with the cursor, and the line there as the part knows it. */
interface Standing {
  readonly part: AnyPart;
  readonly lineId: string;
}

const READING = 'This is still being read.';

/** Why the actor may not change a part, or true. */
const changeable = (ctx: Ctx, { title, edit }: AnyPart): true | string =>
  may(ctx.actor, edit) || `You may not change ${title.toLowerCase()} (${edit}).`;

/** Where the cursor stands among the parts; undefined in the column of messages. */
export function standingOf(lens: DocLens<CustomerTabState>, ctx: Ctx): Standing | undefined {
  const page = lens.page(ctx);
  const line = lineAt(page, placeOf(page, lens.get(ctx.get())));
  const part = partOfLine(sectionsFor(ctx.actor), line?.id);
  return line && part ? { part, lineId: ownId(line.id) } : undefined;
}

const readyAt = (ctx: Ctx, at: Standing | undefined): at is Standing =>
  at !== undefined && at.part.id in ctx.get().data;

/** Enter on lines of the parts, and on those beside them. */
export function enterOf(kind: CustomerTabKind): NonNullable<DocLens<CustomerTabState>['enter']> {
  const standing = (ctx: Ctx, line: DocLine): Standing | undefined => {
    const part = partOfLine(sectionsFor(ctx.actor), line.id);
    return part && { part, lineId: ownId(line.id) };
  };
  const beside = ({ id }: DocLine) => (id.startsWith(`${kind.beside?.id}.`) ? kind.beside?.enter : undefined);
  return {
    when: (ctx, line) => {
      const other = beside(line);
      if (other) return other.when(ctx, line);
      const at = standing(ctx, line);
      if (!at?.part.open) return 'Nothing hangs on this line.';
      return readyAt(ctx, at) ? changeable(ctx, at.part) : READING;
    },
    run: async (ctx, line) => {
      const other = beside(line);
      if (other) return other.run(ctx, line);
      const at = standing(ctx, line);
      if (readyAt(ctx, at)) await at.part.open?.(partContext(kind, ctx), ctx.get().data[at.part.id], at.lineId);
    },
  };
}

/** The parts in which the actor may add something. */
const adding = (ctx: Ctx): readonly AnyPart[] =>
  sectionsFor(ctx.actor).filter((part) => part.add && part.id in ctx.get().data && changeable(ctx, part) === true);

async function add(kind: CustomerTabKind, lens: DocLens<CustomerTabState>, ctx: Ctx): Promise<void> {
  const at = standingOf(lens, ctx);
  const here = at?.part.add ? at : undefined;
  const part =
    here?.part ??
    (await ctx.choose(
      'Add what?',
      adding(ctx).map((value) => ({ value, label: value.addTitle ?? value.title })),
    ));
  if (part) await part.add!(partContext(kind, ctx), ctx.get().data[part.id], here?.lineId ?? null);
}

async function remove(kind: CustomerTabKind, lens: DocLens<CustomerTabState>, ctx: Ctx): Promise<void> {
  const { part, lineId } = standingOf(lens, ctx)!;
  const here = partContext(kind, ctx);
  const removal = part.remove!(here, ctx.get().data[part.id], lineId);
  if (typeof removal === 'string') return ctx.toast(removal, 'info');
  const { title, lines, action, run } = removal;
  if (!(await ctx.confirm({ title, lines, action }))) return;
  const done = await run();
  canBeUndone(ctx, here, { ...done, part, title: action });
  await partContext(kind, ctx).refresh();
  // The line with the cursor may be gone with what it stood for.
  if (standingOf(lens, ctx)?.lineId !== lineId) standAt(lens, ctx, part.id);
  ctx.toast(done.kept === undefined ? done.told : `${done.told} u brings it back.`, 'good');
}

type Deleted = Awaited<ReturnType<Removal['run']>> & { readonly part: AnyPart; readonly title: string };

/** A deletion is brought back by `u`, and in its turn by the key that undoes all changes. */
function canBeUndone(ctx: Ctx, here: PartContext, { part, title, kept, undo }: Deleted): void {
  if (kept === undefined || !part.restore) return ctx.undo.passed(title);
  const restoring = async (): Promise<Taken> => {
    await part.restore!({ ...here, call: (operation, input) => here.call(operation, input, UNDONE) }, kept);
    return { version: 0 };
  };
  const { back = restoring, ...record } = undo ?? { record: `deleted of ${part.id}`, from: 0, version: 0 };
  const id = ctx.undo.add({
    title,
    told: true,
    ...record,
    back: async (standing, beside) => {
      const now = await back(standing, beside);
      ctx.set({ removed: ctx.get().removed.filter((one) => one.undo !== id) });
      return now;
    },
  });
  ctx.set({ removed: [...ctx.get().removed, { part: part.id, customerId: here.customerId, kept, undo: id }] });
}

async function restore(kind: CustomerTabKind, lens: DocLens<CustomerTabState>, ctx: Ctx): Promise<void> {
  const last = ctx.get().removed.at(-1);
  const part = sectionsFor(ctx.actor).find(({ id }) => id === last?.part);
  if (!last || !part?.restore) return;
  const told = await part.restore(partContext(kind, ctx), last.kept);
  ctx.undo.forget(last.undo);
  ctx.set({ removed: ctx.get().removed.slice(0, -1) });
  await partContext(kind, ctx).refresh();
  standAt(lens, ctx, part.id);
  ctx.toast(told, 'good');
}

/** The cursor on the first line of a part, its heading on top: what the part holds is below it. */
function standAt(lens: DocLens<CustomerTabState>, ctx: Ctx, partId: string): void {
  const sections = sectionsFor(ctx.actor);
  const isOfPart = (line: DocLine): boolean => !line.still && partOfLine(sections, line.id)?.id === partId;
  const { columns } = lens.page(ctx);
  const column = columns.findIndex(({ lines }) => lines.some(isOfPart));
  if (column < 0) return;
  const index = columns[column]!.lines.findIndex(isOfPart);
  const doc = lens.get(ctx.get());
  const tops = columns.map((_, at) => (at === column ? Math.max(0, index - 1) : (doc.tops[at] ?? 0)));
  ctx.set(lens.set({ ...doc, at: columns[column]!.lines[index]!.id, tops }));
}

/** To the part after or before the one with the cursor. */
function jump(lens: DocLens<CustomerTabState>, ctx: Ctx, by: 1 | -1): void {
  const sections = sectionsFor(ctx.actor);
  const at = sections.findIndex(({ id }) => id === standingOf(lens, ctx)?.part.id);
  const next = sections[at < 0 ? (by > 0 ? 0 : sections.length - 1) : at + by];
  if (next) standAt(lens, ctx, next.id);
}

/** What the frame gives to every part. */
export function frameCommands(kind: CustomerTabKind, lens: DocLens<CustomerTabState>): TabCommand[] {
  const told = (id: string, title: string, keys: readonly string[], hint?: string, footer?: number) => ({
    id: `${kind.id}.${id}` as const,
    title,
    keys,
    hint,
    footer,
    group: 'record' as const,
    background: true,
  });
  const turn = (id: string, title: string, key: string, by: 1 | -1): TabCommand => ({
    ...told(id, title, [key]),
    group: 'list',
    run: (ctx) => jump(lens, ctx, by),
  });
  return [
    {
      ...told('add', 'Add to this part', ['a'], 'Add', 34),
      when: (ctx) => {
        const at = standingOf(lens, ctx);
        if (at?.part.add) return readyAt(ctx, at) ? changeable(ctx, at.part) : READING;
        return adding(ctx).length > 0 ? true : 'There is nothing here that you may add.';
      },
      run: (ctx) => add(kind, lens, ctx),
    },
    {
      ...told('remove', 'Delete what the line stands for', ['d', 'delete'], 'Delete', 33),
      when: (ctx) => {
        const at = standingOf(lens, ctx);
        if (!at?.part.remove) return 'Nothing here can be deleted.';
        return readyAt(ctx, at) ? changeable(ctx, at.part) : READING;
      },
      run: (ctx) => remove(kind, lens, ctx),
    },
    {
      ...told('restore', 'Bring back what was deleted last', ['u']),
      when: (ctx) => (ctx.get().removed.length > 0 ? true : 'Nothing was deleted here.'),
      run: (ctx) => restore(kind, lens, ctx),
    },
    turn('previousPart', 'Previous part of the tab', '[', -1),
    { ...turn('nextPart', 'Next part of the tab', ']', 1), hint: 'Part', footer: 32 },
  ];
}
