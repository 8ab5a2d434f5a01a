import { phonesReady } from '#domain/phone.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { command } from '../operation.ts';
import { numberProblems, type SealableNumber, sealable, sealNumbers } from '../secrets/typed-numbers.ts';
import type { OpenVault } from '../secrets/vault.ts';
import { type ContactSet, numberedContactSet, type NumberedContactSet } from './input.ts';
import { subjectOf } from './read.ts';
import { type ContactsSaved, saveAll } from './save.ts';

interface Numbers {
  readonly open: OpenVault;
  readonly sealable: ReadonlyMap<number, readonly SealableNumber[]>;
}

/** The same where sensitive numbers were entered with contacts that are new. */
export const saveNumberedContacts = command({
  name: 'contact.saveWithNumbers',
  summary: 'Save contacts like contact.save, with sensitive numbers of those that are added: all or nothing',
  permission: 'contacts.edit',
  secret: 'input',
  input: numberedContactSet,
  subject: subjectOf,
  prepare: async ({ contacts, numbers }, { vault }): Promise<Numbers> => {
    await phonesReady();
    assertNumbers(contacts, numbers);
    const open = await vault.unlock();
    const ready = new Map<number, readonly SealableNumber[]>();
    for (const { contact, ...typed } of numbers) ready.set(contact, await sealable(open, typed));
    return { open, sealable: ready };
  },
  run: async (ctx, set, { open, sealable: ready }: Numbers): Promise<ContactsSaved> => {
    if (!may(ctx.actor, 'sensitive.edit')) {
      throw new Failure('forbidden', 'You may not enter sensitive numbers. Nothing was saved.');
    }
    const saved = await saveAll(ctx, set);
    for (const [at, numbers] of ready) {
      const { id } = saved.contacts[at]!;
      const owner = await ctx.db.selectFrom('contact').select('customer_id').where('id', '=', id).executeTakeFirst();
      const customerId = owner?.customer_id ?? null;
      await sealNumbers(ctx, open, { entity: 'Contact', entityId: id, customerId }, numbers);
    }
    return saved;
  },
});

/** @throws Failure `invalid`, with a message at each number; a contact that is there has numbers of its own */
function assertNumbers(contacts: ContactSet['contacts'], numbers: NumberedContactSet['numbers']): void {
  const fields: Record<string, string> = {};
  for (const { contact, ...typed } of numbers) {
    if (contacts[contact]?.id !== null) throw new Failure('invalid', 'Numbers can be entered here for new contacts.');
    for (const [field, words] of Object.entries(numberProblems(typed))) {
      fields[`contacts.${contact}.numbers.${field}`] = words;
    }
  }
  const [first] = Object.values(fields);
  if (first !== undefined) throw new Failure('invalid', first, fields);
}
