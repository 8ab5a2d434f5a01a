import type { AnyOperation } from '../operation.ts';
import { saveNumberedContacts } from './numbered.ts';
import { contactNumbers } from './numbers.ts';
import { contactDetails, listContacts } from './read.ts';
import { saveContacts } from './save.ts';

export const contactOperations: readonly AnyOperation[] = [
  listContacts,
  contactDetails,
  contactNumbers,
  saveContacts,
  saveNumberedContacts,
];
