import { addCode } from './add.ts';
import { changeCode } from './change.ts';
import { listCodeSource, listCodeTables, readCode, readCodeTable, whereUsed } from './list.ts';
import { removeCode, reorderCode, restoreCode, retireCode } from './remove.ts';
import { listCodeValues } from './values.ts';

export const codeTableOperations = [
  listCodeValues,
  listCodeTables,
  readCodeTable,
  readCode,
  listCodeSource,
  whereUsed,
  addCode,
  changeCode,
  removeCode,
  retireCode,
  restoreCode,
  reorderCode,
] as const;
