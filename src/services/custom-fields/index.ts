import { indexField } from './indexing.ts';
import { customerFields, locationFields } from './read.ts';
import { saveCustomerFields, saveLocationFields } from './write.ts';

export const customFieldOperations = [
  customerFields,
  locationFields,
  saveCustomerFields,
  saveLocationFields,
  indexField,
] as const;
