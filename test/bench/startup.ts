import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type BenchSetting, type Figures, median } from './figure.ts';
import { Line } from './terminal/line.ts';
import { launch, withFolder } from './terminal/program.ts';

const ROUNDS = 15;
const SMOKE_ROUNDS = 2;
const POLL_MS = 2;
const PATIENCE_MS = 30_000;

interface Start {
  readonly painted: number;
  readonly inCharge: number;
  readonly ready: number;
}

/** From spawning a `node` of the same version until its line is there. */
async function plainNode(): Promise<number> {
  const started = performance.now();
  const line = new Line({ argv: ['-e', 'console.log("here")'] });
  const at = await line.until((screen) => screen.includes('here'), 'a line of node');
  return at - started;
}

/** One start, in ms from spawning: the sign-in screen, what was typed at once shown with the first read, the ORM. */
async function start(database: string): Promise<Start> {
  return withFolder(async (folder) => {
    const started = performance.now();
    const startedAt = Date.now();
    const line = launch(database, folder);
    try {
      const painted = await line.until((screen) => screen.includes('Ctrl+C Leave'), 'the sign-in screen');
      line.send('zq');
      const inCharge = await line.until(
        (screen) => /User\s+zq/.test(screen) && screen.includes('Sign in as'),
        'what was typed and the first read',
      );
      const ready = await logged(join(folder, 'meterdesk', 'meterdesk.log'), 'ready');
      return { painted: painted - started, inCharge: inCharge - started, ready: ready - startedAt };
    } finally {
      await line.end();
    }
  });
}

/** When the event was logged, in epoch ms. */
async function logged(path: string, event: string): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    const found = lines.find((text) => text.includes(`"event":"${event}"`));
    if (found) return Date.parse((JSON.parse(found) as { at: string }).at);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`waited for ${event} in the log`);
}

/** Cold start, against a bare node in the same run. */
export async function measure({ database, smoke }: BenchSetting): Promise<Figures> {
  const nodes: number[] = [];
  const starts: Start[] = [];
  await start(database);
  for (let round = 0; round < (smoke ? SMOKE_ROUNDS : ROUNDS); round += 1) {
    nodes.push(await plainNode());
    starts.push(await start(database));
  }
  const baseline = median(nodes);
  const figure = (samples: number[], ratio: number) => atMost(median(samples), 'ms', { ratio }, { baseline, samples });
  return {
    'start: sign-in painted and taking keys': figure(
      starts.map(({ painted }) => painted),
      1.5,
    ),
    'start: Ink in charge, first read done': figure(
      starts.map(({ inCharge }) => inCharge),
      4.5,
    ),
    'start: ORM ready': figure(
      starts.map(({ ready }) => ready),
      9,
    ),
  };
}
