import { listCodeValues } from './values.ts';

export const codeTableOperations = [listCodeValues] as const;
