import { describe, expect, test } from 'vitest';
import type { Carriers, Delivery } from '#gateways/delivery.ts';
import { cancelCommunication, retryCommunication } from '#services/communications/change.ts';
import { courier } from '#services/communications/courier.ts';
import { deliver } from '#services/communications/deliver.ts';
import { setOption } from '#services/options/operations.ts';
import { createRunner } from '#services/runner.ts';
import { vaultOf } from '#services/secrets/vault.ts';
import { redeemWebLogin } from '#services/web-login/redeem.ts';
import { resetWebLogin } from '#services/web-login/reset.ts';
import { actor, clock, freshDatabase } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const SENT: Delivery = { outcome: 'sent', detail: 'taken' };
const TABLES = ['communication', 'audit_entry', 'web_login_token', 'secret_value', 'idempotent_answer'] as const;

/** A customer with an address, a web site, and a mail carrier that answers what it is told to. */
async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const { customerId } = await utility.household();
  await utility.email(customerId, 'ana@home.example');
  let now = clock.now();
  const at = { ...clock, now: () => now };
  const call = createRunner({ database, actor: actor(), clock: at });
  for (const [name, value] of Object.entries({
    companyName: 'Springfield Water',
    mailServer: 'smtp://127.0.0.1:1',
    mailFrom: 'web@water.example',
    webLoginUrl: 'https://my.water.example/password?lang=en',
  })) {
    await call(setOption, { name: name as 'companyName', value });
  }
  const mails: string[] = [];
  const send = async (delivery: Delivery = SENT) => {
    const carriers: Carriers = {
      mail: async ({ body }) => {
        mails.push(body);
        return delivery;
      },
      print: () => Promise.reject(new Error('nothing is printed')),
    };
    return deliver(createRunner({ database, actor: courier('job'), clock: at }), carriers);
  };
  const stored = async (): Promise<string> =>
    JSON.stringify(await Promise.all(TABLES.map((table) => database.db.selectFrom(table).selectAll().execute())));
  const secrets = () => database.db.selectFrom('secret_value').selectAll().execute();
  const wait = (minutes: number): void => void (now += minutes * 60_000);
  const tokenIn = (body: string): string => new URL(/https:\S+/.exec(body)![0]).searchParams.get('token')!;
  return { database, utility, customerId, call, mails, send, stored, secrets, wait, tokenIn };
}

describe('a reset of the web login', () => {
  test('mails a link that is in no table: sealed until it is sent, gone after; it works once', async () => {
    const { database, customerId, call, mails, send, stored, secrets, tokenIn } = await town();
    const { sentTo } = await call(resetWebLogin, { customerId });
    expect(sentTo).toBe('ana@home.example');
    const [sealed] = await secrets();
    const open = await vaultOf(database).unlock();
    const link = open.open(sealed!.sealed, { entity: sealed!.entity, entityId: sealed!.entity_id, kind: sealed!.kind });
    expect(link).toMatch(/^https:\/\/my\.water\.example\/password\?lang=en&token=[\w-]{43}$/);
    const token = tokenIn(link);
    expect(await stored()).not.toContain(token);
    expect(await send()).toEqual({ sent: 1 });
    expect(mails).toEqual([expect.stringContaining(link)]);
    expect(await secrets()).toEqual([]);
    expect(await stored()).not.toContain(token);
    expect(await call(redeemWebLogin, { token })).toMatchObject({ customerId, email: 'ana@home.example' });
    await expect(call(redeemWebLogin, { token })).rejects.toMatchObject({ code: 'refused' });
    const web = await database.db.selectFrom('customer').select('web_user').executeTakeFirstOrThrow();
    expect(web.web_user).toBe(1);
  });

  test('works for an hour, and ends those before it, also those that wait to be sent', async () => {
    const { database, customerId, call, mails, send, secrets, wait, tokenIn } = await town();
    await call(resetWebLogin, { customerId });
    await send();
    await call(resetWebLogin, { customerId });
    await call(resetWebLogin, { customerId });
    expect(await secrets()).toHaveLength(1);
    expect(await send()).toEqual({ sent: 1 });
    const states = await database.db.selectFrom('communication').select('status').orderBy('id').execute();
    expect(states.map(({ status }) => status)).toEqual(['sent', 'cancelled', 'sent']);
    await expect(call(redeemWebLogin, { token: tokenIn(mails[0]!) })).rejects.toMatchObject({ code: 'refused' });
    wait(60);
    await expect(call(redeemWebLogin, { token: tokenIn(mails[1]!) })).rejects.toMatchObject({ code: 'refused' });
  });

  test('is not sent once it has run out, and not again once its link is gone', async () => {
    const { call, customerId, mails, send, secrets, wait } = await town();
    const late = await call(resetWebLogin, { customerId });
    expect(await send({ outcome: 'later', reason: 'no line' })).toEqual({ queued: 1 });
    expect(await secrets()).toHaveLength(1);
    wait(60);
    expect(await send()).toEqual({ failed: 1 });
    expect([mails.length, await secrets()]).toEqual([1, []]);
    const again = call(retryCommunication, { communicationId: late.communicationId });
    await expect(again).rejects.toMatchObject({ message: /link that was in it is gone/ });
    const { communicationId } = await call(resetWebLogin, { customerId });
    await call(cancelCommunication, { communicationId });
    expect(await secrets()).toEqual([]);
  });

  test('needs an address on file, a page and a mail server', async () => {
    const { utility, call, customerId } = await town();
    const reset = (id: number, address?: string) => call(resetWebLogin, { customerId: id, address });
    await expect(reset(await utility.customer('Bell, Bo'))).rejects.toMatchObject({ message: /no e-mail address/ });
    await expect(reset(customerId, 'eve@evil.example')).rejects.toMatchObject({ fields: { address: /on file/ } });
    expect((await reset(customerId, 'ANA@home.example')).sentTo).toBe('ana@home.example');
    await call(setOption, { name: 'webLoginUrl', value: '' });
    await expect(reset(customerId)).rejects.toMatchObject({ message: /webLoginUrl/ });
  });

  test('of another kind of text, or nobody’s, nothing is told', async () => {
    const { call } = await town();
    const words = 'This link does not work, or does not work any more.';
    await expect(call(redeemWebLogin, { token: 'x'.repeat(43) })).rejects.toMatchObject({ message: words });
  });
});
