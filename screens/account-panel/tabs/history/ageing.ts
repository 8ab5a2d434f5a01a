import { ageingLine } from '#ui/ageing.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import type { HistoryState } from './model.ts';

/** What is open by days past due: of the account, or in the view of a service of that service. */
export function ageingSegments({ ageing, picked }: HistoryState, theme: Theme, width: number): Segment[] {
  if (ageing === null) return [' '];
  if (picked.view !== 'service') {
    const { total, openCreditCents, serviceCreditCents } = ageing;
    return ageingLine(total, { openCents: openCreditCents, serviceCents: serviceCreditCents }, theme, width);
  }
  const one = ageing.services.find(({ serviceTypeId }) => serviceTypeId === picked.serviceTypeId)?.ageing;
  return ageingLine(one, { openCents: 0, serviceCents: one?.credit ?? 0 }, theme, width);
}
