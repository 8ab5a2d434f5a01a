import { importLockbox } from './import.ts';
import { listLockbox, lockboxFiles } from './list.ts';
import { resolveLockbox, returnLockbox } from './work.ts';

export const lockboxOperations = [importLockbox, listLockbox, lockboxFiles, resolveLockbox, returnLockbox] as const;
