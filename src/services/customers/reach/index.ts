import type { AnyOperation } from '../../operation.ts';
import { addresses, emails, phones } from './kinds.ts';
import { emailNotices, readNotices, setNotices } from './notices.ts';
import { reachOperations } from './operations.ts';
import { placeOfZip } from './place.ts';

export const addressOperations = reachOperations(addresses);
export const phoneOperations = reachOperations(phones);
export const emailOperations = reachOperations(emails, emailNotices);

export const reachedBy: readonly AnyOperation[] = [
  ...Object.values(addressOperations),
  ...Object.values(phoneOperations),
  ...Object.values(emailOperations),
  readNotices,
  setNotices,
  placeOfZip,
];
