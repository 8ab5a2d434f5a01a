import { ACCOUNT_TYPES, AUTOPAY_OPTIONS, DRAW_DAYS } from '#domain/autopay.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { formatCents } from '#domain/money.ts';
import type { AutopayDetails } from '#services/autopay/list.ts';
import type { NextDraw } from '#services/autopay/next.ts';
import { blank, fact, type FactOptions, yesNo } from '../../../../document/lines.ts';
import type { DocLine } from '../../../../document/model.ts';
import type { PartView } from '../part.ts';

/** What the part reads: the instruments, and what the automatic one will draw. */
export interface AutopayData {
  readonly instruments: readonly AutopayDetails[];
  readonly next: readonly NextDraw[];
}

export const TYPES = { draft: 'Draft', card: 'Credit card' } as const;
const LABEL = 17;
/** Accounts told of; who has more sees how many. */
const MOST_ACCOUNTS = 4;

export const isActive = ({ endedOn }: AutopayDetails, today: CivilDate): boolean => endedOn === null || endedOn > today;

/** `Maximum Amount 75.00`. */
const optionText = ({ option, amountCents }: AutopayDetails): string =>
  [AUTOPAY_OPTIONS[option], amountCents === null ? '' : formatCents(amountCents)].filter(Boolean).join(' ');

/** `On the due date`, `14 days after the bill`, `On day 5 of the month`. */
function drawText({ drawOn, drawDays }: AutopayDetails): string {
  if (drawOn === 'after_bill') return `${drawDays} days after the bill`;
  return drawOn === 'day' ? `On day ${drawDays} of the month` : DRAW_DAYS.due;
}

const BASES: Readonly<Record<NextDraw['basis'], string>> = {
  balance: 'the balance',
  maximum: 'the maximum',
  fixed: 'the fixed amount',
  budget: 'the budget amount',
  statement: 'the statement',
  no_statement: 'no statement',
};

/** `82.40 on 2026-11-30, the balance; notice by 2026-11-20`, or why nothing is drawn. */
export function nextText({ drawOn, amountCents, basis, noticeBy, skip }: NextDraw): string {
  if (skip) return skip.words;
  const notice = noticeBy === null ? '' : `; notice by ${noticeBy}`;
  return `${formatCents(amountCents)} on ${drawOn}, ${BASES[basis]}${notice}`;
}

function nextLines(id: number, next: readonly NextDraw[]): DocLine[] {
  const shown = next.slice(0, MOST_ACCOUNTS).map((one, index) => {
    const label = index === 0 ? 'Next draw' : '';
    const account = next.length > 1 ? `${one.accountNumber}: ` : '';
    const tone = one.skip ? 'warning' : undefined;
    return fact(`autopay.next${index}.${id}`, label, `${account}${nextText(one)}`, { labelWidth: LABEL, tone });
  });
  const more = next.length - MOST_ACCOUNTS;
  return more > 0
    ? [...shown, fact(`autopay.next${MOST_ACCOUNTS}.${id}`, '', `and ${more} more accounts`, { labelWidth: LABEL })]
    : shown;
}

/** The fields of a draft or of a card, as the form has them. */
function instrumentLines(one: AutopayDetails, next: readonly NextDraw[], today: CivilDate): DocLine[] {
  const { id, method, bankOrBrand, routingNumber, expiresIn, accountType, suspendedOn, refusal } = one;
  const line = (name: string, label: string, value: string, options: FactOptions = {}): DocLine =>
    fact(`autopay.${id}.${name}`, label, value, { labelWidth: LABEL, ...options });
  const active = isActive(one, today);
  const standing = active ? (one.automatic ? 'automatic' : 'waits') : `ended ${one.endedOn}`;
  const head = fact(`autopay.${id}`, 'Auto-pay type', `${TYPES[method]}, ${standing}`, {
    labelWidth: LABEL,
    tone: active && one.automatic ? undefined : 'dim',
  });
  const token = one.complete ? 'Kept, sealed' : 'Deleted: set the card up anew';
  if (!active) return [head, line('card', 'Card', `${bankOrBrand} ${one.masked}`), line('token', 'Token', token)];
  const number = one.complete ? one.masked : `${one.masked} (not entered)`;
  return [
    head,
    line('notify', 'Notify in advance', yesNo(one.notifyInAdvance)),
    ...(method === 'draft'
      ? [
          ...(accountType === null ? [] : [line('type', 'Account type', ACCOUNT_TYPES[accountType])]),
          line('bank', 'Bank routing no.', [routingNumber, bankOrBrand].filter(Boolean).join(' ')),
          line('account', 'Account no.', number, { tone: one.complete ? undefined : 'warning', copy: '' }),
        ]
      : [
          line('card', 'Card', `${bankOrBrand} ${one.masked}${expiresIn === null ? '' : `, until ${expiresIn}`}`),
          line('token', 'Token', token, { tone: one.complete ? undefined : 'warning' }),
        ]),
    line('option', 'Special options', optionText(one)),
    line('when', 'Drawn', drawText(one)),
    line('signed', 'Authorised on', one.authorisedOn ?? 'Not signed yet', {
      tone: one.authorisedOn === null ? 'warning' : undefined,
    }),
    ...(suspendedOn === null
      ? []
      : [line('suspended', 'Suspended', `${suspendedOn} ${one.suspendedReason ?? ''}`, { tone: 'bad' })]),
    ...(refusal === null ? [] : [line('refused', 'Refused', refusal, { tone: 'bad' })]),
    ...(one.automatic ? nextLines(id, next) : []),
  ];
}

/** The menu while nothing is set up, the instruments one below the other, and the two forms to sign. */
export function autopayLines({ instruments, next }: AutopayData, { today }: PartView): DocLine[] {
  const none = instruments.some((one) => isActive(one, today))
    ? []
    : [fact('autopay.type', 'Auto-pay type', 'None', { labelWidth: LABEL })];
  const each = instruments.flatMap((one, index) => [
    ...(index + none.length > 0 ? [blank(`autopay${one.id}`)] : []),
    ...instrumentLines(one, next, today),
  ]);
  return [
    ...none,
    ...each,
    fact('autopay.signup.draft', 'Sign-up forms', 'Bank Draft Signup', { labelWidth: LABEL, copy: '' }),
    fact('autopay.signup.card', '', 'Credit Card Signup', { labelWidth: LABEL, copy: '' }),
  ];
}
