import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '#ui/table/arrange.ts';
import { headingText, layoutColumns, type Column } from '#ui/table/columns.ts';
import { clampList, moveList, newList, sortList, toggleMark, toggleRange, type Move } from '#ui/table/model.ts';
import { toTsv } from '#ui/table/take.ts';
import { cellWidth } from '#ui/width.ts';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly due: number | null;
}

const columns: Column<Row>[] = [
  {
    id: 'id',
    title: 'No',
    min: 4,
    align: 'right',
    priority: 3,
    text: (row) => String(row.id),
    sortKey: (row) => row.id,
  },
  { id: 'name', title: 'Name', min: 10, grow: 2, priority: 2, text: (row) => row.name },
  {
    id: 'due',
    title: 'Due',
    min: 12,
    grow: 1,
    max: 14,
    text: (row) => String(row.due ?? ''),
    sortKey: (row) => row.due,
  },
];
const rows: Row[] = [
  { id: 2, name: 'Brook', due: 5 },
  { id: 10, name: 'Ash 2', due: null },
  { id: 1, name: 'Ash 10', due: 70 },
];

describe('columns', () => {
  it('drops the least important first and never exceeds the width', () => {
    expect(layoutColumns(columns, 20).map(({ column }) => column.id)).toEqual(['id', 'name']);
    expect(layoutColumns(columns, 6).map(({ column }) => column.id)).toEqual(['id']);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (width) => {
        const placed = layoutColumns(columns, width);
        const used = placed.reduce((sum, each) => sum + each.width, 0) + 2 * (placed.length - 1);
        expect(used).toBeLessThanOrEqual(width);
        expect(placed.length).toBeGreaterThan(0);
        expect(cellWidth(headingText(placed, { column: 'id', descending: true }, { up: '^', down: 'v' }, '~'))).toBe(
          used,
        );
      }),
    );
  });

  it('gives what is left over to those that grow, up to their most', () => {
    const [, name, due] = layoutColumns(columns, 100);
    expect(due!.width).toBe(14);
    expect(name!.width).toBe(100 - 4 - 14 - 4);
  });
});

describe('arranging', () => {
  const ids = (list: ReturnType<typeof newList>) => arrange(rows, columns, list).map((row) => row.id);

  it('sorts numbers by value, texts as people do, nothing last in both directions', () => {
    expect(ids(sortList(newList(), 'id'))).toEqual([1, 2, 10]);
    expect(ids(sortList(newList(), 'name'))).toEqual([10, 1, 2]);
    expect(ids(sortList(newList(), 'due'))).toEqual([2, 1, 10]);
    expect(ids(sortList(sortList(newList(), 'due'), 'due'))).toEqual([1, 2, 10]);
  });

  it('filters by every word in any column, and by words that must be absent', () => {
    expect(ids({ ...newList(), filter: 'ash' })).toEqual([10, 1]);
    expect(ids({ ...newList(), filter: 'ash 70' })).toEqual([1]);
    expect(ids({ ...newList(), filter: 'ash !70' })).toEqual([10]);
  });
});

describe('the cursor', () => {
  it('stays in the rows and on the page whatever is pressed', () => {
    const moves = fc.array(fc.constantFrom<Move>('up', 'down', 'pageUp', 'pageDown', 'home', 'end'), { maxLength: 40 });
    fc.assert(
      fc.property(moves, fc.nat(60), fc.integer({ min: 1, max: 20 }), (pressed, count, height) => {
        const bounds = { count, height };
        const list = pressed.reduce((state, move) => moveList(state, move, bounds), newList());
        expect(list.cursor).toBeGreaterThanOrEqual(0);
        expect(list.cursor).toBeLessThanOrEqual(Math.max(0, count - 1));
        expect(list.cursor - list.top).toBeGreaterThanOrEqual(0);
        expect(list.cursor - list.top).toBeLessThan(height);
        expect(list.top).toBeLessThanOrEqual(Math.max(0, count - height));
      }),
    );
  });

  it('is brought back when rows go away', () => {
    const list = moveList(newList(), 'end', { count: 50, height: 10 });
    expect(clampList(list, { count: 3, height: 10 })).toMatchObject({ cursor: 2, top: 0 });
  });
});

describe('marks', () => {
  it('go down as Space is held, and cover a range', () => {
    const bounds = { count: 3, height: 10 };
    const held = toggleMark(toggleMark(newList(), 2, bounds), 10, bounds);
    expect([...held.marks]).toEqual([2, 10]);
    expect(held.cursor).toBe(2);
    const open = toggleRange({ ...newList(), cursor: 2 }, [2, 10, 1]);
    const range = toggleRange({ ...open, cursor: 1 }, [2, 10, 1]);
    expect([...range.marks]).toEqual([10, 1]);
    expect(range.anchor).toBeNull();
  });
});

it('copies tab-separated lines that a cell cannot break', () => {
  expect(toTsv(columns, [{ id: 1, name: 'a\tb\nc', due: null }], true)).toBe('No\tName\tDue\n1\ta b c\t');
});
