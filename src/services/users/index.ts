import type { AnyOperation } from '../operation.ts';
import { addFirstUser, addUser } from './add.ts';
import { disableUser, enableUser, setPassword } from './change.ts';
import { listGroups, listUsers } from './list.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

/** Users, groups and tokens. */
export const userOperations: readonly AnyOperation[] = [
  addUser,
  addFirstUser,
  listUsers,
  setPassword,
  disableUser,
  enableUser,
  listGroups,
  createToken,
  listTokens,
  revokeToken,
];
