/** As it stands on receipts. */
export const receiptNumber = (n: number): string => `R${String(n).padStart(7, '0')}`;
