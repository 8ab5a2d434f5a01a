import { historyAgeing } from './ageing.ts';
import { historyDetails } from './details.ts';
import { explainBalance } from './explain.ts';
import { invoiceDetails } from './invoice.ts';
import { historyTotals, listHistory } from './list.ts';
import { paymentDetails } from './payment.ts';
import { historyChoices } from './statements.ts';

export const historyOperations = [
  listHistory,
  historyTotals,
  historyDetails,
  invoiceDetails,
  paymentDetails,
  historyChoices,
  historyAgeing,
  explainBalance,
] as const;
