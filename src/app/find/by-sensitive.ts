import { FINDABLE_KINDS, SENSITIVE_LONGEST, SENSITIVE_NAMES } from '#domain/sensitive.ts';
import { findBySensitive, type FoundByNumber } from '#services/secrets/find.ts';
import type { Shell } from '../shell/shell.ts';

const kinds = FINDABLE_KINDS.map((value) => ({ value, label: SENSITIVE_NAMES[value] }));

/**
 * Finds a customer by a whole sensitive number, typed where nobody reads along and kept
 * nowhere: not among what was looked for, nor in a draft.
 */
export async function findBySensitiveNumber(shell: Shell): Promise<void> {
  const { desk } = shell.session;
  const found = await desk.form<{ kind: string; value: string }, readonly FoundByNumber[]>({
    title: 'Find by sensitive number',
    verb: 'Find',
    today: desk.today,
    initial: { kind: 'ssn', value: '' },
    fields: [
      { name: 'kind', label: 'Number', kind: 'code', choices: kinds, required: true },
      {
        name: 'value',
        label: 'Whole number',
        kind: 'secret',
        required: true,
        maxLength: SENSITIVE_LONGEST,
        help: 'The audit trail tells who looked, not for what.',
      },
    ],
    save: ({ kind, value }) => desk.call(findBySensitive, { kind: kind as (typeof FINDABLE_KINDS)[number], value }),
  });
  if (found === null) return;
  if (found.length === 0) return desk.toast('No customer has this number.', 'info');
  const chosen =
    found.length === 1
      ? found[0]!
      : await desk.choose(
          'Customers with this number',
          found.map((value) => ({ value, label: value.name, detail: `${value.number}  ${value.masked}` })),
        );
  if (chosen) desk.open('account', { customerId: chosen.customerId });
}
