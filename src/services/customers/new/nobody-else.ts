import { formatCents } from '#domain/money.ts';
import { agreementWords, debtReasonProblem } from '#domain/same-person.ts';
import { Failure } from '../../failure.ts';
import type { CommandContext } from '../../operation.ts';
import type { AlikeCustomer } from './alike.ts';
import { compared, type Sought } from './check.ts';
import type { NewCustomer } from './input.ts';

/** Nobody who looks like the same person was passed over unseen, and no debt left behind without a word. */
export async function assertNobodyElse(ctx: CommandContext, input: NewCustomer, sought: Sought): Promise<void> {
  const { detail, billTo, others, debtReason } = input;
  const who = {
    firstName: detail.firstName || null,
    lastName: detail.lastName || null,
    businessName: detail.kind === 'individual' ? null : detail.businessName,
    phones: billTo.phones.map((one) => one.number),
    emails: billTo.emails.map((one) => one.address),
    streets: [billTo.address.line1],
  };
  const alike = await compared(ctx, who, sought);
  const unseen = alike.find(({ customerId }) => !others.includes(customerId));
  if (unseen)
    throw new Failure('refused', `${described(unseen)} Look whether it is the same person.`, {
      others: described(unseen),
    });
  const debtor = alike.find(({ leftDebt }) => leftDebt);
  const problem = debtor ? debtReasonProblem(debtReason) : null;
  if (debtor && problem) {
    const words = `${described(debtor)} ${debtOf(debtor)} Say why that is no hindrance.`;
    throw new Failure('refused', words, { debtReason: problem });
  }
}

const described = ({ number, name, agreements }: AlikeCustomer): string =>
  `Customer ${number}, ${name}: ${agreementWords(agreements)}.`;

const debtOf = ({ owedCents, writtenOffCents, inCollections }: AlikeCustomer): string =>
  [
    owedCents > 0 && `${formatCents(owedCents)} is owed.`,
    writtenOffCents > 0 && `${formatCents(writtenOffCents)} was written off.`,
    inCollections && 'An agency collects.',
  ]
    .filter(Boolean)
    .join(' ');
