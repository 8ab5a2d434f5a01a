import { resetWebLogin } from '#services/web-login/reset.ts';
import type { PartCommand } from '../part.ts';

/** The address that it goes to: the only one, or the one that is chosen; null when left. */
async function addressOf(emails: readonly string[], choose: (emails: readonly string[]) => Promise<string | null>) {
  return emails.length === 1 ? emails[0]! : choose(emails);
}

/** Sends a link for a new password of the web site. */
export const webLoginCommand: PartCommand<unknown> = {
  id: 'resetWebLogin',
  title: 'Reset web login',
  keys: ['L'],
  permission: 'customers.weblogin',
  when: ({ details }) => details.emails.length > 0 || 'The customer has no e-mail address.',
  run: async (ctx) => {
    const { details, customerId } = ctx;
    const address = await addressOf(
      details.emails.map((one) => one.address),
      (emails) =>
        ctx.choose(
          'Send the link to which address?',
          emails.map((value) => ({ value, label: value })),
        ),
    );
    if (address === null) return;
    const lines = [
      `A link to choose a new password goes to ${address}.`,
      'It works once, within an hour. Links sent before stop working.',
    ];
    if (!(await ctx.confirm({ title: 'Reset the web login?', lines, action: 'Send the link' }))) return;
    const { communicationId, sentTo } = await ctx.call(resetWebLogin, { customerId, address });
    ctx.toast(`The link waits to go to ${sentTo}.`, 'good');
    ctx.deliver([communicationId]);
  },
};
