import type { AnyOperation } from '../operation.ts';
import { dropKeys, keyStates, newKey } from './key-operations.ts';
import { clearSensitive, setSensitive, setSensitiveDetail } from './change.ts';
import { findBySensitive } from './find.ts';
import { listSensitive, readSensitive } from './list.ts';
import { revealSensitive } from './reveal.ts';

/** Sensitive numbers of customers. */
export const secretOperations: readonly AnyOperation[] = [
  setSensitive,
  setSensitiveDetail,
  clearSensitive,
  listSensitive,
  readSensitive,
  revealSensitive,
  findBySensitive,
  keyStates,
  newKey,
  dropKeys,
];
