import type { AnyOperation } from '../operation.ts';
import { addFirstUser, addUser } from './add.ts';
import { disableUser, enableUser, setPassword, unlockUser } from './change.ts';
import { changeUser } from './change-user.ts';
import { beginTotp, confirmTotp, removeOwnTotp, resetTotp, secondFactorState } from './enrolment.ts';
import { addGroup, changeGroup, removeGroup } from './groups.ts';
import { sessionHistory } from './history.ts';
import { listGroups } from './list-groups.ts';
import { listUsers } from './list.ts';
import { setOsUser } from './os-sign-in.ts';
import { changeOwnPassword } from './own-password.ts';
import { getGroup, getUser } from './present.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';

/** Users, groups and tokens. */
export const userOperations: readonly AnyOperation[] = [
  addUser,
  addFirstUser,
  listUsers,
  getUser,
  setPassword,
  unlockUser,
  changeOwnPassword,
  sessionHistory,
  setOsUser,
  secondFactorState,
  beginTotp,
  confirmTotp,
  removeOwnTotp,
  resetTotp,
  disableUser,
  enableUser,
  changeUser,
  listGroups,
  getGroup,
  addGroup,
  changeGroup,
  removeGroup,
  createToken,
  listTokens,
  revokeToken,
];
