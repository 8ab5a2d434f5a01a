import type { DualMigration } from './dual.ts';

/** Notes can be kept to a level of users, and are removed without being lost. */
export const migration: DualMigration = {
  name: '2026-11-22-notes',
  sqlite: {
    up: [
      'alter table `note` add column `access_level` integer not null default 1;',
      'alter table `note` add column `removed_at` integer null;',
    ],
  },
  postgresql: {
    up: ['alter table "note" add "access_level" int not null default 1, add "removed_at" bigint null;'],
  },
};
