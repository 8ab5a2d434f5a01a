import { rmSync, writeSync, openSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { openReady } from '#db/ready.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import type { Actor } from '#services/actor.ts';
import { checkDatabase } from '#services/check/check.ts';
import { Failure } from '#services/failure.ts';
import { setOption } from '#services/options/operations.ts';
import { createRunner } from '#services/runner.ts';

// Works in a folder on a small disk until it is full, makes room, and goes on; prints what happened.

const ROUNDS = 5000;
const folder = process.argv[2]!;
const filler = join(folder, 'filler');
const actor: Actor = {
  userId: 1,
  username: 'tess',
  displayName: 'Tess Ter',
  groups: ['administrator'],
  permissions: new Set([EVERYTHING]),
  level: 3,
  source: 'call',
};

function fill(): void {
  const at = openSync(filler, 'w');
  try {
    for (let n = 0; n < ROUNDS; n++) writeSync(at, Buffer.alloc(65_536, 1));
  } catch {
    // The disk is full, as it should be.
  } finally {
    closeSync(at);
  }
}

const database = await openReady({ file: join(folder, 'utility.db') });
const call = createRunner({ database, actor, clock: { now: Date.now, today: () => '2026-11-21' } });
const rename = (n: number): Promise<unknown> => call(setOption, { name: 'companyName', value: `Town ${n}` });
const nameNow = async (): Promise<string> =>
  (await database.db.selectFrom('company_option').select('value').where('name', '=', 'companyName').executeTakeFirst())
    ?.value ?? '';

await rename(0);
fill();
let done = 0;
let refused: Failure | null = null;
while (refused === null && done < ROUNDS) {
  try {
    await rename(done + 1);
    done += 1;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    refused = error;
  }
}
const readable = await nameNow();
const entries = await database.db.selectFrom('audit_entry').select('seq').execute();
rmSync(filler);
await rename(ROUNDS + 1);
const after = await nameNow();
const { clean } = await checkDatabase(database.db);
await database.close();
process.stdout.write(
  JSON.stringify({
    code: refused?.code ?? null,
    message: refused?.message ?? null,
    nothingHalf: readable === JSON.stringify(`Town ${done}`) && entries.length === done + 1,
    goesOn: after === JSON.stringify(`Town ${ROUNDS + 1}`),
    clean,
  }),
);
