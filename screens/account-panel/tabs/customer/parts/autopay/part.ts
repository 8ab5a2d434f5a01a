import type { AutopayMethod } from '#domain/autopay.ts';
import { deleteToken } from '#services/autopay/card.ts';
import { endAutopay, restoreAutopay } from '#services/autopay/end.ts';
import { listAutopay } from '#services/autopay/list.ts';
import { nextAutopay } from '#services/autopay/next.ts';
import { setAutomatic } from '#services/autopay/state.ts';
import { takingBack } from '#ui/undo.ts';
import { type CustomerPart, type PartCommand, type PartContext, recordOf, type Removal } from '../part.ts';
import { budgetCommand, fillInBudget } from './budget.ts';
import { cardForm, setUpCard } from './card-form.ts';
import { draftForm } from './draft-form.ts';
import { type Done, instrumentOf } from './fields.ts';
import { type Instrument, named, resume, suspension, which } from './instrument.ts';
import { type AutopayData, autopayLines, isActive, TYPES } from './lines.ts';

/** What a removal needs to be taken back. */
interface Ended {
  readonly autopayId: number;
  readonly version: number;
  readonly automatic: boolean;
}

const under = ({ instruments }: AutopayData, lineId: string | null): Instrument | undefined =>
  instruments.find(({ id }) => id === recordOf(lineId));

const activeOf = (ctx: PartContext, { instruments }: AutopayData): Instrument[] =>
  instruments.filter((one) => isActive(one, ctx.today));

const headOf = (autopayId: number): string => `autopay.${autopayId}`;

/** Shows the part as it is now, the cursor on the instrument. */
async function after(ctx: PartContext, done: Done | null): Promise<void> {
  if (done === null) return;
  await ctx.refresh();
  ctx.reveal(headOf(done.autopayId));
  ctx.toast(done.told, 'good');
}

async function setUp(ctx: PartContext, data: AutopayData, method: AutopayMethod): Promise<void> {
  const others = activeOf(ctx, data).length > 0;
  const form = async () => ctx.form(await draftForm(ctx, null, others));
  await after(ctx, method === 'draft' ? await form() : await setUpCard(ctx, others));
}

async function edit(ctx: PartContext, one: Instrument): Promise<void> {
  if (!isActive(one, ctx.today)) return ctx.toast(`It ended on ${one.endedOn}.`, 'info');
  const form = async () => ctx.form(await draftForm(ctx, one, true));
  await after(ctx, one.method === 'draft' ? await form() : await ctx.form(cardForm(ctx, one, true)));
}

/** The Auto-pay Type menu: another type sets one up, the same one changes it, none ends it. */
async function chooseType(ctx: PartContext, data: AutopayData, one: Instrument | null): Promise<void> {
  const type = await ctx.choose<AutopayMethod | 'none'>('Auto-pay type', [
    { value: 'none', label: 'None', detail: one ? 'end this one' : '' },
    { value: 'draft', label: TYPES.draft, detail: 'from a bank account' },
    { value: 'card', label: TYPES.card, detail: 'by a token of the processor' },
  ]);
  if (type === null || (type === 'none' && one === null)) return;
  if (type === 'none') {
    const { title, lines, action, run } = removalOf(ctx, data, one!);
    if (!(await ctx.confirm({ title, lines, action }))) return;
    const { told } = await run();
    await ctx.refresh();
    return ctx.toast(told, 'good');
  }
  await (one?.method === type ? edit(ctx, one) : setUp(ctx, data, type));
}

function removalOf(ctx: PartContext, data: AutopayData, one: Instrument): Removal {
  const token = one.method === 'card' ? ['The token of the card is kept until it is deleted.'] : [];
  return {
    title: 'End this automatic payment?',
    lines: [named(one), 'Nothing more is drawn from it.', ...token],
    action: 'End it',
    run: async () => {
      const { autopayId, version } = await ctx.call(endAutopay, { ...which(ctx, one), reason: '' });
      const kept: Ended = { autopayId, version, automatic: one.automatic };
      const next = activeOf(ctx, data).find(({ id }) => id !== one.id);
      ctx.reveal(next ? headOf(next.id) : 'autopay.type');
      const undo = takingBack(instrumentOf(autopayId), version, (now, how) =>
        ctx.call(restoreAutopay, { customerId: ctx.customerId, ...kept, version: now }, how),
      );
      return { told: `Ended: ${named(one)}.`, kept, undo: { ...undo, from: one.version } };
    },
  };
}

async function signUp(ctx: PartContext, method: AutopayMethod): Promise<void> {
  // An owner's tab stands beside the account of the resident.
  const accountId = ctx.tab === 'customer' ? ctx.params.accountId : null;
  if (accountId === null) return ctx.toast('Open an account of the customer: the form is about one.', 'info');
  const title = method === 'draft' ? 'Bank draft sign-up' : 'Credit card sign-up';
  await ctx.paper({ kind: 'letter', accountId, title, format: `signup-${method}` });
}

const STAND = 'Put the cursor on an automatic payment.';

/** What an active instrument under the cursor may have done to it; others say why not. */
const onActive =
  (why: (one: Instrument) => true | string = () => true) =>
  (ctx: PartContext, data: AutopayData, lineId: string | null): true | string => {
    const one = under(data, lineId);
    return one && isActive(one, ctx.today) ? why(one) : STAND;
  };

const commands: readonly PartCommand<AutopayData>[] = [
  {
    id: 'autopaySignup',
    title: 'Form to sign for automatic payments',
    keys: ['f'],
    hint: 'Form',
    footer: 30,
    inPart: true,
    permission: 'paper.print',
    run: async (ctx) => {
      const method = await ctx.choose<AutopayMethod>('Sign-up form', [
        { value: 'draft', label: 'Bank Draft Signup' },
        { value: 'card', label: 'Credit Card Signup' },
      ]);
      if (method) await signUp(ctx, method);
    },
  },
  {
    id: 'autopaySuspend',
    title: 'Suspend or resume the automatic payment',
    keys: ['s'],
    hint: 'Suspend',
    footer: 31,
    inPart: true,
    permission: 'autopay.edit',
    when: onActive(),
    run: async (ctx, data, lineId) => {
      const one = under(data, lineId)!;
      await after(ctx, one.suspendedOn === null ? await suspension(ctx, one) : await resume(ctx, one));
    },
  },
  {
    id: 'autopayAutomatic',
    title: 'Make it the automatic one',
    keys: ['t'],
    inPart: true,
    permission: 'autopay.edit',
    when: onActive(({ automatic }) => !automatic || 'It is the automatic one already.'),
    run: async (ctx, data, lineId) => {
      const one = under(data, lineId)!;
      await ctx.call(setAutomatic, which(ctx, one));
      // Two records changed; the same key on the other one takes it back.
      ctx.undo.passed('Make it the automatic one');
      await after(ctx, { autopayId: one.id, told: `Drawn from by itself: ${named(one)}.` });
    },
  },
  {
    id: 'autopayToken',
    title: 'Delete the token of the card',
    keys: ['X'],
    inPart: true,
    permission: 'autopay.edit',
    when: (_, data, lineId) => {
      const one = under(data, lineId);
      return (one?.method === 'card' && one.complete) || 'No token is kept here.';
    },
    run: async (ctx, data, lineId) => {
      const one = under(data, lineId)!;
      const lines = [named(one), 'Nothing can be drawn from the card any more; it must be set up anew.'];
      if (!(await ctx.confirm({ title: 'Delete the token?', lines, action: 'Delete the token' }))) return;
      await ctx.call(deleteToken, which(ctx, one));
      ctx.undo.passed('Delete the token');
      await after(ctx, { autopayId: one.id, told: `Deleted: the token of ${named(one)}.` });
    },
  },
  budgetCommand,
];

/** Automatic payments: drafts and cards, of which one is drawn from by itself, and what it will draw. */
export const autopayPart: CustomerPart<AutopayData> = {
  id: 'autopay',
  title: 'Auto Payment',
  short: 'AutoPay',
  permission: listAutopay.permission,
  edit: 'autopay.edit',
  load: async (ctx, customerId) => {
    const instruments = await ctx.call(listAutopay, { customerId });
    const automatic = instruments.find((one) => one.automatic);
    const next = automatic ? await ctx.call(nextAutopay, { customerId, autopayId: automatic.id, accountId: null }) : [];
    return { instruments, next };
  },
  alert: ({ instruments }) => instruments.some(({ endedOn }) => endedOn === null),
  lines: autopayLines,
  open: async (ctx, data, lineId) => {
    if (lineId.startsWith('autopay.signup.')) return signUp(ctx, lineId.endsWith('.card') ? 'card' : 'draft');
    const one = under(data, lineId);
    if (!one) return chooseType(ctx, data, null);
    const isHead = lineId === headOf(one.id);
    return isHead && isActive(one, ctx.today) ? chooseType(ctx, data, one) : edit(ctx, one);
  },
  addTitle: 'an automatic payment',
  add: (ctx, data) => chooseType(ctx, data, null),
  remove: (ctx, data, lineId) => {
    const one = under(data, lineId);
    return one && isActive(one, ctx.today) ? removalOf(ctx, data, one) : STAND;
  },
  restore: async (ctx, kept) => {
    const { autopayId } = await ctx.call(restoreAutopay, { customerId: ctx.customerId, ...(kept as Ended) });
    ctx.reveal(headOf(autopayId));
    return 'Taken up again.';
  },
  commands,
  forms: {
    autopay: (ctx, id) => again(ctx, id, (one) => edit(ctx, one)),
    'autopay.add': async (ctx) => {
      await setUp(ctx, await autopayPart.load(ctx, ctx.customerId), 'draft');
      return true;
    },
    'autopay.card': async (ctx) => {
      // Its link was handed out: what is missing is the result.
      const data = await autopayPart.load(ctx, ctx.customerId);
      await after(ctx, await ctx.form(cardForm(ctx, null, activeOf(ctx, data).length > 0)));
      return true;
    },
    'autopay.budget': async (ctx, id) => {
      if (id === null) return false;
      await fillInBudget(ctx, id);
      return true;
    },
    'autopay.suspend': (ctx, id) => again(ctx, id, async (one) => after(ctx, await suspension(ctx, one))),
  },
};

/** Opens a form of an instrument again; false when that is no more, or has ended. */
async function again(ctx: PartContext, id: number | null, open: (one: Instrument) => Promise<void>): Promise<boolean> {
  const one = activeOf(ctx, await autopayPart.load(ctx, ctx.customerId)).find((each) => each.id === id);
  if (one) await open(one);
  return one !== undefined;
}
