import { statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import type { PresentRow } from '#db/presence.ts';
import { opened, server, sharedAddress, until } from '#test/support/address.ts';

const row = (username: string, place = 'account 1'): PresentRow => ({
  session: `session of ${username}`,
  userId: username.length,
  username,
  place,
  doing: 'reading',
  host: 'desk',
  pid: 1,
});

/** The change counter once what opening the database told of has arrived: the same over many round trips. */
async function settledCounter(database: Database): Promise<number> {
  let [counter, same] = [await database.changeCounter(), 0];
  await until(async () => {
    await database.db.selectFrom('audit_entry').select('id').execute();
    const now = await database.changeCounter();
    same = now === counter ? same + 1 : 0;
    counter = now;
    return same >= 50;
  });
  return counter;
}

describe('who has a record open', () => {
  test('is known to all who share the database, by place, until they leave', async () => {
    const address = await sharedAddress();
    const [here, there] = [await (await opened(address)).presence(), await (await opened(address)).presence()];
    await here.put(row('tess'), true);
    await there.put(row('bob', 'account 2'), true);
    await there.put({ ...row('cleo'), doing: 'editing' }, true);
    expect((await here.at('account 1')).map(({ username, doing }) => [username, doing])).toEqual([
      ['cleo', 'editing'],
      ['tess', 'reading'],
    ]);
    let before: number | null = null;
    await until(async () => before === (before = await here.token()));
    await there.remove('session of cleo');
    await until(async () => (await here.token()) !== before);
    expect(await here.at('account 1')).toEqual([row('tess')]);
  });

  test('ends with closing the database', async () => {
    const address = await sharedAddress();
    const database = await opened(address);
    const leaving = await opened(address);
    await (await leaving.presence()).put(row('cleo'), true);
    const present = await database.presence();
    expect(await present.at('account 1')).toHaveLength(1);
    await leaving.close();
    expect(await present.at('account 1')).toEqual([]);
  });

  test('neither grows the audit trail nor looks like a change', async () => {
    const address = await sharedAddress();
    const [here, there] = [await opened(address), await opened(address)];
    await here.changeCounter();
    const before = await settledCounter(here);
    await (await there.presence()).put(row('cleo'), true);
    expect(await here.changeCounter()).toBe(before);
    expect(await here.db.selectFrom('audit_entry').select('id').execute()).toEqual([]);
  });

  test.skipIf(server)('is for the owner’s eyes only, and made anew when it is damaged', async () => {
    const address = await sharedAddress();
    const beside = `${(address as { file: string }).file}-present`;
    writeFileSync(beside, 'no database at all, but long enough to look like one '.repeat(40));
    const present = await (await opened(address)).presence();
    await present.put(row('tess'), true);
    expect(await present.at('account 1')).toHaveLength(1);
    expect(statSync(beside).mode & 0o777).toBe(0o600);
  });
});
