import BetterSqlite from 'better-sqlite3';

/* Holds the write lock of a file: `node holder.ts FILE MS`. Says `held`, waits, lets go and says `released`. */
const [file, ms] = process.argv.slice(2);
const handle = new BetterSqlite(file!, { timeout: 5000 });
handle.exec('begin immediate');
process.stdout.write('held\n');
// Asleep in the middle of a transaction, as a process is that was stopped there.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ms));
handle.exec('commit');
handle.close();
process.stdout.write('released\n');
