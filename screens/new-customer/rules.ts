import { parseCents } from '#domain/money.ts';
import { stateProblem, zipProblem } from '#domain/reach.ts';
import { plainValue, type SensitiveKind, valueProblem } from '#domain/sensitive.ts';
import { newDeposit } from '#services/customers/new/input.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { z } from 'zod';

type Rule = Pick<FormField, 'check' | 'checkedWith'>;

/** What a rule of the command says against a value; null: nothing. */
const refusedBy = (rule: z.ZodType, value: unknown): string | null =>
  rule.safeParse(value).error?.issues[0]?.message ?? null;

/** Of a number that will be sealed. */
export const numberRule = (kind: SensitiveKind): Rule => ({
  check: (typed) => valueProblem(kind, plainValue(kind, typed)),
});

/** Of a postal code and a state: as the country writes them. */
export const zipRule: Rule = {
  check: (zip, { country }) => zipProblem(zip, String(country)),
  checkedWith: ['country'],
};
export const stateRule: Rule = {
  check: (state, { country }) => stateProblem(state, String(country)),
  checkedWith: ['country'],
};

/** Of a deposit. */
export const amountRule: Rule = { check: (typed) => refusedBy(newDeposit.shape.amountCents, parseCents(typed)) };
export const instalmentsRule: Rule = { check: (typed) => refusedBy(newDeposit.shape.instalments, Number(typed)) };
