import { arHistory } from './history.ts';

export const arOperations = [arHistory] as const;
