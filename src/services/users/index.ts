import type { AnyOperation } from '../operation.ts';
import { addFirstUser, addUser } from './add.ts';
import { disableUser, enableUser, setPassword, unlockUser } from './change.ts';
import { beginTotp, confirmTotp, removeOwnTotp, resetTotp } from './enrolment.ts';
import { listGroups, listUsers } from './list.ts';
import { setOsUser } from './os-sign-in.ts';
import { changeOwnPassword } from './own-password.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

/** Users, groups and tokens. */
export const userOperations: readonly AnyOperation[] = [
  addUser,
  addFirstUser,
  listUsers,
  setPassword,
  unlockUser,
  changeOwnPassword,
  setOsUser,
  beginTotp,
  confirmTotp,
  removeOwnTotp,
  resetTotp,
  disableUser,
  enableUser,
  listGroups,
  createToken,
  listTokens,
  revokeToken,
];
