import type { AnyTab } from '../tab.ts';
import { contactsTab } from './contacts/tab.ts';
import { customerTab } from './customer/tab.tsx';
import { historyTab } from './history/tab.ts';
import { locationTab } from './location/tab.tsx';
import { notesTab } from './notes/tab.ts';
import { ownerTab } from './owner/tab.ts';
import { usageTab } from './usage/tab.ts';

/** The tabs in the order of the bar; the digit of each is its place among those that exist. */
export const tabs: readonly AnyTab[] = [
  customerTab,
  contactsTab,
  locationTab,
  ownerTab,
  notesTab,
  historyTab,
  usageTab,
];
