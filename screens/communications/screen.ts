import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { keepRow } from '#ui/table/lens.ts';
import { commands } from './commands.ts';
import { lens, load } from './lens.ts';
import { type CommunicationsParams, type CommunicationsState, createCommunications } from './model.ts';
import { CommunicationsView } from './view.tsx';

/** What was printed, written to files and sent: the queue, and the memory of what left. */
export const communications: ScreenDefinition<CommunicationsParams | undefined, CommunicationsState> = {
  id: 'communications',
  code: 'COM',
  title: 'Printed and sent',
  permission: 'communications.read',
  crumb: (_, params) => (params?.number ? `Sent for ${params.number}` : 'Printed and sent'),
  create: createCommunications,
  load: async (ctx) => {
    const before = ctx.get();
    await load(ctx);
    keepRow(lens, ctx, before);
  },
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: CommunicationsView,
};
