import type { Database, DatabaseAddress } from '#db/database.ts';
import { keySourceOf } from './key-source.ts';
import { keyFileOf } from './paths.ts';

/**
 * What gives a new demo utility sensitive numbers: makes its key file, unless there is one.
 * Where none can be made the demo goes without them, as a utility without a key does.
 */
export async function demoNumbersFor(
  address: DatabaseAddress,
): Promise<((database: Database) => Promise<void>) | null> {
  const { KeyFileRefused, makeKeyFile, readKeyFile } = await import('#gateways/key-file.ts');
  const file = keyFileOf(address);
  try {
    await readKeyFile(file).catch(() => makeKeyFile(file));
  } catch (error) {
    if (error instanceof KeyFileRefused) return null;
    throw error;
  }
  return async (database) => {
    const { addDemoNumbers } = await import('#services/secrets/demo-numbers.ts');
    await addDemoNumbers({ ...database, keys: keySourceOf(address) }, Date.now());
  };
}
