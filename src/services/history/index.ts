import { historyAgeing } from './ageing.ts';
import { historyDetails } from './details.ts';
import { explainBalance } from './explain.ts';
import { historyTotals, listHistory } from './list.ts';
import { historyChoices } from './statements.ts';

export const historyOperations = [
  listHistory,
  historyTotals,
  historyDetails,
  historyChoices,
  historyAgeing,
  explainBalance,
] as const;
