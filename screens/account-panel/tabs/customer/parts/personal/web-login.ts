import { may } from '#services/actor.ts';
import { resetWebLogin } from '#services/web-login/reset.ts';
import type { PartCommand, PartContext } from '../part.ts';

const why = ({ details }: PartContext): true | string =>
  details.emails.length > 0 || 'The customer has no e-mail address.';

/** The only address on file, or the one that is chosen; null when left. */
async function addressOf({ details, choose }: PartContext): Promise<string | null> {
  const emails = details.emails.map(({ address }) => address);
  if (emails.length === 1) return emails[0]!;
  return choose(
    'Send the link to which address?',
    emails.map((value) => ({ value, label: value })),
  );
}

async function reset(ctx: PartContext): Promise<void> {
  const { customerId } = ctx;
  const address = await addressOf(ctx);
  if (address === null) return;
  const lines = [
    `A link to choose a new password goes to ${address}.`,
    'It works once, within an hour. Links sent before stop working.',
  ];
  if (!(await ctx.confirm({ title: 'Reset the web login?', lines, action: 'Send the link' }))) return;
  const { communicationId, sentTo } = await ctx.call(resetWebLogin, { customerId, address });
  ctx.toast(`The link waits to go to ${sentTo}.`, 'good');
  ctx.deliver([communicationId]);
}

/** Sends a link for a new password of the web site. */
export const webLoginCommand: PartCommand<unknown> = {
  id: 'resetWebLogin',
  title: 'Reset web login',
  keys: ['L'],
  permission: resetWebLogin.permission ?? undefined,
  when: why,
  run: reset,
};

/** The same by Enter on its line, with the reason where it is not to be had. */
export async function resetByEnter(ctx: PartContext): Promise<void> {
  const possible = may(ctx.actor, resetWebLogin.permission) ? why(ctx) : 'You may not reset web logins.';
  if (possible === true) await reset(ctx);
  else ctx.toast(possible, 'info');
}
