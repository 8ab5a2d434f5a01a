import type { AnyOperation } from '../operation.ts';
import { addFirstUser, addUser } from './add.ts';
import { disableUser, enableUser, setPassword } from './change.ts';
import { changeUser } from './change-user.ts';
import { addGroup, changeGroup, removeGroup } from './groups.ts';
import { listGroups } from './list-groups.ts';
import { listUsers } from './list.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

/** Users, groups and tokens. */
export const userOperations: readonly AnyOperation[] = [
  addUser,
  addFirstUser,
  listUsers,
  setPassword,
  disableUser,
  enableUser,
  changeUser,
  listGroups,
  addGroup,
  changeGroup,
  removeGroup,
  createToken,
  listTokens,
  revokeToken,
];
