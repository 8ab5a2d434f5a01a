import { readNotices, setNotices } from '#services/customers/reach/notices.ts';
import { Failure } from '#services/failure.ts';
import type { FormField } from '#ui/form/definition.ts';
import { takingBack } from '#ui/undo.ts';
import type { PartContext } from '../part.ts';

type Notices = { readonly mailNotices: boolean; readonly emailNotices: boolean };

const fields = (emails: number): readonly FormField[] => [
  { name: 'mailNotices', label: 'Mail notices', kind: 'flag', help: 'A printed statement goes by mail.' },
  {
    name: 'emailNotices',
    label: 'E-mail notices',
    kind: 'flag',
    help: 'The statement goes by e-mail; both may be wanted.',
    enabled: () => (emails > 0 ? true : 'E-mail notices need an e-mail address: enter one first.'),
  },
];

/** How bills and notices go out. */
export async function editNotices(ctx: PartContext): Promise<boolean> {
  const { customerId } = ctx;
  const read = async () => {
    const { mailNotices, emailNotices, ...rest } = await ctx.call(readNotices, { customerId });
    return { values: { mailNotices, emailNotices }, ...rest };
  };
  const { values, version } = await read();
  const saved = await ctx.form<Notices, { readonly version: number }>({
    title: 'Bills and notices',
    fields: fields(ctx.details.emails.length),
    initial: values,
    version,
    today: ctx.today,
    draft: ctx.draft('notices', customerId),
    current: read,
    save: async (notices, seen) => {
      if (!notices.mailNotices && !notices.emailNotices && !(await neither(ctx))) {
        throw new Failure('refused', 'Nothing was saved.');
      }
      return ctx.call(setNotices, { customerId, version: seen, ...notices });
    },
    undo: ({ version: made }, { before }) =>
      takingBack(`customer ${customerId}`, made, (at, how) =>
        ctx.call(setNotices, { customerId, version: at, ...before }, how),
      ),
  });
  if (saved === null) return true;
  await ctx.refresh();
  ctx.toast('Saved.', 'good');
  return true;
}

const neither = (ctx: PartContext): Promise<boolean> =>
  ctx.confirm({
    title: 'Send no notices at all?',
    lines: ['Neither mail nor e-mail: the customer gets no bill.'],
    action: 'Send none',
  });
