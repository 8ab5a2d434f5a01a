import type { Actor } from '../actor.ts';

/** Who acts when a database has no users yet; may run only what every user may. */
export const installer = (source: Actor['source']): Actor => ({
  userId: 0,
  username: 'installer',
  displayName: 'Installer',
  groups: [],
  permissions: new Set(),
  level: 1,
  source,
});
