import { adjustBill } from './adjust-bill.ts';
import { deleteUnposted, editAdjustment, enterAdjustment } from './adjust.ts';
import { approve, listApprovals, previewApproval, refuse, withdraw } from './approvals.ts';
import { billLines } from './bill.ts';
import { billNow } from './bill-special-charges.ts';
import type { AnyOperation } from '../operation.ts';
import { applyCredit, convertCredit } from './credit.ts';
import { correctionFacts } from './facts.ts';
import { correctRefund, deleteRefund, enterRefund } from './refund.ts';
import { numberChecks, refundCandidates, runRefunds } from './refund-run.ts';
import { reinstate } from './reinstate.ts';
import { editReturnFee } from './return-fee.ts';
import { chargeBack, returnPayment } from './return-payment.ts';
import { reverseCharges } from './reverse-charges.ts';
import { reversePayment } from './reverse-payment.ts';
import { addSpecialCharge, editSpecialCharge, listSpecialCharges, removeSpecialCharge } from './special-charges.ts';
import { listTenders } from './tenders.ts';
import { transferBalance } from './transfer-balance.ts';
import { transferPayment } from './transfer-payment.ts';
import { runWriteOffs, writeOffCandidates } from './write-off-run.ts';
import { writeOff } from './write-off.ts';

/** Each with its preview. */
const corrections = [
  addSpecialCharge,
  adjustBill,
  applyCredit,
  billNow,
  chargeBack,
  convertCredit,
  correctRefund,
  editAdjustment,
  editReturnFee,
  editSpecialCharge,
  enterAdjustment,
  enterRefund,
  reinstate,
  removeSpecialCharge,
  returnPayment,
  reverseCharges,
  reversePayment,
  transferBalance,
  transferPayment,
  writeOff,
];

export const correctionOperations: readonly AnyOperation[] = [
  ...corrections.flatMap(({ command, preview }): AnyOperation[] => [command, preview]),
  approve,
  billLines,
  correctionFacts,
  deleteRefund,
  deleteUnposted,
  listApprovals,
  listSpecialCharges,
  listTenders,
  numberChecks,
  previewApproval,
  refundCandidates,
  refuse,
  runRefunds,
  runWriteOffs,
  withdraw,
  writeOffCandidates,
];
