import { openReady } from '#db/ready.ts';

// A process that has written to a database and never ends by itself, for tests that kill it.
const database = await openReady({ file: process.argv[2]! });
await database.transaction((db) =>
  db
    .insertInto('counter')
    .values({ name: 'held', value: 1 })
    .onConflict((at) => at.column('name').doUpdateSet((eb) => ({ value: eb('counter.value', '+', 1) })))
    .execute(),
);
process.stdout.write('written\n');
// The reference keeps the database open: what nobody refers to is closed.
setInterval(() => database.name, 1000);
