import type { CustomerIdentity } from '#services/customers/customer-details.ts';
import { PARTS } from '../../../../parts.ts';
import type { CustomerPart } from '../part.ts';
import { identityLines } from './lines.ts';

/** The Customer ID section, which stands before the parts. */
export const identityPart: CustomerPart<CustomerIdentity> = {
  id: 'id',
  title: 'Customer',
  short: 'Customer',
  number: PARTS.id,
  permission: null,
  edit: 'customers.edit',
  early: true,
  load: async ({ details }) => details.identity,
  alert: () => false,
  lines: identityLines,
};
