import type { ReactNode } from 'react';
import { customerDetails } from '#services/customers/details.ts';
import type { CustomerDetails } from '#services/customers/customer-details.ts';
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
  /** Whose information it shows. */
  readonly subject: (subject: PanelSubject) => { customerId: number | null; accountId: number | null };
}

const empty: DocPage = { columns: [] };

/** A tab about a customer: the resident, or the owner of a rental. */
function customerTabOf({ id, title, who, exists, subject }: CustomerTabKind): TabDefinition<CustomerTabState> {
  const pageOf = ({ details, sensitive }: CustomerTabState, size: TabViewProps<CustomerTabState>['size']): DocPage =>
    details ? customerPage(details, sensitive, size, who) : empty;
  const lens: DocLens<CustomerTabState> = {
    scope: id,
    page: (ctx) => pageOf(ctx.get(), ctx.size()),
    get: ({ doc }) => doc,
    set: (doc) => ({ doc }),
  };
  const load = async (ctx: TabContext<CustomerTabState>): Promise<void> => {
    const { customerId, accountId } = subject(ctx.params);
    if (customerId === null) return;
    const details = await ctx.call(customerDetails, { customerId, accountId });
    ctx.set({ details, sensitive: await ctx.call(listSensitive, { customerId }) });
  };
  return {
    id,
    title,
    permission: 'customers.read',
    exists,
    create: () => ({ details: null, sensitive: [], doc: newDoc }),
    load,
    commands: [
      ...docCommands(lens),
      ...sensitiveCommands<CustomerTabState>({
        scope: id,
        customerId: ({ params }) => subject(params).customerId,
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
  subject: ({ customerId, accountId }) => ({ customerId, accountId }),
});

export const ownerTab = customerTabOf({
  id: 'owner',
  title: 'Owner',
  who: 'Owner',
  exists: ({ ownerId }) => ownerId !== null,
  subject: ({ ownerId }) => ({ customerId: ownerId, accountId: null }),
});
