import { formatCents } from '#domain/money.ts';
import type { PayableAccount } from '#services/payments/account.ts';
import { moneyTone } from '#ui/money.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { refusedNote } from './methods.ts';
import { type PaymentState, sourceFirst } from './model.ts';

type Row = readonly Segment[];

/** Lines for what must be seen before money is taken. */
export const CARD_ROWS = 5;

const SOURCE: Readonly<Record<Theme['glyphs']['name'], string>> = { unicode: '★', ascii: '*' };

export const sourceMark = (theme: Theme): string => SOURCE[theme.glyphs.name];

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function figures(facts: PayableAccount, after: number | null, theme: Theme): Row {
  const figure = (label: string, cents: number, overdue = false): Segment[] => [
    [`${label} `, theme.dim],
    [formatCents(cents), theme[moneyTone(cents, overdue)]],
    '   ',
  ];
  return [
    '  ',
    ...figure('Balance', facts.balanceCents, facts.pastDueCents > 0),
    ...(facts.pastDueCents > 0 ? figure('Past due', facts.pastDueCents, true) : []),
    ...(facts.unpostedCents === 0 ? [] : figure('Unposted', facts.unpostedCents)),
    ...(facts.openCreditCents === 0 ? [] : figure('Open credit', -facts.openCreditCents)),
    ...(after === null ? [] : figure('After', after)),
  ];
}

function unpostedOf({ unposted }: PayableAccount): string {
  const [last] = unposted.toReversed();
  if (!last) return '';
  const more = unposted.length > 1 ? ` and ${unposted.length - 1} more, Alt+N` : '';
  return `Unposted ${last.kind} ${last.number ?? ''} ${formatCents(last.amountCents)} by ${last.by}${more}`;
}

function noteOf({ notes }: PayableAccount): string {
  const [note] = notes;
  if (!note) return '';
  const body = flat(note.body);
  const said = body.startsWith(note.subject) ? body : `${note.subject}: ${body}`;
  return `Note: ${flat(said)}${notes.length > 1 ? ` (${notes.length - 1} more, Alt+N)` : ''}`;
}

/** The account that pays: who, what is owed, and everything that stands against taking money. */
export function cardLines(state: PaymentState, theme: Theme): Row[] {
  const { entry, refused } = state;
  const facts = refused ?? sourceFirst(entry)[0]?.facts;
  if (!facts) return [];
  const others = refused ? 0 : entry.accounts.length - 1;
  const after = entry.preview?.accounts.find(({ accountId }) => accountId === facts.accountId)?.afterCents ?? null;
  const who: Row = [
    [refused ? '! ' : `${sourceMark(theme)} `, refused ? theme.bad : theme.warning],
    [`${facts.number} ${facts.name}`, theme.title],
    [`  ${facts.address}`, theme.text],
    others > 0 ? [`  and ${others} more`, theme.info] : '',
  ];
  const blocked = refused ? (facts.blocked ?? 'No payment method is left that this customer accepts.') : '';
  const said: Row[] = [
    ...(blocked === ''
      ? []
      : [
          [
            ['! NO PAYMENT: ', theme.bad],
            [blocked, theme.bad],
          ] satisfies Row,
        ]),
    ...[noteOf(facts), unpostedOf(facts), refused ? '' : refusedNote(entry)]
      .filter(Boolean)
      .map((text): Row => ['  ', [text, theme.warning]]),
  ];
  return [who, figures(facts, after, theme), ...said];
}
