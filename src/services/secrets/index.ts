import type { AnyOperation } from '../operation.ts';
import { dropKeys, keyStates, newKey } from './key-operations.ts';
import { clearSensitive, setSensitive } from './change.ts';
import { findBySensitive } from './find.ts';
import { listSensitive } from './list.ts';
import { revealSensitive } from './reveal.ts';

/** Sensitive numbers of customers. */
export const secretOperations: readonly AnyOperation[] = [
  setSensitive,
  clearSensitive,
  listSensitive,
  revealSensitive,
  findBySensitive,
  keyStates,
  newKey,
  dropKeys,
];
