import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReady } from '#db/ready.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import { openExchange } from '#gateways/exchange.ts';
import { addDocument } from '#services/documents/write.ts';
import { createRunner } from '#services/runner.ts';

/*
 * Adds documents in a process of its own until it is killed: `node attacher.ts DATABASE FOLDER NAME
 * CUSTOMER`. What was acknowledged is said at once, a line each.
 */
const [file, folder, name, customer] = process.argv.slice(2) as [string, string, string, string];
const keys = { place: 'the test', read: async () => new Uint8Array(32).fill(7) };
const database = await openReady({ file }, { keys });
const call = createRunner({
  database,
  actor: {
    userId: 1,
    username: 'tess',
    displayName: 'Tess Ter',
    groups: ['administrator'],
    permissions: new Set([EVERYTHING]),
    level: 3,
    source: 'call',
  },
  clock: { now: Date.now, today: () => '2026-11-21' },
  exchange: openExchange({ folder }),
});
for (let n = 0; ; n += 1) {
  const path = join(folder, `${name}-${n}.txt`);
  writeFileSync(path, `${name} ${n} `.repeat(20_000));
  const { documentId } = await call(addDocument, {
    customerId: Number(customer),
    type: n % 2 === 0 ? 'LEASE' : 'ID',
    description: `${name} ${n}`,
    accessLevel: 1,
    path,
    scan: '',
  });
  process.stdout.write(`${documentId}\n`);
}
