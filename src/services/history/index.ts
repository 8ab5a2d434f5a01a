import { historyDetails } from './details.ts';
import { historyTotals, listHistory } from './list.ts';
import { historyChoices } from './statements.ts';

export const historyOperations = [listHistory, historyTotals, historyDetails, historyChoices] as const;
