import { SIGN_UPS, TRIGGERS } from '#domain/deferred.ts';
import { formatCents } from '#domain/money.ts';
import type { Participation } from '#services/deferred/participation.ts';
import type { DocLine } from '../../../../document/model.ts';

/** Cells of the box before a name. */
const BOX = 4;

export const lineIdOf = ({ charge }: Participation): string => `deferred.${charge}`;

/** The charge that a line stands for, be it the first of its lines or not. */
export const chargeUnder = (rows: readonly Participation[], lineId: string | null): Participation | undefined =>
  rows.find((row) => lineId === lineIdOf(row) || lineId?.startsWith(`${lineIdOf(row)}:`));

/** `alice, 2026-11-21`, or how it is with those who have said nothing. */
const decidedBy = ({ decided, signUp }: Participation): string =>
  decided ? `${decided.by}, ${decided.on}` : `by default (${SIGN_UPS[signUp].toLowerCase()})`;

/** A box with each charge, ticked for who takes part; what it asks for, who decided, and what this year came to. */
export const deferredLines = (rows: readonly Participation[]): DocLine[] =>
  rows.flatMap((row): DocLine[] => {
    const id = lineIdOf(row);
    const copy = { label: 'the deferred charge', value: row.name };
    const more = (what: string, text: string): DocLine => ({
      id: `${id}:${what}`,
      pieces: [' '.repeat(BOX), [text, 'dim']],
      hang: BOX,
      copy,
    });
    return [
      { id, pieces: [row.participates ? '[x] ' : '[ ] ', row.name], hang: BOX, copy },
      more('terms', `${row.charge}, ${TRIGGERS[row.trigger].toLowerCase()}: ${row.amount}`),
      more('decided', decidedBy(row)),
      more('given', `charged this year ${formatCents(row.givenCents)}`),
    ];
  });
