import type { Ownership } from '#services/locations/owners.ts';
import { blank, fact, heading, yesNo } from '../../document/lines.ts';
import type { DocLine } from '../../document/model.ts';

/** The names below one another, and from when to when each owned it. */
const labelWidth = 20;

/** Who owns the rental since when, whether copies of bills go there, and who owned it before. */
export function ownershipLines(data: unknown): DocLine[] {
  const { account, periods } = data as Ownership;
  const owner = periods.find(({ toOn }) => toOn === null);
  const former = periods.filter(({ toOn }) => toOn !== null);
  return [
    heading('Ownership'),
    ...(owner
      ? [
          fact('ownership.owner', 'Owner', [owner.number, owner.name].filter(Boolean).join(' '), { labelWidth }),
          fact('ownership.since', 'Owner since', owner.fromOn, { labelWidth }),
        ]
      : [
          fact('ownership.owner', 'Owner', 'Nobody is named; Enter or N names who owns it.', {
            labelWidth,
            tone: 'warning',
          }),
        ]),
    ...(account ? [fact('ownership.copy', 'Copies of bills', yesNo(account.ownerCopy), { labelWidth })] : []),
    ...(former.length > 0 ? [blank('former'), heading('Owners before')] : []),
    ...former.map(({ id, name, fromOn, toOn }) =>
      fact(`ownership.${id}`, `${fromOn} to ${toOn}`, name, { labelWidth: 24 }),
    ),
    blank('ownership'),
  ];
}
