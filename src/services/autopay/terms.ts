import { type AutopayTerms, plainTerms, termsProblems } from '#domain/autopay.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';
import type { Instrument } from './instruments.ts';

/** What is agreed, as the input brings it. */
export interface GivenTerms extends AutopayTerms {
  readonly notifyInAdvance: boolean;
  readonly authorisedOn: CivilDate | null;
}

/** What is agreed, as the record keeps it. @throws Failure `invalid`, with a message at each field */
export function checkedTerms(given: GivenTerms, today: CivilDate) {
  const { option, amountCents, drawOn, drawDays, notifyInAdvance, authorisedOn } = given;
  const problems = termsProblems(given);
  if (authorisedOn !== null && authorisedOn > today) problems.authorisedOn = 'The signature cannot be of a later day.';
  const [first] = Object.values(problems);
  if (first) throw new Failure('invalid', first, problems);
  const plain = plainTerms({ option, amountCents, drawOn, drawDays });
  return { ...plain, notifyInAdvance: notifyInAdvance ? 1 : 0, authorisedOn } as const;
}

type Facts = Readonly<Record<string, string | number | null>>;

/** Before and after of what differs. */
export function differences(instrument: Instrument, after: Facts): Record<string, [unknown, unknown]> {
  const before = instrument as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(after).flatMap(([field, value]) => {
      const was = before[field] ?? null;
      return was === value ? [] : [[field, [was, value] as [unknown, unknown]]];
    }),
  );
}

/** Changes the fields that differ and audits them; `hidden` are told of as changed, without their values. */
export function change(
  ctx: CommandContext,
  instrument: Instrument,
  after: Facts,
  hidden: readonly string[] = [],
): void {
  const changes = {
    ...differences(instrument, after),
    ...Object.fromEntries(hidden.map((field) => [field, ['•', '•'] as const])),
  };
  if (Object.keys(changes).length === 0) return;
  ctx.em.assign(instrument, after as never);
  ctx.audit({
    entity: 'AutopayInstruction',
    entityId: instrument.id,
    customerId: instrument.customer.id,
    changes,
  });
}
