import type { DualMigration } from './dual.ts';
import { migration as initial } from './2026-11-22-initial.ts';
import { migration as lookUp } from './2026-11-22-look-up.ts';
import { migration as guards } from './2026-11-22-guards.ts';
import { migration as notes } from './2026-11-22-notes.ts';
import { migration as noteWords } from './2026-11-22-note-words.ts';
import { migration as security } from './2026-11-26-security.ts';
import { migration as appendOnly } from './2026-11-26-append-only.ts';
import { migration as money } from './2026-11-26-money.ts';
import { migration as posting } from './2026-11-26-posting.ts';
import { migration as moneyRights } from './2026-11-26-money-rights.ts';
import { migration as people } from './2026-11-26-people.ts';
import { migration as peopleOwners } from './2026-11-26-people-owners.ts';
import { migration as peopleRights } from './2026-11-26-people-rights.ts';
import { migration as peopleNoteWords } from './2026-11-26-people-note-words.ts';
import { migration as peopleRecord } from './2026-11-26-people-record.ts';

/** Every migration, oldest first. A landed one is never edited. */
export const migrations: readonly DualMigration[] = [
  initial,
  lookUp,
  guards,
  notes,
  noteWords,
  security,
  appendOnly,
  money,
  posting,
  moneyRights,
  people,
  peopleRights,
  peopleNoteWords,
  peopleRecord,
  peopleOwners,
];
