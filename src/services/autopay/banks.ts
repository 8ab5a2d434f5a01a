import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { plainRouting, routingProblem } from '#domain/routing-number.ts';
import { Failure } from '../failure.ts';
import { command, query } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';

const TABLE = 'bank_code';
/** What a list on the screen may be of. */
const MOST = 1000;

/** A bank of the directory. */
export interface Bank {
  readonly routingNumber: string;
  readonly name: string;
}

const banks = (db: Db) =>
  db.selectFrom('code_value').select(['code as routingNumber', 'name', 'active']).where('table_name', '=', TABLE);

/** Name of a bank that is in use. @throws Failure `invalid` at the routing number when it is not in the directory */
export async function bankNamed(db: Db, routingNumber: string): Promise<string> {
  const bank = await banks(db).where('code', '=', routingNumber).executeTakeFirst();
  if (bank?.active === 1) return bank.name;
  const words = bank
    ? `${bank.name} is not in use any more.`
    : 'This bank is not in the directory yet: add it from the list (F4).';
  throw new Failure('invalid', words, { routingNumber: words });
}

/** Needs no right, like the values of any code. */
export const findBanks = query({
  name: 'bank.find',
  summary: 'Banks of the directory, by the beginning of their routing number or a part of their name',
  permission: null,
  input: z.object({ text: shortText(60).default(''), limit: z.int().min(1).max(MOST).default(MOST) }),
  run: async ({ db }, { text, limit }): Promise<Bank[]> => {
    const wanted = text.trim();
    const number = plainRouting(wanted);
    const rows = await banks(db)
      .where('active', '=', 1)
      .$if(/^\d+$/.test(number), (q) => q.where('code', 'like', `${number}%`))
      .orderBy('name')
      .orderBy('code')
      .execute();
    const folded = wanted.toLowerCase();
    return rows
      .filter(({ name }) => /^\d*$/.test(number) || name.toLowerCase().includes(folded))
      .slice(0, limit)
      .map(({ routingNumber, name }) => ({ routingNumber, name }));
  },
});

export const addBank = command({
  name: 'bank.add',
  summary: 'Add a bank to the directory: its routing number and its name',
  permission: 'autopay.edit',
  input: z.object({
    routingNumber: shortText(20).describe('nine digits; the last is checked'),
    name: typedText(60).trim().min(1, 'Enter the name of the bank.'),
  }),
  run: async (ctx, { routingNumber: typed, name }): Promise<Bank> => {
    const routingNumber = plainRouting(typed);
    const problem = routingProblem(routingNumber);
    if (problem) throw new Failure('invalid', problem, { routingNumber: problem });
    const known = await banks(ctx.db).where('code', '=', routingNumber).executeTakeFirst();
    if (known) {
      const words = `It is in the directory already: ${known.name}${known.active === 1 ? '' : ', not in use'}.`;
      throw new Failure('invalid', words, { routingNumber: words });
    }
    const id = ctx.newId();
    ctx.em.create(ctx.e.CodeValue, { id, tableName: TABLE, code: routingNumber, name });
    ctx.audit({ entity: 'CodeValue', entityId: id, changes: { code: [null, routingNumber], name: [null, name] } });
    return { routingNumber, name };
  },
});
