import type { CustomerDetails } from '#services/customers/customer-details.ts';
import { PARTS } from '../../../../parts.ts';
import type { CustomerPart } from '../part.ts';
import { addressLines } from './lines.ts';

/** Addresses, phones, e-mail and how notices go out. */
export const addressPart: CustomerPart<CustomerDetails> = {
  id: 'address',
  title: 'Address',
  short: 'Address',
  number: PARTS.contact,
  permission: null,
  edit: 'customers.edit',
  early: true,
  load: async ({ details }) => details,
  alert: () => false,
  lines: addressLines,
};
