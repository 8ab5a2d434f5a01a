import { openDatabase } from '#db/database.ts';
import { operationNamed } from '#services/index.ts';
import { createRunner } from '#services/runner.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import type { Actor } from '#services/actor.ts';

/*
 * A clerk in a process of its own, who writes notes on an account:
 * `node clerk.ts ADDRESS ACCOUNT COUNT KEYS`. The address is a JSON object. What was acknowledged is said at once, a line
 * each: the note's identity. Commands carry the keys `KEYS-1`, `KEYS-2` … when KEYS are named.
 */
const actor: Actor = {
  userId: 1,
  username: 'tess',
  displayName: 'Tess Ter',
  groups: ['administrator'],
  permissions: new Set([EVERYTHING]),
  level: 3,
  source: 'call',
};
const [address, account, count, keys] = process.argv.slice(2);
const addNote = operationNamed('note.add')!;
const database = await openDatabase(JSON.parse(address!));
const call = createRunner({ database, actor, clock: { now: Date.now, today: () => '2026-11-21' } });
for (let n = 1; n <= Number(count); n++) {
  const options = keys ? { idempotencyKey: `${keys}-${n}` } : {};
  const note = { level: 'account', body: `Note ${n}`, accountId: Number(account) };
  const { noteId } = await call(addNote, note, options);
  process.stdout.write(`${noteId}\n`);
}
await database.close();
