import type { DatabaseAddress, KeySource } from '#db/database.ts';
import { keyFileOf } from './paths.ts';

/** The key file of a database, read when the first sealed value is needed. */
export function keySourceOf(address: DatabaseAddress): KeySource {
  const file = keyFileOf(address);
  return {
    place: file.path,
    read: async () => (await import('#gateways/key-file.ts')).readKeyFile(file),
  };
}
