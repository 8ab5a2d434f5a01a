import type { ReactNode } from 'react';
import { may } from '#services/actor.ts';
import { locationDetails } from '#services/locations/details.ts';
import type { LocationDetails } from '#services/locations/location-details.ts';
import { serviceDetails } from '#services/locations/service.ts';
import type { Size } from '#ui/screen.ts';
import { docCommands, type DocLens, revealIn } from '../../document/commands.ts';
import { type DocPage, type DocState, lineAt, newDoc, placeOf } from '../../document/model.ts';
import { Document } from '../../document/view.tsx';
import type { TabContext, TabDefinition, TabViewProps } from '../../tab.ts';
import { depositCommands, showDeposit } from './deposit-commands.ts';
import { rentalCommand, turnRental } from './rental.ts';
import { locationPage } from './page.ts';
import { openRecord, readRecords, recordCommands, recordForms, type WithRecords } from './records.ts';
import { serviceText } from './service.ts';

interface LocationTabState extends WithRecords {
  readonly details: LocationDetails | null;
  readonly doc: DocState;
}

type Context = TabContext<LocationTabState>;

const pageOf = ({ details, records }: LocationTabState, size: Size): DocPage =>
  details ? locationPage(details, records, size) : { columns: [] };

/** The details of a service of the grid, with its meters and device history. */
async function openService(ctx: Context, serviceId: number): Promise<void> {
  const line = ctx.get().details?.services.find(({ id }) => id === serviceId);
  if (!line) return;
  const service = await ctx.call(serviceDetails, { accountId: line.accountId, serviceId });
  await ctx.show(service.name, serviceText(service));
}

/** Its details, for who may read deposits: that they are held everybody sees. */
async function openDeposit(ctx: Context, depositId: number): Promise<void> {
  if (may(ctx.actor, 'deposits.read')) await showDeposit(ctx, depositId);
  else ctx.toast('You may not read deposits (deposits.read).', 'warning');
}

const lens: DocLens<LocationTabState> = {
  scope: 'location',
  page: (ctx) => pageOf(ctx.get(), ctx.size()),
  get: ({ doc }) => doc,
  set: (doc) => ({ doc }),
  open: async (ctx, what, id) => {
    if (await openRecord(ctx, what, id)) return;
    if (what === 'rental') return turnRental(ctx);
    await (what === 'deposit' ? openDeposit(ctx, id) : openService(ctx, id));
  },
};

/** The record of a kind under the cursor. */
const under =
  (what: 'deposit' | 'code') =>
  (ctx: Context): number | null => {
    const page = pageOf(ctx.get(), ctx.size());
    const action = lineAt(page, placeOf(page, ctx.get().doc))?.action;
    return action?.kind === 'record' && action.what === what ? action.id : null;
  };

/** The Location tab: details, services with their balances, message center, deposits. */
export const locationTab: TabDefinition<LocationTabState> = {
  id: 'location',
  title: 'Location',
  permission: 'locations.read',
  exists: ({ locationId }) => locationId !== null,
  alert: ({ counts }) => counts.openOrders + counts.liens > 0,
  create: () => ({ details: null, records: null, doc: newDoc }),
  load: async (ctx: Context) => {
    const { locationId, accountId } = ctx.params;
    if (locationId === null) return;
    const details = await ctx.call(locationDetails, { locationId, accountId });
    const before = ctx.get();
    // Codes and fields come behind; of the same location those stay until then that were shown.
    const same = before.details?.facts.number === details.facts.number;
    ctx.set({ details, records: same ? before.records : null });
  },
  follow: async (ctx: Context) => {
    const { locationId } = ctx.params;
    if (locationId !== null) ctx.set({ records: await readRecords(ctx.call, locationId) });
  },
  commands: [
    ...docCommands(lens),
    rentalCommand<LocationTabState>(),
    ...depositCommands<LocationTabState>(under('deposit')),
    ...recordCommands<LocationTabState>(under('code')),
  ],
  forms: recordForms,
  reveal: (ctx, part) => revealIn(lens, ctx, part),
  View: ({ state, size, theme }: TabViewProps<LocationTabState>): ReactNode => (
    <Document page={pageOf(state, size)} state={state.doc} size={size} theme={theme} />
  ),
};
