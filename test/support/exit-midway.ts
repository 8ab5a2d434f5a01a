import { openReady } from '#db/ready.ts';

// A process that ends in the middle of a transaction, without closing anything.
const database = await openReady({ file: process.argv[2]! });
const held = (name: string) => database.db.insertInto('counter').values({ name, value: 1 }).compile();
await database.transaction((db) => db.executeQuery(held('committed')));
await database.orm();
await database.presence();
await database.transaction(async (db) => {
  await db.executeQuery(held('not committed'));
  process.exit(3);
});
