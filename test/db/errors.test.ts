import { expect, test } from 'vitest';
import { databaseTrouble } from '#db/errors.ts';

const coded = (code: string): Error => Object.assign(new Error('from the driver'), { code });

test.each([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY_DBMOVED', 'readonly'],
  ['SQLITE_CORRUPT_VTAB', 'corrupt'],
  ['40001', 'busy'],
  ['55P03', 'busy'],
  ['57014', 'busy'],
  ['53300', 'busy'],
  ['57P01', 'connection'],
  ['25P03', 'connection'],
  ['ECONNRESET', 'connection'],
  ['ETIMEDOUT', 'connection'],
  ['28P01', 'not-let-in'],
  ['3D000', 'not-let-in'],
  ['42501', 'readonly'],
  ['XX000', null],
  ['XX001', 'corrupt'],
  ['22003', null],
])('%s is %s', (code, trouble) => {
  expect(databaseTrouble(coded(code))).toBe(trouble);
  expect(databaseTrouble(new Error('around it', { cause: coded(code) }))).toBe(trouble);
});

test.each([
  ['Connection terminated unexpectedly', 'connection'],
  ['timeout exceeded when trying to connect', 'connection'],
  ['Client has encountered a connection error and is not queryable', 'connection'],
  ['The server does not support SSL connections', 'not-let-in'],
  ['x is not a function', null],
])('“%s” without a code is %s', (message, trouble) => {
  expect(databaseTrouble(new Error(message))).toBe(trouble);
});
