import { GL_KINDS } from '#domain/gl-account.ts';
import { may } from '#services/actor.ts';
import { addGlAccount } from '#services/gl/accounts.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { ScreenContext } from '#ui/screen.ts';

type GlContext = Pick<ScreenContext<unknown, unknown>, 'actor' | 'call' | 'form' | 'today'>;

/** What `addNew` of a field of general ledger codes is; undefined for who may not change setup. */
export function addNewGlAccount(ctx: GlContext): FormField['addNew'] | undefined {
  if (!may(ctx.actor, addGlAccount.permission)) return undefined;
  return async () => {
    const made = await ctx.form({
      title: 'New account of the general ledger',
      fields: [
        {
          name: 'code',
          label: 'Code',
          kind: 'text',
          required: true,
          maxLength: 20,
          help: 'As in the books. It cannot be changed later.',
        },
        { name: 'name', label: 'Name', kind: 'text', required: true, maxLength: 100 },
        {
          name: 'kind',
          label: 'Kind',
          kind: 'code',
          required: true,
          choices: Object.entries(GL_KINDS).map(([value, label]) => ({ value, label })),
          help: 'It cannot be changed later.',
        },
      ],
      initial: { code: '', name: '', kind: 'revenue' },
      today: ctx.today,
      save: ({ code, name, kind }, _, idempotencyKey) =>
        ctx.call(addGlAccount, { code, name, kind: kind as 'revenue' }, { idempotencyKey }),
    });
    return made && { value: made.code, label: made.name };
  };
}
