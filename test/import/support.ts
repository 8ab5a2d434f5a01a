import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;

/** A profile as JSON, to be changed by a test. */
export const nychaWater = () =>
  JSON.parse(readFileSync(join(root, 'db/import/profiles/nycha-water.json'), 'utf8')) as {
    files: { bills: { duplicates: string } };
  };
