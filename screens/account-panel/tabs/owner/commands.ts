import type { Command } from '#keymap/command.ts';
import { may } from '#services/actor.ts';
import { locationOwners, type Ownership } from '#services/locations/owners.ts';
import { setOwnerCopy } from '#services/locations/rental.ts';
import { setting } from '#ui/undo.ts';
import type { DocLens } from '../../document/commands.ts';
import type { DocLine } from '../../document/model.ts';
import type { TabContext } from '../../tab.ts';
import type { CustomerTabState } from '../customer/frame/state.ts';
import { ownerForm } from './name-owner.ts';

type Ctx = TabContext<CustomerTabState>;

/** Where the state keeps what the tab shows beside its customer. */
export const OWNERSHIP = 'ownership';

/** The ownership as it is now, whatever is shown. */
export const readOwnership = async ({ call, params }: Ctx): Promise<Ownership | null> => {
  const { locationId, accountId } = params;
  return locationId === null ? null : call(locationOwners, { locationId, accountId });
};

/** Names who owns the rental, or changes that. */
export async function nameOwner(ctx: Ctx): Promise<void> {
  const ownership = await readOwnership(ctx);
  if (!ownership) return;
  const saved = await ctx.form(ownerForm(ctx, ownership));
  if (saved === null) return;
  await ctx.reload();
  ctx.toast(saved.version === ownership.version ? 'The owner is who it was.' : 'Owner saved.', 'good');
}

async function turnCopy(ctx: Ctx): Promise<void> {
  const account = (await readOwnership(ctx))?.account;
  if (!account) return;
  const ownerCopy = !account.ownerCopy;
  const { id: accountId, version } = account;
  const change = { title: 'Copies of bills to the owner', record: `account ${accountId}`, version };
  await setting(ctx.undo, { ...change, before: !ownerCopy, after: ownerCopy }, (wanted, at, how) =>
    ctx.call(setOwnerCopy, { accountId, version: at, ownerCopy: wanted }, how),
  );
  await ctx.reload();
  ctx.toast(ownerCopy ? 'The owner gets copies of bills.' : 'The owner gets no copies of bills any more.', 'good');
}

const shown = (ctx: Ctx): Ownership | undefined => ctx.get().data[OWNERSHIP] as Ownership | undefined;

/** Why copies cannot be turned on or off, or true. */
function copied(ctx: Ctx): true | string {
  if (!shown(ctx)?.account) return 'There is no account here.';
  return shown(ctx)!.ownerId === null ? 'Nobody is named who would get them.' : true;
}

/** Commands on who owns the rental. */
export const ownershipCommands: readonly Command<Ctx>[] = [
  {
    id: 'owner.name',
    title: 'Name or change the owner',
    group: 'record',
    keys: ['N'],
    hint: 'Owner',
    footer: 60,
    permission: 'owners.edit',
    background: true,
    run: nameOwner,
  },
  {
    id: 'owner.new',
    title: 'Enter the owner as a new customer, to be named then',
    group: 'record',
    permission: 'customers.create',
    run: (ctx) => ctx.open('new-customer'),
  },
  {
    id: 'owner.copies',
    title: 'Send the owner copies of the bills, or no longer',
    group: 'record',
    keys: ['C'],
    permission: 'owners.edit',
    when: copied,
    run: turnCopy,
  },
];

const COPY = `${OWNERSHIP}.copy`;

/** Whether copies go out is turned on its line, who owns the rental is named on that of the owner. */
const isFormer = ({ id }: DocLine): boolean => /\.\d+$/.test(id);

/** Enter on the lines of the ownership: what their keys do. */
export const ownershipEnter: NonNullable<DocLens<CustomerTabState>['enter']> = {
  when: (ctx, line) => {
    if (!may(ctx.actor, 'owners.edit')) return 'You may not change who owns it (owners.edit).';
    if (isFormer(line)) return 'Who owned it before stays as it was.';
    return line.id === COPY ? copied(ctx) : true;
  },
  run: (ctx, { id }) => (id === COPY ? turnCopy(ctx) : nameOwner(ctx)),
};
