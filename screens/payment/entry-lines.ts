import { formatCents } from '#domain/money.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { cellWidth, fit } from '#ui/width.ts';
import { emptyField } from '#ui/field/model.ts';
import { line, segmentsWidth, spread, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { CHANNELS, MODES } from './ask.ts';
import { appliedCents, changeCents, isByHand, remainingCents, tenderedCents } from './facts.ts';
import { extraOf, isCash, methodChoices, methodOf, type MethodChoice } from './methods.ts';
import { currentTender, type PaymentState } from './model.ts';
import { cells, fieldCells } from './pieces.ts';

const AMOUNT = 14;
const METHOD = 12;

/** The letter that chooses a method stands out, without colour too: `1 Cash  2 c[H]eck`. */
function methodText({ name, digit, letter }: MethodChoice, chosen: boolean, theme: Theme): Segment[] {
  const at = letter === '' ? -1 : name.toLowerCase().indexOf(letter);
  const style = chosen ? theme.selected : theme.text;
  if (at < 0)
    return [
      [`${digit} `, theme.key],
      [name, style],
    ];
  return [
    [`${digit} `, theme.key],
    [name.slice(0, at), style],
    [name[at]!.toUpperCase(), { ...style, bold: true, underline: true }],
    [name.slice(at + 1), style],
  ];
}

/** Amount, method and what belongs to it: the tender in hand. */
export function tenderLine(state: PaymentState, width: number, theme: Theme): string {
  const { entry, focus } = state;
  const tender = currentTender(entry);
  const active = (part: PaymentState['focus']) => focus === part;
  const label = (text: string, part: PaymentState['focus']): string =>
    cells([[text, active(part) ? theme.key : theme.dim]], cellWidth(text), theme);
  const extra = extraOf(entry, tender.method);
  const field = isCash(entry, tender.method) ? tender.given : tender.reference;
  const amount = active('amount') ? tender.amount : emptyField(fit(tender.amount.text, AMOUNT - 1, 'right'));
  const name = emptyField(methodOf(entry, tender.method)?.name ?? tender.method);
  const method = active('method')
    ? cells([[fit(name.text, METHOD), theme.selected]], METHOD, theme)
    : fieldCells(name, METHOD, theme, false);
  const head = entry.tenders.length > 1 ? ` ${entry.at + 1}/${entry.tenders.length} Amount ` : ' Amount ';
  const used = cellWidth(head) + AMOUNT + ' Paid by '.length + METHOD + cellWidth(extra.label) + 3;
  const room = Math.max(4, Math.min(24, width - used));
  return (
    label(head, 'amount') +
    fieldCells(amount, AMOUNT, theme, active('amount')) +
    label(' Paid by ', 'method') +
    method +
    label(`  ${extra.label} `, 'extra') +
    fieldCells(field, room, theme, active('extra'))
  );
}

/** The methods with their keys; in another part, the tenders so far and the change. */
export function methodLine(state: PaymentState, width: number, theme: Theme): string {
  const { entry, focus } = state;
  const { ellipsis } = theme.glyphs;
  const change = changeCents(entry);
  if (focus === 'extra' && change !== null) {
    const words: Segment =
      change < 0
        ? [`  ${formatCents(-change)} too little`, theme.bad]
        : [`  Give back ${formatCents(change)}`, theme.title];
    return line([words], width, ellipsis);
  }
  if (entry.tenders.length > 1 && focus !== 'method') {
    const all = entry.tenders.map(
      ({ amount, method }) => `${methodOf(entry, method)?.name ?? method} ${amount.text || '0.00'}`,
    );
    return line(
      [['  Tenders ', theme.dim], all.join(' + '), [`  = ${formatCents(tenderedCents(entry))}`, theme.title]],
      width,
      ellipsis,
    );
  }
  const chosen = currentTender(entry).method;
  const choices = methodChoices(entry).flatMap((choice): Segment[] => [
    '  ',
    ...methodText(choice, choice.code === chosen, theme),
  ]);
  return line([' ', ...choices], width, ellipsis);
}

/** How it is spread, when, how it came; and for what is spread by hand, how far it is. */
export function modeLine(state: PaymentState, today: CivilDate, width: number, theme: Theme): string {
  const { entry, paidOn, channel } = state;
  const dot = theme.glyphs.name === 'ascii' ? ' - ' : ' · ';
  const left: Segment[] = [
    [`  ${MODES[entry.mode].label}`, entry.mode === 'automatic' ? theme.dim : theme.info],
    [dot, theme.dim],
    paidOn === null ? [today, theme.dim] : [`paid ${paidOn}`, theme.warning],
    [dot, theme.dim],
    [CHANNELS[channel], channel === 'counter' ? theme.dim : theme.info],
    entry.memo === '' ? '' : [`${dot}${entry.memo}`, theme.dim],
  ];
  if (!isByHand(entry)) return line(left, width, theme.glyphs.ellipsis);
  const remaining = remainingCents(state);
  const right: Segment[] = [
    ['applied ', theme.dim],
    formatCents(appliedCents(entry)),
    ['  remaining ', theme.dim],
    [formatCents(remaining), remaining === 0 ? theme.good : theme.warning],
    entry.restToAccount ? [' to the account', theme.info] : '',
  ];
  return spread(left, right, width, theme.glyphs.ellipsis);
}

/** What is wrong, else what there is to be thought of, else what was taken last. */
export function saidLine(state: PaymentState, width: number, theme: Theme): string {
  const { problem, entry, said } = state;
  const { ellipsis } = theme.glyphs;
  if (problem !== '')
    return line(
      [
        ['! ', theme.error],
        [problem, theme.error],
      ],
      width,
      ellipsis,
    );
  const warnings = [entry.preview?.duplicate ?? '', ...(entry.preview?.warnings ?? [])].filter(Boolean);
  if (warnings.length > 0)
    return line(
      [
        ['! ', theme.warning],
        [warnings.join(' '), theme.warning],
      ],
      width,
      ellipsis,
    );
  return line(
    [
      ['  ', theme.good],
      [said, theme.title],
    ],
    width,
    ellipsis,
  );
}

/** The find field, and the batch with its running count and sum at the right end. */
export function findLine(state: PaymentState, width: number, theme: Theme): string {
  const { recent, focus, find } = state;
  const total: Segment[] = recent
    ? [
        [recent.batch ? `${recent.batch.number} ` : 'Today ', theme.dim],
        [`${recent.count} for ${formatCents(recent.cents)}`, theme.title],
      ]
    : [];
  const label = ' Account ';
  const field = Math.max(8, Math.min(44, width - cellWidth(label) - segmentsWidth(total) - 3));
  const used = cellWidth(label) + field;
  return (
    cells([[label, focus === 'find' ? theme.key : theme.dim]], cellWidth(label), theme) +
    fieldCells(find, field, theme, focus === 'find') +
    spread([''], total, width - used, theme.glyphs.ellipsis)
  );
}
