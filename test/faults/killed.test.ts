import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newDesk, signIn, sitDown } from '#test/journeys/desk.ts';
import { brokenRules, type Clerk, clerk, halfDone, newOffice, type Office, payments, server } from './office.ts';
import { record, sized } from './record.ts';

const DESKS = sized(3, 4);
const FOREVER = 1_000_000_000;

/** A desk where the next clerk goes on with the first payment of which the one before did not hear. */
class Desk {
  readonly #office: Office;
  readonly #keys: string;
  /** The payment that comes next. */
  next = 0;
  heard: number[] = [];
  clerk: Clerk;

  constructor(office: Office, keys: string) {
    this.#office = office;
    this.#keys = keys;
    this.clerk = this.#send(FOREVER);
  }

  #send(to: number): Clerk {
    return clerk(this.#office, { from: this.next, to, keys: this.#keys }, (said) => {
      if (said.paymentId === undefined) throw new Error(`payment ${said.n} failed: ${said.failed}`);
      this.heard.push(said.paymentId);
      this.next = said.n + 1;
    });
  }

  /** Ends the clerk without a warning, and sends another. */
  async kill(to = FOREVER): Promise<void> {
    this.clerk.process.kill('SIGKILL');
    await this.clerk.done;
    this.clerk = this.#send(to);
  }
}

test('killed at any moment, what was acknowledged is there, once, and nothing is there by half', async () => {
  const office = await newOffice();
  const desks = Array.from({ length: DESKS }, (_, n) => new Desk(office, `desk-${n}`));
  const rounds = sized(25, Number(process.env.METERDESK_FAULTS_KILLS ?? 420));
  const least = sized(300, Number(process.env.METERDESK_FAULTS_COMMANDS ?? 100_000));
  const heard = (): number => desks.reduce((sum, desk) => sum + desk.heard.length, 0);
  let kills = 0;
  for (let turn = 0; kills < rounds || heard() < least; turn++) {
    await sleep(20 + Math.random() * sized(150, 900));
    const desk = desks[turn % DESKS]!;
    const before = desk.heard.length;
    // One who has not begun yet would only be interrupted in loading the program.
    while (desk.heard.length === before && desk.clerk.process.exitCode === null) await sleep(5);
    await desk.kill();
    kills += 1;
  }
  await Promise.all(desks.map((desk) => desk.kill(desk.next + 5)));
  const reports = await Promise.all(desks.map((desk) => desk.clerk.done));
  expect(reports.map(({ trouble }) => trouble).join('')).toBe('');

  const stored = await payments(office);
  const there = new Set(stored.map(({ id }) => id));
  const told = desks.flatMap((desk) => desk.heard);
  const lost = told.filter((id) => !there.has(id)).length;
  const over = `${kills} kills, ${told.length} acknowledged`;
  // The last clerk of each desk heard of everything that was asked there.
  const twice = stored.length - new Set(told).size + (await halfDone(office));
  const broken = await brokenRules(office.database);
  record('killed: acknowledged and lost', lost, over);
  record('killed: done twice or by half', twice, over);
  record('killed: rules of the check that do not hold', broken.length, over);
  expect([lost, twice, broken]).toEqual([0, 0, []]);
});

test.skipIf(server)('the program itself, killed at a terminal, looks through its file and opens again', async () => {
  const desk = newDesk();
  for (let round = 0; round < sized(2, 20); round++) {
    const operator = sitDown(desk);
    await signIn(operator);
    // Without leaving: the write-ahead log stays behind.
    operator.signal('SIGKILL').gone();
    await operator;
  }
  await signIn(sitDown(desk));
});
