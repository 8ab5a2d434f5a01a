import type { ReactNode } from 'react';
import type { AnyScreen, ScreenContext, ScreenDefinition, ViewProps } from '#ui/screen.ts';
import { Failure } from '#services/failure.ts';
import type { Column } from '#ui/table/columns.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import type { ListLens } from '#ui/table/lens.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { Table } from '#ui/table/table.tsx';

export interface Town {
  readonly id: number;
  readonly name: string;
  readonly people: number;
}

interface TownsState {
  readonly list: ListState;
  readonly towns: readonly Town[];
}

type TownsContext = ScreenContext<unknown, TownsState>;

const columns: readonly Column<Town>[] = [
  {
    id: 'id',
    title: 'No',
    min: 4,
    align: 'right',
    priority: 3,
    text: (town) => String(town.id),
    value: (town) => town.id,
  },
  { id: 'name', title: 'Name', min: 12, grow: 1, priority: 2, text: (town) => town.name },
  {
    id: 'people',
    title: 'People',
    min: 8,
    align: 'right',
    text: (town) => String(town.people),
    sortKey: (town) => town.people,
    value: (town) => town.people,
  },
];

const lens: ListLens<unknown, TownsState, Town> = {
  scope: 'towns',
  get: (state) => state.list,
  set: (_state, list) => ({ list }),
  rows: (state) => state.towns,
  columns: () => columns,
  key: (town) => town.id,
  height: (size) => size.rows,
  name: 'towns',
};

/** What a test can change about the sample screens. */
export interface SampleWorld {
  towns: Town[];
  /** Awaited by the list's loader: a slow database. */
  gate: Promise<void>;
  /** Awaited by the command that counts: long work. */
  work: Promise<void>;
  /** Thrown by the loader. */
  trouble: Failure | null;
  readonly saved: Record<string, string | boolean>[];
  refuseSaving: Failure | null;
  /** The idempotency keys with which saving was tried. */
  readonly keys: string[];
  readonly ran: string[];
}

export const sampleWorld = (): SampleWorld => ({
  towns: Array.from({ length: 300 }, (_, index) => ({
    id: index + 1,
    name: `Town ${index + 1}`,
    people: ((index * 7919) % 1000) + 1,
  })),
  gate: Promise.resolve(),
  work: Promise.resolve(),
  trouble: null,
  saved: [],
  refuseSaving: null,
  keys: [],
  ran: [],
});

function TownsView({ state, size, theme }: ViewProps<unknown, TownsState>): ReactNode {
  return (
    <Table
      columns={columns}
      rows={state.towns}
      list={state.list}
      keyOf={lens.key}
      width={size.columns}
      height={size.rows}
      theme={theme}
    />
  );
}

const editForm = (ctx: TownsContext, world: SampleWorld) =>
  ctx.form({
    title: 'Town',
    today: ctx.today,
    draft: { form: 'town', subjectId: 1 },
    initial: { name: '', founded: '', tax: '', kind: '', open: false, remarks: '' },
    fields: [
      { name: 'name', label: 'Name', kind: 'text', required: true, maxLength: 20, help: 'As on the map.' },
      { name: 'founded', label: 'Founded', kind: 'date' },
      { name: 'tax', label: 'Tax', kind: 'amount' },
      {
        name: 'kind',
        label: 'Kind',
        kind: 'code',
        choices: [
          { value: 'C', label: 'City' },
          { value: 'V', label: 'Village' },
        ],
      },
      { name: 'open', label: 'Open', kind: 'flag' },
      { name: 'remarks', label: 'Remarks', kind: 'multiline', rows: 3 },
    ],
    save: async (values, _, key) => {
      world.keys.push(key);
      if (world.refuseSaving) throw world.refuseSaving;
      world.saved.push(values);
      return values.name;
    },
  });

/** A Home and a list of towns with a form and a dangerous command: what a screen can be, for tests of the shell. */
export function sampleScreens(world: SampleWorld): AnyScreen[] {
  const home: ScreenDefinition<undefined, object> = {
    id: 'home',
    code: 'HOM',
    title: 'Home',
    permission: null,
    crumb: () => 'Home',
    create: () => ({}),
    commands: [
      {
        id: 'home.towns',
        title: 'Open the towns',
        group: 'go',
        keys: ['t'],
        hint: 'Towns',
        footer: 5,
        run: (ctx) => ctx.open('towns'),
      },
    ],
    View: () => null,
  };
  const towns: ScreenDefinition<unknown, TownsState> = {
    id: 'towns',
    code: 'TWN',
    title: 'Towns',
    permission: null,
    crumb: () => 'Towns',
    parseArgument: (argument) => argument,
    create: () => ({ list: newList(), towns: [] }),
    load: async (ctx) => {
      await world.gate;
      if (world.trouble) throw world.trouble;
      ctx.set({ towns: world.towns });
    },
    typing: (state) => listTyping(lens, state),
    onInput: (ctx, event) => listInput(lens, ctx, event),
    legend: () => [{ sign: '[CAP]', meaning: 'Capital' }],
    commands: [
      ...listCommands(lens),
      {
        id: 'towns.edit',
        title: 'Edit the town',
        group: 'record',
        keys: ['e'],
        hint: 'Edit',
        footer: 60,
        run: async (ctx) => {
          const name = await editForm(ctx, world);
          ctx.toast(name === null ? 'left' : `saved ${name}`);
        },
      },
      {
        id: 'towns.raze',
        title: 'Raze the town',
        group: 'record',
        keys: ['d'],
        danger: 'confirm',
        run: () => void world.ran.push('raze'),
      },
      {
        id: 'towns.never',
        title: 'Sell the town',
        group: 'record',
        keys: ['S'],
        when: () => 'It is not for sale.',
        run: () => void world.ran.push('sell'),
      },
      {
        id: 'towns.count',
        title: 'Count the people',
        group: 'record',
        keys: ['C'],
        run: () => world.work,
      },
      {
        id: 'towns.secret',
        title: 'Tax the town',
        group: 'record',
        keys: ['T'],
        permission: 'towns.tax',
        run: () => void world.ran.push('tax'),
      },
    ],
    View: TownsView,
  };
  return [home, towns];
}
