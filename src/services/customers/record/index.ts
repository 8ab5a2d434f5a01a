import type { AnyOperation } from '../../operation.ts';
import { editRecord } from './edit.ts';
import { readRecord } from './read.ts';

export const recordOperations: readonly AnyOperation[] = [readRecord, editRecord];
