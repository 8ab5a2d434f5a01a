import { expect, test } from 'vitest';
import { cacheFolder, databaseAddress, defaultDatabaseFile, isDefaultDatabase, stateFolder } from '#cli/paths.ts';

test('folders follow the XDG variables when they are absolute', () => {
  const env = { HOME: '/home/ana', XDG_DATA_HOME: '/data', XDG_STATE_HOME: 'relative', XDG_CACHE_HOME: '' };
  expect(defaultDatabaseFile(env)).toBe('/data/meterdesk/meterdesk.db');
  expect(stateFolder(env)).toBe('/home/ana/.local/state/meterdesk');
  expect(cacheFolder(env)).toBe('/home/ana/.cache/meterdesk');
});

test('the database is what --db says, then the variables, then the default', () => {
  const env = { HOME: '/home/ana', METERDESK_DB: '/u/a.db', METERDESK_DATABASE_URL: 'postgres://h/b' };
  expect(databaseAddress('/x/c.db', env)).toEqual({ file: '/x/c.db' });
  expect(databaseAddress('postgresql://h/d', env)).toEqual({ url: 'postgresql://h/d' });
  expect(databaseAddress(null, env)).toEqual({ file: '/u/a.db' });
  expect(databaseAddress(null, { ...env, METERDESK_DB: undefined })).toEqual({ url: 'postgres://h/b' });
  expect(databaseAddress(null, { HOME: '/home/ana' })).toEqual({
    file: '/home/ana/.local/share/meterdesk/meterdesk.db',
  });
  expect([isDefaultDatabase(null, { HOME: '/' }), isDefaultDatabase('x', {}), isDefaultDatabase(null, env)]).toEqual([
    true,
    false,
    false,
  ]);
});
