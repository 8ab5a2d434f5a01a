import { getBatch, listBatches } from './list.ts';
import { postBatchStep } from './post.ts';
import { balanceBatch, deleteBatch, editBatch, openBatch, reopenBatch } from './state.ts';

export const batchOperations = [
  listBatches,
  getBatch,
  openBatch,
  editBatch,
  balanceBatch,
  reopenBatch,
  deleteBatch,
  postBatchStep,
] as const;
