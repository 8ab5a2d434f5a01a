import { closeSync, openSync, statSync, writeSync } from 'node:fs';

const PAGE = 4096;
const GARBAGE = Buffer.alloc(300, 0xff);

/** Overwrites a stretch within several pages of a file that nobody has open, as a failing disk does. */
export function damage(file: string): void {
  const at = openSync(file, 'r+');
  const pages = Math.floor(statSync(file).size / PAGE);
  for (let page = 20; page < pages; page += 10) writeSync(at, GARBAGE, 0, GARBAGE.length, page * PAGE + 20);
  closeSync(at);
}
