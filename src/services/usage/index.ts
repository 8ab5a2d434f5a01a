import { listUsage } from './list.ts';

export const usageOperations = [listUsage] as const;
