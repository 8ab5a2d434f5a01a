import { findReceipt } from './find.ts';

export const receiptOperations = [findReceipt] as const;
