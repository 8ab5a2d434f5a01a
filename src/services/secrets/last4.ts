import { type Actor, may } from '../actor.ts';

/** Stands for the last four digits where they may not be seen. */
const HIDDEN = '••••';

/** A row with an automatic payment; its account's last four hidden from who may not see them. */
export const withoutLast4 = <R extends { readonly autopayLast4: string | null }>(actor: Actor, row: R): R =>
  row.autopayLast4 === null || may(actor, 'sensitive.last4') ? row : { ...row, autopayLast4: HIDDEN };
