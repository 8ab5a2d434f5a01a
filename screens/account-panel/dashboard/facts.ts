import type { CivilDate } from '#domain/civil-date.ts';
import { formatCents } from '#domain/money.ts';
import type { Activity, Standing } from '#domain/standing.ts';
import type { CustomerKind, Panel, PanelAddress, PanelLocation, PanelStatus } from '#services/accounts/panel.ts';
import type { Tone } from '#ui/theme/themes.ts';
import type { Glyphs } from '#ui/theme/tokens.ts';
import { cellWidth } from '#ui/width.ts';

/** A customer kind's sign before the name, and the word for it. */
export const KINDS: Readonly<Record<CustomerKind, { readonly word: string } & Record<Glyphs['name'], string>>> = {
  individual: { word: 'Individual', unicode: '○', ascii: 'o' },
  profit: { word: 'Business', unicode: '■', ascii: '#' },
  nonprofit: { word: 'Non-profit', unicode: '◇', ascii: '+' },
  government: { word: 'Government', unicode: '▲', ascii: '^' },
};

const ACTIVITY: Readonly<Record<Activity, string>> = { current: 'CURRENT', waiting: 'WAITING', final: 'FINAL' };
const STANDING: Readonly<Record<Standing, string>> = { current: '', past_due: 'PAST DUE', shutoff: 'SHUTOFF' };

/** `11-01` within this year, the whole date otherwise. */
export const shortDate = (date: CivilDate, today: CivilDate): string =>
  date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date;

/** `City ST 62704`. */
export const cityLine = ({ city, state, zip }: { city: string; state: string | null; zip: string | null }): string =>
  [city, state, zip].filter(Boolean).join(' ');

/** The fullest of these texts that fits; the last when none does. */
export const fitting = (width: number, texts: readonly string[]): string =>
  texts.find((text) => cellWidth(text) <= width) ?? texts.at(-1)!;

/** An address on one line, the zip and then the state left out where there is no room. */
export const shortAddress = (
  street: string,
  place: { city: string; state: string | null; zip: string | null },
  width: number,
): string =>
  fitting(width, [
    `${street}, ${cityLine(place)}`,
    `${street}, ${cityLine({ ...place, zip: null })}`,
    `${street}, ${place.city}`,
  ]);

/** The street part of an address, in care of somebody where it is. */
export const streetLine = ({ careOf, line1, line2 }: PanelAddress): string =>
  [careOf && `c/o ${careOf}`, line1, line2].filter(Boolean).join(', ');

/** The header of the status card: `CURRENT · PAST DUE`, and its look. */
export function statusTitle(panel: Panel, glyphs: Glyphs): { readonly text: string; readonly tone: Tone } {
  const { account, status } = panel;
  const life = account ? ACTIVITY[account.activity] : 'NO ACCOUNT';
  if (!status || status.standing === 'current') {
    return { text: life, tone: account?.activity === 'current' ? 'good' : 'title' };
  }
  const on = status.standing === 'shutoff' ? ` ${status.shutoffScheduledOn?.slice(5) ?? ''}` : '';
  const dot = glyphs.name === 'ascii' ? '-' : '·';
  return { text: `${life} ${dot} ${STANDING[status.standing]}${on}`, tone: 'bad' };
}

/** The figures of the status card, each as date, amount and marks. */
export interface StatusFigures {
  readonly balance: string;
  readonly pastDue: string;
  readonly billed: { readonly on: string; readonly amount: string } | null;
  /** The due date, `G` behind it while a grace note is in force. */
  readonly due: string;
  readonly grace: string;
  readonly paid: { readonly on: string; readonly amount: string; readonly unposted: boolean } | null;
  readonly unposted: string;
}

export function statusFigures(status: PanelStatus, today: CivilDate): StatusFigures {
  const { lastBilled, lastPayment, graceOn } = status;
  const due = lastBilled?.dueOn ? shortDate(lastBilled.dueOn, today) : '';
  return {
    balance: formatCents(status.balanceCents),
    pastDue: formatCents(status.pastDueCents),
    billed: lastBilled && { on: shortDate(lastBilled.on, today), amount: formatCents(lastBilled.cents) },
    due: graceOn === null ? due : `${due} G`.trim(),
    grace: graceOn === null ? '' : shortDate(graceOn, today),
    paid: lastPayment && {
      on: shortDate(lastPayment.on, today),
      amount: formatCents(lastPayment.cents),
      unposted: lastPayment.unposted,
    },
    unposted: status.unpostedCents === 0 ? '' : formatCents(status.unpostedCents),
  };
}

/** What the service location card says, in the order of importance; nothing that was not entered. */
export function miscFacts(location: PanelLocation): { readonly label: string; readonly value: string }[] {
  const facts = [
    { label: 'Cycle', value: location.cycle?.code ?? '' },
    { label: 'Route', value: location.route?.code ?? '' },
    { label: 'Class', value: location.revenueClass?.code ?? '' },
    { label: 'Owner', value: location.ownerName ?? '' },
    { label: 'Parcel', value: location.parcelNumber ?? '' },
    { label: 'Desc', value: location.description ?? '' },
  ];
  return facts.filter(({ value }) => value !== '');
}
