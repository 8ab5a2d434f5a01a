import type { InputEvent } from '#keymap/keys.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listEscape } from '#ui/table/commands.ts';
import { commands } from './commands.ts';
import { type AuditContext, load } from './fetch.ts';
import { lens } from './lens.ts';
import { type AuditParams, type AuditState, createAudit } from './model.ts';
import { AuditView } from './view.tsx';

/** Esc takes the marks off before it leaves. */
const input = (ctx: AuditContext, event: InputEvent): boolean =>
  event.type === 'key' && event.key === 'escape' && listEscape(lens, ctx);

/** Who did what, saw what and was refused what: the audit trail, newest first. */
export const audit: ScreenDefinition<AuditParams | undefined, AuditState> = {
  id: 'audit',
  code: 'AUD',
  title: 'Audit trail',
  permission: 'audit.read',
  crumb: ({ record }) => (record ? `Audit of ${record.title}` : 'Audit trail'),
  parseArgument: (text) => {
    const argument = text.trim();
    if (argument === '') return {};
    return { filters: /\d/.test(argument) ? { number: argument } : { user: argument } };
  },
  create: createAudit,
  load,
  commands,
  onInput: input,
  View: AuditView,
};
