import type { Recalled } from '#ui/screen.ts';
import type { PanelState } from './model.ts';

/** The record that the panel shows, as the list of those opened lately has it. */
export function recallOf({ panel }: PanelState): Recalled | null {
  if (!panel) return null;
  const { account, customer, location } = panel;
  const label = (number: string, name: string | undefined) => [number, name].filter(Boolean).join(' ');
  if (account) {
    const params = { accountId: account.id };
    return {
      key: `account ${account.id}`,
      label: label(account.number, customer?.name),
      detail: location?.line1 ?? '',
      params,
    };
  }
  if (customer) {
    const params = { customerId: customer.id };
    return {
      key: `customer ${customer.id}`,
      label: label(customer.number, customer.name),
      detail: 'no account',
      params,
    };
  }
  if (!location) return null;
  const params = { locationId: location.id };
  return { key: `location ${location.id}`, label: label(location.number, location.line1), detail: 'vacant', params };
}
