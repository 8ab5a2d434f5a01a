/** Names of the migrations in order; apart from their texts so that a start need not load those. */
export const migrationNames: readonly string[] = [
  '2026-11-22-initial',
  '2026-11-22-look-up',
  '2026-11-22-guards',
  '2026-11-22-notes',
  '2026-11-22-note-words',
  '2026-11-26-security',
  '2026-11-26-append-only',
  '2026-11-26-money',
  '2026-11-26-posting',
  '2026-11-26-money-rights',
  '2026-11-26-people',
  '2026-11-26-people-rights',
  '2026-11-26-people-note-words',
  '2026-11-26-people-record',
  '2026-11-26-people-owners',
];
