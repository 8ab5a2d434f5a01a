import type { ReactNode } from 'react';
import { may } from '#services/actor.ts';
import { customerDetails, ownerDetails } from '#services/customers/details.ts';
import type { CustomerDetails } from '#services/customers/customer-details.ts';
import type { Call } from '#services/operation.ts';
import { docCommands, type DocLens, revealIn } from '../../document/commands.ts';
import { type DocPage, type DocState, newDoc } from '../../document/model.ts';
import { Document } from '../../document/view.tsx';
import type { PanelSubject, TabContext, TabDefinition, TabViewProps } from '../../tab.ts';
import { listSensitive } from '#services/secrets/list.ts';
import { customerPage } from './page.ts';
import { sensitiveCommands, type SensitiveState } from './sensitive.ts';

interface CustomerTabState extends SensitiveState {
  readonly details: CustomerDetails | null;
  readonly doc: DocState;
}

interface CustomerTabKind {
  readonly id: string;
  readonly title: string;
  /** How the ID section is headed. */
  readonly who: string;
  readonly exists: (subject: PanelSubject) => boolean;
  readonly permission: string;
  /** The customer whom it is about. */
  readonly whose: (subject: PanelSubject) => number | null;
  /** Whose information it shows; null where there is nobody. */
  readonly fetch: (call: Call, subject: PanelSubject) => Promise<CustomerDetails> | null;
}

const empty: DocPage = { columns: [] };

/** A tab about a customer: the resident, or the owner of a rental. */
function customerTabOf({
  id,
  title,
  who,
  permission,
  exists,
  whose,
  fetch,
}: CustomerTabKind): TabDefinition<CustomerTabState> {
  const pageOf = ({ details, sensitive }: CustomerTabState, size: TabViewProps<CustomerTabState>['size']): DocPage =>
    details ? customerPage(details, sensitive, size, who) : empty;
  const lens: DocLens<CustomerTabState> = {
    scope: id,
    page: (ctx) => pageOf(ctx.get(), ctx.size()),
    get: ({ doc }) => doc,
    set: (doc) => ({ doc }),
  };
  const load = async (ctx: TabContext<CustomerTabState>): Promise<void> => {
    const details = await fetch(ctx.call, ctx.params);
    const customerId = whose(ctx.params);
    if (!details || customerId === null) return;
    const readable = may(ctx.actor, listSensitive.permission);
    ctx.set({ details, sensitive: readable ? await ctx.call(listSensitive, { customerId }) : [] });
  };
  return {
    id,
    title,
    permission,
    exists,
    create: () => ({ details: null, sensitive: [], doc: newDoc }),
    load,
    commands: [
      ...docCommands(lens),
      ...sensitiveCommands<CustomerTabState>({
        scope: id,
        customerId: ({ params }) => whose(params),
        reload: load,
      }),
    ],
    reveal: (ctx, part) => revealIn(lens, ctx, part),
    View: ({ state, size, theme }: TabViewProps<CustomerTabState>): ReactNode => (
      <Document page={pageOf(state, size)} state={state.doc} size={size} theme={theme} />
    ),
  };
}

export const customerTab = customerTabOf({
  id: 'customer',
  title: 'Customer',
  who: 'Customer',
  exists: ({ customerId }) => customerId !== null,
  whose: ({ customerId }) => customerId,
  permission: 'customers.read',
  fetch: (call, { customerId, accountId }) =>
    customerId === null ? null : call(customerDetails, { customerId, accountId }),
});

export const ownerTab = customerTabOf({
  id: 'owner',
  title: 'Owner',
  who: 'Owner',
  exists: ({ ownerId }) => ownerId !== null,
  whose: ({ ownerId }) => ownerId,
  permission: 'owners.read',
  fetch: (call, { locationId }) => (locationId === null ? null : call(ownerDetails, { locationId })),
});
