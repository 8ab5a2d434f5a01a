import { readdirSync, readFileSync } from 'node:fs';
import { atMost, type BenchSetting, type Figures, median, percentile } from './figure.ts';
import { Line, rewritingCost } from './terminal/line.ts';
import { BARE_LIST, launch, openList, withFolder } from './terminal/program.ts';

const DOWN = '\x1b[B';
const PAGE_DOWN = '\x1b[6~';
const UP = '\x1b[A';
/** The line of the promise: 80 ms one way, 28.8 kbit/s. */
const SLOW = { delay: 80, bytesPerSecond: 28_800 / 8 };
const HELD_KEYS = 20;
const HELD_EVERY_MS = 1000 / 30;

interface Rounds {
  readonly bytes: number;
  readonly keys: number;
  readonly slow: number;
  readonly idleMs: number;
}

const FULL: Rounds = { bytes: 15, keys: 80, slow: 7, idleMs: 8000 };
const SMOKE: Rounds = { bytes: 3, keys: 6, slow: 1, idleMs: 1500 };

/** Bytes that a key costs, and what plainly rewriting the changed cells would. */
async function bytesOf(line: Line, key: string, rounds: number): Promise<{ sent: number[]; plain: number[] }> {
  const sent: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = line.cells();
    const received = line.received;
    line.send(key);
    await line.quiet();
    sent.push(line.received - received);
    plain.push(rewritingCost(before, line.cells()));
  }
  return { sent, plain };
}

function bytesFigure(sizes: { sent: number[]; plain: number[] }, ratio: number) {
  return atMost(median(sizes.sent), 'bytes', { ratio }, { baseline: median(sizes.plain), samples: sizes.sent });
}

/** Puts the cursor in the last row shown, so that the next move scrolls. */
async function toTheLastRow(line: Line): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const rows = line.screen().split('\n');
    const cursor = rows.findIndex((row) => /^ *> \S/.test(row));
    if (cursor < 0 || /^\s*more/.test(rows[cursor + 1] ?? '')) return;
    line.send(DOWN);
    await line.quiet();
  }
}

async function bytes(database: string, folder: string, rounds: number): Promise<Figures> {
  const line = launch(database, folder);
  try {
    await openList(line);
    line.send(DOWN);
    await line.quiet();
    const move = await bytesOf(line, DOWN, rounds);
    await toTheLastRow(line);
    const scroll = await bytesOf(line, DOWN, rounds);
    const page = await bytesOf(line, PAGE_DOWN, Math.ceil(rounds / 2));
    return {
      'bytes: one cursor move': bytesFigure(move, 1.1),
      'bytes: one scrolled row': bytesFigure(scroll, 0.4),
      'bytes: one page': bytesFigure(page, 1.1),
    };
  } finally {
    await line.end();
  }
}

/** From a key until the last byte of the answer, in ms. */
async function answers(line: Line, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const sent = performance.now();
    line.send(DOWN);
    await line.quiet();
    times.push(line.lastArrival - sent);
  }
  return times.slice(Math.floor(rounds / 6));
}

/** Rows of the list that has its cursor in the first. */
function listRows(line: Line): number {
  const rows = line.screen().split('\n');
  return rows.findIndex((row) => /^\s*more below/.test(row)) - rows.findIndex((row) => /^ *> \S/.test(row));
}

async function keyToPainted(database: string, folder: string, rounds: number): Promise<Figures> {
  const line = launch(database, folder);
  await openList(line);
  const bare = new Line({ argv: [BARE_LIST, String(listRows(line))] });
  try {
    await bare.until((screen) => screen.includes('> Abernathy'), 'the bare list');
    if (listRows(bare) !== listRows(line)) throw new Error('the two lists differ in size');
    const theirs: number[] = [];
    const ours: number[] = [];
    // In turns, so that what else the machine does meets both.
    for (let turn = 0; turn < 2; turn += 1) {
      theirs.push(...(await answers(bare, Math.ceil(rounds / 2))));
      ours.push(...(await answers(line, Math.ceil(rounds / 2))));
    }
    const figure = (share: number) =>
      atMost(percentile(ours, share), 'ms', { ratio: 1 }, { baseline: percentile(theirs, share), samples: ours });
    return { 'key to painted, list: p50': figure(0.5), 'key to painted, list: p95': figure(0.95) };
  } finally {
    await Promise.all([bare.end(), line.end()]);
  }
}

async function slowLine(database: string, folder: string, rounds: number): Promise<Figures> {
  const line = launch(database, folder, SLOW, { SSH_TTY: '/dev/pts/0' });
  try {
    await openList(line);
    const moves = await answers(line, rounds + 1);
    const lags: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Down and up in turn: every round moves over the same rows, and none runs past their end.
      const key = round % 2 === 0 ? DOWN : UP;
      for (let held = 0; held < HELD_KEYS; held += 1) {
        line.send(key);
        await new Promise((resolve) => setTimeout(resolve, HELD_EVERY_MS));
      }
      const released = performance.now() - HELD_EVERY_MS;
      await line.quiet();
      lags.push(line.lastArrival - released);
    }
    return {
      'slow line: one move complete': atMost(median(moves), 'ms', { value: 240 }, { samples: moves }),
      'slow line: lag after 20 held keys': atMost(median(lags), 'ms', { value: 400 }, { samples: lags }),
    };
  } finally {
    await line.end();
  }
}

/** Time on a processor of all threads, in ms. */
function processorTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, time) => sum + time, 0) / 1e6;
}

const proportionalMemory = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;

async function atRest(database: string, folder: string, idleMs: number): Promise<Figures> {
  const line = launch(database, folder);
  try {
    await openList(line);
    await line.quiet(2000);
    const received = line.received;
    const before = processorTime(line.pty.pid);
    const since = performance.now();
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const used = ((processorTime(line.pty.pid) - before) / (performance.now() - since)) * 1000;
    return {
      'idle: bytes': atMost(line.received - received, 'bytes', { value: 0 }),
      'idle: processor time': atMost(used, 'ms/s', { value: 1 }),
      'memory of one operator': atMost(proportionalMemory(line.pty.pid), 'MB', { value: 120 }),
    };
  } finally {
    await line.end();
  }
}

/** What an operator's line, eyes and machine notice of the screen. */
export async function measure({ database, smoke }: BenchSetting): Promise<Figures> {
  const rounds = smoke ? SMOKE : FULL;
  return withFolder(async (folder) => ({
    ...(await bytes(database, folder, rounds.bytes)),
    ...(await keyToPainted(database, folder, rounds.keys)),
    ...(await slowLine(database, folder, rounds.slow)),
    ...(await atRest(database, folder, rounds.idleMs)),
  }));
}
