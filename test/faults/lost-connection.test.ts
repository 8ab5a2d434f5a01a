import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { openDatabase } from '#db/open.ts';
import { Failure } from '#services/failure.ts';
import { runnerFor } from '#test/support/database.ts';
import { LineToServer } from './line-to-server.ts';
import { expectClean, newOffice, type Office, payments, server } from './office.ts';
import { pay } from './payment.ts';
import { record, sized } from './record.ts';

/** Where a command can lose its connection. */
const POINTS = [
  ['before it begins', { at: /begin|start transaction/i, when: 'before' }],
  ['when it has begun', { at: /begin|start transaction/i, when: 'after' }],
  ['in the middle', { at: /insert into "ledger_line"/i, when: 'before' }],
  ['in the middle, the answer lost', { at: /update "account_balance"/i, when: 'after' }],
  ['at its audit', { at: /insert into "audit_entry"/i, when: 'after' }],
  ['before its commit', { at: /commit/i, when: 'before' }],
  ['after its commit, the answer lost', { at: /commit/i, when: 'after' }],
] as const;

/** An office, and somebody who reaches it over a line that can be cut. */
async function remoteOffice(): Promise<{ office: Office; line: LineToServer; remote: Database }> {
  const office = await newOffice(4);
  const line = new LineToServer('url' in office.where ? office.where.url : '');
  const remote = await openDatabase({ url: await line.address() });
  onTestFinished(() => remote.close());
  return { office, line, remote };
}

describe.skipIf(!server)('a connection to the server that is lost', () => {
  test('wherever it is lost, it is said, and the same command again is done exactly once', async () => {
    const { office, line, remote } = await remoteOffice();
    const call = runnerFor(remote);
    const rounds = sized(2, 60);
    let expected = 0;
    const wrong: string[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const [where, cut] of POINTS) {
        const input = { accountId: office.accounts[round % 4]!, cents: 100 + round };
        const again = { idempotencyKey: `${where}-${round}` };
        const cuts = line.cuts;
        line.cutAt(cut);
        const first = await pay(call, input, again).catch((error: unknown) => error);
        const told = first instanceof Failure && first.code === 'unavailable' && !first.message.includes('Nothing');
        if (!told || line.cuts === cuts) wrong.push(`${where}: ${String(first)}`);
        // The ends of the other connections hear of it in their own time.
        await sleep(50);
        const second = await pay(call, input, again).catch((error: unknown) => error);
        if (second instanceof Error) wrong.push(`${where}, again: ${second.message}`);
        expected += 1;
        const count = (await payments(office)).length;
        if (count !== expected) wrong.push(`${where}: ${count} payments, not ${expected}`);
        expected = count;
      }
    }
    const over = `${rounds * POINTS.length} cuts at ${POINTS.length} points`;
    record('connection cut: commands lost or done twice', wrong.length, over);
    expect(wrong).toEqual([]);
    await expectClean(office);
  });

  test('idle connections that are cut end no process, and the next command finds a new one', async () => {
    const { office, line, remote } = await remoteOffice();
    const call = runnerFor(remote);
    for (let n = 0; n < sized(3, 30); n++) {
      await pay(call, { accountId: office.accounts[0]!, cents: 100 });
      line.cutAll();
      // The ends hear of it in their own time.
      await sleep(50);
    }
    expect(await payments(office)).toHaveLength(sized(3, 30));
    await expectClean(office);
  });

  test('while the server is away it is said at once, and when it is back work goes on by itself', async () => {
    const { office, line, remote } = await remoteOffice();
    const call = runnerFor(remote);
    const rounds = sized(3, 30);
    let failures = 0;
    for (let n = 0; n < rounds; n++) {
      await line.down();
      const refused = await pay(call, { accountId: office.accounts[0]!, cents: 100 }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'unavailable' });
      await line.up();
      await pay(call, { accountId: office.accounts[0]!, cents: 100 }).catch(() => (failures += 1));
    }
    record('connection cut: not back by itself', failures, `${rounds} restarts`);
    expect(failures).toBe(0);
    expect(await payments(office)).toHaveLength(rounds);
    await expectClean(office);
  });
});
