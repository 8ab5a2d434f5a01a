import { STATE_NAMES } from '#domain/postal.ts';
import { DETAIL_NAMES, lastFour, masked, plainValue, SENSITIVE_LONGEST, valueProblem } from '#domain/sensitive.ts';
import { may } from '#services/actor.ts';
import { setSensitive, setSensitiveDetail } from '#services/secrets/change.ts';
import type { WhichNumber } from '#services/secrets/place.ts';
import { readSensitive, type SensitiveLine } from '#services/secrets/list.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { PartContext } from '../part.ts';

type NumberValues = FormValues & {
  readonly value: string;
  readonly detail: string;
  /** What may be shown of the number that is kept. */
  readonly masked: string;
};

/** The customer, or a contact with the customer or the location that it goes with. */
export type WhoseNumber = Pick<WhichNumber, 'customerId' | 'locationId' | 'contactId'>;

type Kept = Pick<SensitiveLine, 'masked' | 'detail'>;

const valuesOf = (kept: Kept): NumberValues => ({ value: '', detail: kept.detail ?? '', masked: kept.masked ?? '' });

/** The last four of what was typed, for who may see those of any number. */
const maskTyped =
  (kind: SensitiveLine['kind'], seesLastFour: boolean) =>
  (typed: string): string =>
    masked(kind, seesLastFour ? lastFour(kind, plainValue(kind, typed)) : null);

/** The state of a licence is chosen; F4 shows them. */
const detailKind = (kind: SensitiveLine['kind']): Pick<FormField, 'kind' | 'choices'> =>
  kind === 'licence'
    ? { kind: 'code', choices: Object.entries(STATE_NAMES).map(([value, label]) => ({ value, label })) }
    : { kind: 'text' };

function fieldsOf({ kind, name }: SensitiveLine, seesLastFour: boolean): readonly FormField[] {
  const detail = DETAIL_NAMES[kind];
  return [
    {
      name: 'value',
      label: name,
      kind: 'secret',
      date: kind === 'birth-date',
      required: true,
      maxLength: SENSITIVE_LONGEST,
      check: (typed) => valueProblem(kind, plainValue(kind, typed)),
      mask: { kept: 'masked', typed: maskTyped(kind, seesLastFour) },
      help:
        kind === 'birth-date' ? 'Like 4/7/1961 or 1961-04-07. It is sealed.' : 'Hidden while it is typed, and sealed.',
    },
    ...(detail ? [{ name: 'detail', label: detail, required: true, maxLength: 9, ...detailKind(kind) } as const] : []),
  ];
}

/**
 * Enters or changes a number; answers what was done, in words. When somebody else was faster both
 * are told apart by their masks; left to the other, theirs stays, with the detail that was chosen.
 */
export function numberForm(
  ctx: Pick<PartContext, 'call' | 'actor' | 'today'>,
  line: SensitiveLine,
  whose: WhoseNumber,
): FormDefinition<NumberValues, string> {
  const { kind, autopayId, name } = line;
  const which = { ...whose, kind, autopayId };
  let kept: Kept = line;
  return {
    title: `${line.version === null ? 'Enter' : 'Change'}: ${name}`,
    today: ctx.today,
    fields: fieldsOf(line, may(ctx.actor, 'sensitive.last4')),
    initial: valuesOf(line),
    // Versions begin at 1; 0 is none.
    version: line.version ?? 0,
    current: async () => {
      const { version, changedBy, changedAt, ...present } = await ctx.call(readSensitive, which);
      // With a number taken away went its detail, which is wanted again as soon as one is entered.
      kept = version === null ? { masked: null, detail: kept.detail } : present;
      return { values: valuesOf(kept), version: version ?? 0, changedBy, changedAt };
    },
    save: async ({ value, detail }, version) => {
      if (value !== '') {
        await ctx.call(setSensitive, { ...which, value, detail, version: version || null });
        return `Saved and sealed: ${name}`;
      }
      if (version === 0 || detail === (kept.detail ?? '')) return `Left as it was saved meanwhile: ${name}`;
      await ctx.call(setSensitiveDetail, { ...which, detail, version });
      return `Saved: ${DETAIL_NAMES[kind]} of ${name}`;
    },
  };
}
