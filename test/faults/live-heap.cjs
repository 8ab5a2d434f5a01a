'use strict';
/*
 * Put before the program (`node --expose-gc --require`): on SIGUSR2 it writes what is alive after a
 * collection to the file named in the environment. The resident size would show how much room V8
 * has taken and kept for itself, which follows the machine's mood and not the program's needs.
 */
const { renameSync, writeFileSync } = require('node:fs');

const file = process.env.LIVE_HEAP_FILE;
let asked = 0;

process.on('SIGUSR2', () => {
  // What the first collection finalises is gone with the second.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  asked += 1;
  writeFileSync(`${file}.new`, JSON.stringify({ asked, bytes: heapUsed + external }));
  renameSync(`${file}.new`, file);
});
