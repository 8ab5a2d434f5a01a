import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/open.ts';
import { faultyFiles, addressesOf } from '#db/files/copy.ts';
import { sweepFiles } from '#db/files/sweep.ts';
import { openReady } from '#db/ready.ts';
import { testKeys } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';
import { brokenRules, newFolder, server } from './office.ts';
import { record, sized } from './record.ts';

const script = new URL('attacher.ts', import.meta.url).pathname;
const TWO_DAYS_MS = 2 * 86_400_000;

/** Adds documents until it has heard of some, and is killed a moment later; answers what it heard. */
async function attaching(argv: readonly string[], kills: number): Promise<number[]> {
  const child = spawn(process.execPath, [script, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void (child.exitCode ?? child.kill('SIGKILL')));
  const heard: number[] = [];
  const lines = createInterface({ input: child.stdout });
  const closed = new Promise<void>((resolve) => lines.on('close', resolve));
  lines.on('line', (line) => void heard.push(Number(line)));
  while (heard.length === 0 && child.exitCode === null) await sleep(5);
  await sleep((kills % 7) * 9);
  child.kill('SIGKILL');
  await closed;
  return heard;
}

test.skipIf(server)(
  'killed between file and row, no document is there by half, and what is left over goes',
  async () => {
    const folder = newFolder();
    const file = join(folder, 'meterdesk.db');
    const database = await openReady({ file }, { keys: testKeys() });
    onTestFinished(() => database.close());
    const furnishing = await openDatabase({ file }, { alone: true });
    const { customerId } = await new Utility(furnishing).household();
    await furnishing.close();
    const heard: number[] = [];
    const kills = sized(6, 200);
    for (let kill = 0; kill < kills; kill += 1) {
      heard.push(...(await attaching([file, folder, `clerk-${kill}`, String(customerId)], kill)));
    }
    const rows = await database.db.selectFrom('document').select('id').execute();
    const there = new Set(rows.map(({ id }) => id));
    const lost = heard.filter((id) => !there.has(id)).length;
    const addresses = await addressesOf(database.db);
    const without = await faultyFiles(database.files, addresses, { most: addresses.length });
    await sweepFiles(database, Date.now() + TWO_DAYS_MS);
    const left = (await database.files.list()).length - addresses.length;
    const over = `${kills} kills, ${heard.length} acknowledged`;
    record('killed while documents are added: acknowledged and lost', lost, over);
    record('killed while documents are added: rows without their file', without.length, over);
    record('killed while documents are added: files left after a cleaning', left, over);
    expect([lost, without, left, await brokenRules(database)]).toEqual([0, [], 0, []]);
  },
);
