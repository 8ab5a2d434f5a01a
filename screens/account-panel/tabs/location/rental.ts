import type { Command } from '#keymap/command.ts';
import { may } from '#services/actor.ts';
import { locationOwners } from '#services/locations/owners.ts';
import { setRental } from '#services/locations/rental.ts';
import { undoably } from '#ui/undo.ts';
import type { TabContext } from '../../tab.ts';

/** The location's name among the changes that can be taken back. */
export const locationRecord = (locationId: number): string => `location ${locationId}`;

/** Marks the location as a rental, or takes the mark away once it is known whom that ends. */
export async function turnRental<S>(ctx: TabContext<S>): Promise<void> {
  const { locationId } = ctx.params;
  if (locationId === null) return;
  if (!may(ctx.actor, setRental.permission)) {
    return ctx.toast(`You may not change locations (${setRental.permission}).`, 'warning');
  }
  const { rental, version, periods } = await ctx.call(locationOwners, { locationId, accountId: null });
  const owner = periods.find(({ toOn }) => toOn === null);
  if (rental && owner) {
    const sure = await ctx.confirm({
      title: 'No rental any more?',
      lines: [`${owner.name} has owned it since ${owner.fromOn} and does so no longer from today.`],
      action: 'No rental',
    });
    if (!sure) return;
  }
  await undoably(ctx.undo, {
    title: rental ? 'No rental any more' : 'Mark as a rental',
    record: locationRecord(locationId),
    version,
    run: () => ctx.call(setRental, { locationId, version, rental: !rental }),
    back:
      ({ ended }) =>
      (at, how) =>
        ctx.call(setRental, { locationId, version: at, rental, reopens: ended }, how),
  });
  await ctx.reload();
  ctx.toast(rental ? 'It is no rental any more.' : 'It is a rental: the Owner tab names who owns it.', 'good');
}

/** The mark as a command. */
export const rentalCommand = <S>(): Command<TabContext<S>> => ({
  id: 'location.rental',
  title: 'Mark as a rental, or no longer',
  group: 'record',
  keys: ['R'],
  permission: 'locations.edit',
  background: true,
  when: ({ params }) => (params.locationId === null ? 'There is no location here.' : true),
  run: turnRental,
});
