import { formatCents } from '#domain/money.ts';
import { fit } from '#ui/width.ts';
import { line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { chargeRows, type ChargeRow } from './charges.ts';
import { sourceMark } from './card.ts';
import { owedCents } from './facts.ts';
import { type AccountDraft, type PaymentState, sourceFirst } from './model.ts';
import { cells, fieldCells } from './pieces.ts';
import { emptyField } from '#ui/field/model.ts';

const MONEY = 12;

/** A window of rows with the one that has the cursor in it. */
function around<R>(
  rows: readonly R[],
  at: number,
  room: number,
): { readonly rows: readonly R[]; readonly top: number } {
  const top = Math.max(0, Math.min(at - (room >> 1), rows.length - room));
  return { rows: rows.slice(top, top + room), top };
}

/** ` 3/42` where not all rows are on the screen. */
const place = (row: number, count: number, room: number): string => (count > room ? ` ${row + 1}/${count}` : '');

/** An amount in its column; with the keys the cursor stands behind it. */
const typedCells = (text: string, theme: Theme, active: boolean): string =>
  fieldCells(emptyField(fit(text, MONEY - 1, 'right')), MONEY, theme, active);

/** One account: who, what it owes, its slice, and what is left then. */
function accountLine(account: AccountDraft, state: PaymentState, active: boolean, width: number, theme: Theme): string {
  const { facts, wanted } = account;
  const { entry, fresh } = state;
  const slice = entry.preview?.accounts.find(({ accountId }) => accountId === facts.accountId);
  const source = facts.accountId === entry.sourceId;
  const tail = 3 * (MONEY + 1);
  const who: Segment[] = [
    [active ? theme.glyphs.cursor : ' ', theme.key],
    [source ? `${sourceMark(theme)} ` : '  ', theme.warning],
    [`${facts.number} ${facts.name}`, active ? theme.selected : theme.text],
  ];
  // Until something is typed over it, its share is shown under the cursor too.
  const shown = wanted === '' && (!active || fresh) ? (slice ? formatCents(slice.cents) : '') : wanted;
  return (
    cells(who, width - tail, theme) +
    cells([fit(formatCents(owedCents(facts)), MONEY, 'right')], MONEY + 1, theme) +
    typedCells(shown, theme, active) +
    cells([fit(slice ? formatCents(slice.afterCents) : '', MONEY, 'right')], MONEY + 1, theme)
  );
}

function chargeLine(row: ChargeRow, state: PaymentState, active: boolean, width: number, theme: Theme): string {
  const several = state.entry.accounts.length > 1;
  const tail = 2 * (MONEY + 1);
  const what: Segment[] = [
    [active ? theme.glyphs.cursor : ' ', theme.key],
    [` ${fit(row.dueOn ?? '', 10)}  ${several ? `${row.accountNumber}  ` : ''}`, theme.text],
    [row.label, active ? theme.selected : theme.text],
    [row.invoice === '' ? '' : `  ${row.invoice}`, theme.dim],
  ];
  return (
    cells(what, width - tail, theme) +
    cells([fit(formatCents(row.openCents), MONEY, 'right')], MONEY + 1, theme) +
    typedCells(row.typed, theme, active) +
    ' '
  );
}

/** The accounts of a payment for several, or the charges that it is put on by hand. */
export function detailLines(
  state: PaymentState,
  what: 'accounts' | 'charges',
  { width, height, theme }: { readonly width: number; readonly height: number; readonly theme: Theme },
): string[] {
  const { row, focus } = state;
  const room = Math.max(1, height - 1);
  const heading = (left: string, right: readonly string[]): string =>
    line(
      [
        [
          fit(left, width - right.length * (MONEY + 1)) +
            right.map((title) => fit(title, MONEY, 'right') + ' ').join(''),
          theme.title,
        ],
      ],
      width,
    );
  if (what === 'accounts') {
    const { rows, top } = around(sourceFirst(state.entry), focus === what ? row : 0, room);
    return [
      heading(`   Account${place(row, state.entry.accounts.length, room)}`, ['Owes', 'Gets', 'After']),
      ...rows.map((account, at) => accountLine(account, state, focus === what && top + at === row, width, theme)),
    ];
  }
  const all = chargeRows(state.entry);
  const { rows, top } = around(all, focus === what ? row : 0, room);
  return [
    heading(`  Due         ${state.entry.mode === 'spec' ? 'Invoice' : 'Charge'}${place(row, all.length, room)}`, [
      'Open',
      'Pay',
    ]),
    ...(all.length === 0
      ? [line(['   ', ['Nothing is open. R leaves the money with the account.', theme.dim]], width)]
      : []),
    ...rows.map((charge, at) => chargeLine(charge, state, focus === what && top + at === row, width, theme)),
  ];
}
