import { z } from 'zod';
import { holdsSsn, REVEAL_REASONS, type RevealReason, SENSITIVE_NAMES, written } from '#domain/sensitive.ts';
import { Failure } from '../failure.ts';
import { command } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { reauthenticate, spendProof } from '../users/reauthenticate.ts';
import { placeOf, subjectOf, whichNumber } from './place.ts';
import { type Allowance, assertAllowance, assertAllowanceFlagged } from './rate.ts';
import { findSealed } from './store.ts';
import type { OpenVault, Place } from './vault.ts';

const ALLOWANCE: Allowance = {
  operation: 'sensitive.reveal',
  times: 10,
  withinMs: 3_600_000,
  words: 'You have seen ten sensitive numbers within an hour; that is the most. Ask your supervisor.',
};

/** How long a revealed number may stay on a screen. */
export const SHOWN_MS = 30_000;

const reasons = Object.keys(REVEAL_REASONS) as [RevealReason, ...RevealReason[]];

/** A revealed number. Whoever gets it shows it for at most {@link SHOWN_MS} and keeps it nowhere. */
export interface Revealed {
  readonly name: string;
  readonly value: string;
  readonly detail: string | null;
}

/** What the transaction leaves behind for opening the value. */
type Opened = Revealed & { readonly place?: Place };

/**
 * Shows a sensitive number, to somebody who has just proved who they are and said why. The
 * audit row is on the disk before the value is opened (guide: reliability §5.4).
 */
export const revealSensitive = command({
  name: 'sensitive.reveal',
  summary: 'Show a sensitive number, after signing in once more and saying why',
  permission: 'sensitive.reveal',
  secret: true,
  input: whichNumber.extend({
    reason: z.enum(reasons, 'Choose why.'),
    explanation: typedText(500)
      .trim()
      .min(5, 'Say in a few words what it is needed for.')
      .refine((text) => !holdsSsn(text), 'Leave numbers of persons out: this is kept in the audit trail.'),
    password: shortText(1000).default('').describe('empty for who has none because the operating system signs in'),
    code: shortText(40).default('').describe('of the second factor, where there is one'),
  }),
  subject: subjectOf,
  prepare: async (input, { database, actor, now, vault }) => {
    await assertAllowanceFlagged(database, actor, ALLOWANCE, now);
    const { password, code } = input;
    spendProof(actor, await reauthenticate(database, actor, { password, ...(code ? { code } : {}) }, now), now);
    return vault.unlock();
  },
  run: async (ctx, input, _open: OpenVault): Promise<Opened> => {
    await assertAllowance(ctx.db, ctx.actor, ALLOWANCE, ctx.now);
    const place = await placeOf(ctx.db, input);
    const row = await findSealed(ctx.db, place);
    if (!row) throw new Failure('not_found', 'No such number is kept.');
    const { customerId, kind } = input;
    ctx.audit({
      entity: place.entity,
      entityId: place.entityId,
      customerId,
      changes: { shown: [null, kind] },
      reason: `${input.reason}: ${input.explanation}`,
    });
    return { name: SENSITIVE_NAMES[kind], value: row.sealed, detail: row.detail, place };
  },
  committed: ({ name, value, detail, place }, open): Opened => ({
    name,
    value: written(place!.kind as keyof typeof SENSITIVE_NAMES, open.open(value, place!)),
    detail,
  }),
});
