import type { PanelSubject } from '../../tab.ts';

/** Of whom the reads are: of all residents of the location, or of one account. */
export type UsageScope = 'location' | 'account';

/** What there can be reads of, the wider first. */
export const scopesOf = ({ locationId, accountId }: PanelSubject): UsageScope[] => [
  ...(locationId === null ? [] : ['location' as const]),
  ...(accountId === null ? [] : ['account' as const]),
];
