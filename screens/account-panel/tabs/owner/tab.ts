import { ownerDetails } from '#services/customers/details.ts';
import type { TabDefinition } from '../../tab.ts';
import type { CustomerTabState } from '../customer/frame/state.ts';
import { customerTabOf } from '../customer/tab.tsx';
import { nameOwner, OWNERSHIP, ownershipCommands, ownershipEnter, readOwnership } from './commands.ts';
import { ownershipLines } from './lines.ts';

const ownersTab = customerTabOf({
  id: 'owner',
  title: 'Owner',
  exists: ({ rental }) => rental,
  whose: ({ ownerId }) => ownerId,
  permission: 'owners.read',
  beside: { id: OWNERSHIP, load: readOwnership, lines: ownershipLines, enter: ownershipEnter },
  fetch: (call, { locationId, ownerId }) =>
    locationId === null || ownerId === null ? null : call(ownerDetails, { locationId }),
});

/** Who owns a rental: the same as of a customer, with the history of owners. */
export const ownerTab: TabDefinition<CustomerTabState> = {
  ...ownersTab,
  commands: [...ownersTab.commands, ...ownershipCommands],
  forms: {
    ...ownersTab.forms,
    'owner.name': async (ctx) => {
      await nameOwner(ctx);
      return true;
    },
  },
};
