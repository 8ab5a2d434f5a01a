import { DEFERRED_TERMS, deferredAmount, type DeferredTerms } from '#domain/deferred.ts';
import type { Book } from './book.ts';
import { dateText, instantOf } from './days.ts';
import { GL, type Posted } from './posting.ts';
import { serviceOf } from './tariff.ts';
import type { Tenancy } from './tenancy.ts';
import type { World } from './world.ts';

const FUND = 'FUND';
const TREES = 'TREES';
/** The street trees are new: who paid too much before then was not asked. */
const TREES_DAYS = 120;

/** Deferred charges of the demo: one that customers join, and one that they can decline, in their order. */
export const DEMO_CHARGES: readonly { readonly code: string; readonly name: string; readonly terms: DeferredTerms }[] =
  [
    {
      code: FUND,
      name: 'Neighbour fund',
      terms: DEFERRED_TERMS.parse({
        signUp: 'opt_in',
        trigger: 'payment',
        roundUp: 1,
        roundUpCents: 500,
        gl: GL.donations,
      }),
    },
    {
      code: TREES,
      name: 'Street trees',
      terms: DEFERRED_TERMS.parse({ signUp: 'opt_out', fixed: 1, fixedCents: 200, gl: GL.trees }),
    },
  ];

const termsOf = (code: string): DeferredTerms => DEMO_CHARGES.find((one) => one.code === code)!.terms;

/** What payments of an account bring about besides what they pay. */
export class DemoDeferred {
  readonly #world: World;
  readonly #tenancy: Tenancy;
  readonly #book: Book;
  /** Statements of which each charge was asked for. */
  readonly #asked = new Set<string>();

  constructor(world: World, tenancy: Tenancy, book: Book) {
    this.#world = world;
    this.#tenancy = tenancy;
    this.#book = book;
    if (this.#joined) this.#decide(FUND, 1);
    if (this.#declined) this.#decide(TREES, 0);
  }

  get #joined(): boolean {
    return this.#tenancy.feature === 'donor';
  }

  get #declined(): boolean {
    const { feature, payer, accountId } = this.#tenancy;
    return feature === 'openCredit' || (payer === 'rounds' && accountId % 3 === 0);
  }

  /** Charges what follows a payment; whether anything did. */
  follow(payment: Posted, day: number, receipt: string): boolean {
    const fund = this.#joined && this.#charge(FUND, payment, day, receipt, (cents) => cents);
    const left = payment.lines[0]!;
    const asked = !this.#declined && day >= this.#world.today - TREES_DAYS;
    const trees = asked && this.#charge(TREES, payment, day, receipt, (cents) => Math.min(cents, left.open));
    return fund || trees;
  }

  #charge(code: string, payment: Posted, day: number, receipt: string, most: (cents: number) => number): boolean {
    const { serials, sink } = this.#world;
    const { accountId, customer, services } = this.#tenancy;
    const statement = this.#book.statement;
    const asked = `${code} ${statement?.id ?? ''}`;
    const statementCents = Math.max(0, statement?.cents ?? 0);
    const amount = most(deferredAmount(termsOf(code), statementCents));
    if (amount <= 0 || this.#asked.has(asked)) return false;
    this.#asked.add(asked);
    const { name, terms } = DEMO_CHARGES.find((one) => one.code === code)!;
    const lines = [
      {
        serviceId: serviceOf(services[0]!).id,
        code,
        description: name,
        debitGl: GL.receivable,
        creditGl: terms.gl,
        amount,
        effect: 1 as const,
      },
    ];
    const charge = this.#book.post({
      kind: 'deferred_charge',
      day,
      reference: receipt,
      memo: name,
      by: 'billing',
      lines,
    });
    const whose = [customer.id, accountId, code] as const;
    const reckoned = [statement?.id ?? null, statementCents] as const;
    sink.add('deferred_posting', ++serials.deferred_posting, ...whose, ...reckoned, payment.id, charge.id);
    return true;
  }

  /** One decision for a customer, however many accounts. */
  #decide(code: string, participates: 0 | 1): void {
    const { serials, sink, decided, today } = this.#world;
    const { customer, movedInDay } = this.#tenancy;
    const key = `${code} ${customer.id}`;
    if (decided.has(key)) return;
    decided.add(key);
    const day = code === FUND ? movedInDay : Math.max(movedInDay, today - TREES_DAYS);
    const when = [dateText(day), instantOf(day, 540), 'cleo'] as const;
    sink.add('deferred_participation', ++serials.deferred_participation, customer.id, code, participates, ...when);
  }
}
