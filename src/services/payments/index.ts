import { payableAccount } from './account.ts';
import { paymentDay } from './day.ts';
import { getPayment } from './get.ts';
import { postPayment } from './post.ts';
import { previewPayment } from './preview.ts';
import { recentPayments } from './recent.ts';
import { deletePayment, editPayment, enterPayment } from './write.ts';

export const paymentOperations = [
  payableAccount,
  previewPayment,
  enterPayment,
  editPayment,
  deletePayment,
  postPayment,
  getPayment,
  paymentDay,
  recentPayments,
] as const;
