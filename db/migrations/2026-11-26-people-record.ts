import type { DualMigration } from './dual.ts';

export const migration: DualMigration = {
  name: '2026-11-26-people-record',
  sqlite: {
    up: ['create index `location_zip` on `location` (`zip`);'],
  },
  postgresql: {
    up: ['create index "location_zip" on "location" ("zip");'],
  },
};
