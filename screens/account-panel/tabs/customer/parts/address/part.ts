import { mailLink } from '#domain/mail-link.ts';
import type { CustomerDetails } from '#services/customers/customer-details.ts';
import type { ReachRemoved } from '#services/customers/reach/operations.ts';
import { type Reverse, takingBack } from '#ui/undo.ts';
import { PARTS } from '../../../../parts.ts';
import { type CustomerPart, type PartContext, recordOf, type Removal } from '../part.ts';
import { besideOf, fillIn, otherNow } from './form.ts';
import type { ReachValues } from './exchange.ts';
import { type Reach, REACHES, reachOf } from './kinds.ts';
import { addressLines } from './lines.ts';
import { editNotices } from './notices.ts';

const isNotice = (lineId: string): boolean => lineId.startsWith('address.notices.');

async function add(ctx: PartContext, lineId: string | null): Promise<void> {
  const reach =
    lineId === null
      ? await ctx.choose(
          'Add what?',
          REACHES.toReversed().map((value) => ({ value, label: value.one })),
        )
      : reachOf(isNotice(lineId) ? 'address.email.' : lineId);
  if (reach) await fillIn(ctx, reach, null);
}

async function open(ctx: PartContext, lineId: string): Promise<void> {
  if (lineId === 'address.notices.web') ctx.toast('A web user is who has used the link that L sends.', 'info');
  else if (isNotice(lineId)) await editNotices(ctx);
  else await fillIn(ctx, reachOf(lineId), recordOf(lineId));
}

/** What is kept of one that was taken away, to bring it back. */
interface Gone {
  readonly noun: Reach['noun'];
  readonly values: ReachValues;
  /** How notices went out, where that ended with it. */
  readonly notices: ReachRemoved<ReachValues>['notices'];
}

/** What else happens when one is taken away. */
function consequences({ noun, word }: Reach, id: number, details: CustomerDetails): string[] {
  const list = { address: details.addresses, phone: details.phones, email: details.emails }[noun];
  const others = list.filter((one) => one.id !== id);
  const wasPrimary = list.some((one) => one.id === id && one.primary);
  const ending = noun === 'email' && others.length === 0 && details.identity.emailNotices;
  return [
    ...(wasPrimary && others.length > 0 ? [`Another ${word} becomes the primary one.`] : []),
    ...(ending ? ['It is the last one: e-mail notices end, and notices go by mail.'] : []),
  ];
}

function removal(ctx: PartContext, lineId: string): Removal | string {
  const id = recordOf(lineId);
  if (isNotice(lineId) || id === null) return 'Nothing on this line can be deleted.';
  const reach = reachOf(lineId);
  const { customerId, details } = ctx;
  const label = labelOf(reach, id, details);
  return {
    title: `Delete this ${reach.word}?`,
    lines: [label, ...consequences(reach, id, details)],
    action: 'Delete',
    run: async () => {
      const { version } = await reach.get(ctx.call, { customerId, id });
      const gone = await reach.remove(ctx.call, { customerId, id, version });
      const { removed: values, nowPrimary, notices } = gone;
      const kept: Gone = { noun: reach.noun, values, notices };
      const heir = nowPrimary === null ? '' : ` Primary is now ${nowPrimary}.`;
      const add: Reverse = (_, how, now) => {
        const other = gone.other && otherNow(gone.other, now);
        return reach.add(ctx.call, { customerId, values, notices, other }, how);
      };
      const undo = { ...takingBack(`${reach.noun} ${id}`, 0, add, besideOf(reach, gone)), from: version };
      return { told: `Deleted: ${label}.${heir}`, kept, undo };
    },
  };
}

function labelOf({ noun }: Reach, id: number, { addresses, phones, emails }: CustomerDetails): string {
  if (noun === 'address') return addresses.find((one) => one.id === id)?.line1 ?? '';
  if (noun === 'phone') return phones.find((one) => one.id === id)?.number ?? '';
  return emails.find((one) => one.id === id)?.address ?? '';
}

async function restore(ctx: PartContext, kept: unknown): Promise<string> {
  const { noun, values, notices } = kept as Gone;
  const reach = REACHES.find((one) => one.noun === noun)!;
  await reach.add(ctx.call, { customerId: ctx.customerId, values, notices });
  return `Brought back: ${reach.told(values)}`;
}

const emailAt = ({ emails }: CustomerDetails, lineId: string | null): string | undefined =>
  emails.find((one) => lineId === `address.email.${one.id}`)?.address ?? emails[0]?.address;

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
  open: (ctx, _, lineId) => open(ctx, lineId),
  addTitle: 'an address, phone or e-mail address',
  add: (ctx, _, lineId) => add(ctx, lineId),
  remove: (ctx, _, lineId) => removal(ctx, lineId),
  restore,
  commands: [
    {
      id: 'mail',
      title: 'Copy the link of a new message to the e-mail address',
      keys: ['m'],
      hint: 'Mail',
      footer: 31,
      inPart: true,
      when: (_, details, lineId) => (emailAt(details, lineId) ? true : 'There is no e-mail address.'),
      run: (ctx, details, lineId) => {
        const link = mailLink(emailAt(details, lineId) ?? '');
        if (link) ctx.copy(link, 'the link of a new message');
      },
    },
    {
      id: 'notices',
      title: 'Mail and e-mail notices',
      permission: 'customers.edit',
      background: true,
      run: async (ctx) => {
        await editNotices(ctx);
      },
    },
  ],
  forms: {
    notices: editNotices,
    ...Object.fromEntries(
      REACHES.flatMap((reach) => [
        [`${reach.noun}.add`, (ctx: PartContext) => fillIn(ctx, reach, null)],
        [`${reach.noun}.edit`, (ctx: PartContext, id: number | null) => fillIn(ctx, reach, id)],
      ]),
    ),
  },
};
