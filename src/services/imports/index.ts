import type { AnyOperation } from '../operation.ts';
import { runImport } from './run.ts';

/** Imports of files. */
export const importOperations: readonly AnyOperation[] = [runImport];
