import type { Db } from '#db/schema.ts';
import { civilDateOf } from '#domain/civil-date.ts';
import { appendAudit } from '../audit.ts';
import { Failure } from '../failure.ts';
import { createRunner } from '../runner.ts';
import { attempt } from './attempt.ts';
import { beginTotp, confirmTotp } from './enrolment.ts';
import { type LastSignIn, lastSignInOf } from './last-sign-in.ts';
import { loadActor } from './load-actor.ts';
import { chooseFirstPassword } from './own-password.ts';
import { needsCode } from './policy.ts';
import { lookAtCode } from './second-factor.ts';
import type { SignInContext, SignInStep, SignInUser } from './sign-in-steps.ts';
import { type Occasion, sessionFacts, sessionTransaction } from './trail.ts';
import { forgetFailures } from './tries.ts';

/** Time for all steps together, ms. */
const PATIENCE = 5 * 60_000;

/** One user's way from the password to the desk. */
export class Way {
  readonly #context: SignInContext;
  readonly #user: SignInUser | null;
  readonly #began: number;
  readonly #trusted: boolean;
  #how: string;
  /** Set when the sign-in is recorded. */
  #last: LastSignIn | null = null;

  /** @param by by what means it began; `trusted`: nobody has typed a password */
  constructor(context: SignInContext, user: SignInUser | null, by: { how: string; trusted: boolean }) {
    this.#context = context;
    this.#user = user;
    this.#began = context.now();
    this.#how = by.how;
    this.#trusted = by.trusted;
  }

  get #known(): SignInUser {
    return this.#user!;
  }

  /** Whether anything comes after the password. */
  async asksMore(): Promise<boolean> {
    const { id, totp_since, must_change_password } = this.#known;
    return (
      totp_since !== null || must_change_password === 1 || this.#expired || needsCode(this.#context.database.db, id)
    );
  }

  get #expired(): boolean {
    return (this.#known.password_expires_at ?? Infinity) <= this.#began;
  }

  /** Records the sign-in, with what the user is told about the one before. */
  async arrive(db: Db): Promise<void> {
    const { id } = this.#known;
    this.#last = await lastSignInOf(db, id);
    await forgetFailures(db, id);
    await db.updateTable('app_user').set({ last_sign_in_at: this.#context.now() }).where('id', '=', id).execute();
  }

  /** What is asked for next, when this has been settled. */
  async after(settled: 'password' | 'code' | 'new-password' | 'enrol'): Promise<SignInStep> {
    const user = this.#known;
    if (settled === 'password') {
      if (this.#expired && !this.#trusted) return this.#refuseExpired();
      if (user.totp_since !== null) return this.#step('code', (code) => this.#takeCode(code));
    }
    if (settled === 'password' || settled === 'code') {
      const mustChange = user.must_change_password === 1 && !this.#trusted;
      if (mustChange) return this.#step('new-password', (text) => this.#choosePassword(text));
    }
    const mustEnrol = settled !== 'enrol' && user.totp_since === null;
    if (mustEnrol && (await needsCode(this.#context.database.db, user.id))) return this.#enrol();
    return this.#done();
  }

  #step(kind: 'code' | 'new-password', answer: (typed: string) => Promise<SignInStep>): SignInStep {
    return { kind, answer: (typed) => this.#inTime(() => answer(typed)) };
  }

  /** An answer that comes too late is not looked at. */
  #inTime(answer: () => Promise<SignInStep>): Promise<SignInStep> {
    if (this.#context.now() - this.#began <= PATIENCE) return answer();
    return Promise.resolve({ kind: 'again', words: 'That took long. Sign in from the beginning.' });
  }

  #occasion(): Occasion {
    const { now, source, origin } = this.#context;
    return { event: 'session.sign-in', now: now(), source, origin };
  }

  async #refuseExpired(): Promise<never> {
    const { database } = this.#context;
    await sessionTransaction(database, (db) =>
      appendAudit(db, [sessionFacts(this.#occasion(), this.#known, 'refused', 'password has expired')]),
    );
    throw new Failure('forbidden', 'This first password has expired. Ask an administrator for another.');
  }

  async #takeCode(code: string): Promise<SignInStep> {
    const user = this.#known;
    const { database } = this.#context;
    const occasion = this.#occasion();
    let means = '';
    await attempt({ database, user, name: user.username, occasion, words: 'The code is not right.' }, async () => {
      const look = await lookAtCode(database, user.id, code, occasion.now);
      means = look.how;
      return { ...look, complete: false };
    });
    this.#how = `${this.#how} and ${means}`;
    return this.after('code');
  }

  async #call() {
    const { database, now, source, origin, fault } = this.#context;
    const actor = { ...(await loadActor(database.db, this.#known.id, source)), origin };
    return createRunner({ database, actor, clock: { now, today: () => civilDateOf(now()) }, fault });
  }

  async #choosePassword(text: string): Promise<SignInStep> {
    await (
      await this.#call()
    )(chooseFirstPassword, { password: text });
    return this.after('new-password');
  }

  async #enrol(): Promise<SignInStep> {
    const call = await this.#call();
    const { secret, uri } = await call(beginTotp, {}).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.code !== 'unavailable') throw error;
      throw new Failure('unavailable', `Your group signs in with a second factor. ${error.message}`);
    });
    const answer = async (code: string): Promise<SignInStep> => {
      const { recoveryCodes } = await call(confirmTotp, { code });
      return { kind: 'recovery-codes', codes: recoveryCodes, answer: () => this.after('enrol') };
    };
    return { kind: 'enrol', secret, uri, answer: (code) => this.#inTime(() => answer(code)) };
  }

  async #done(): Promise<SignInStep> {
    const { database, source, origin } = this.#context;
    if (this.#last === null) {
      await sessionTransaction(database, async (db) => {
        await this.arrive(db);
        await appendAudit(db, [sessionFacts(this.#occasion(), this.#known, 'done', this.#how)]);
      });
    }
    const actor = { ...(await loadActor(database.db, this.#known.id, source)), origin };
    return { kind: 'done', actor, last: this.#last! };
  }
}
