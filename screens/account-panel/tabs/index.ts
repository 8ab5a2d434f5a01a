import type { AnyTab } from '../tab.ts';
import { historyTab } from './history/tab.ts';
import { notesTab } from './notes/tab.ts';
import { usageTab } from './usage/tab.ts';

/** The tabs in the order of the bar; the digit of each is its place among those that exist. */
export const tabs: readonly AnyTab[] = [notesTab, historyTab, usageTab];
