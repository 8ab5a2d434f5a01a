import { describe, expect, test } from 'vitest';
import { operations } from '#services/index.ts';
import { readOption, setOption } from '#services/options/operations.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { inputSchema } from '#test/support/inputs.ts';

/** Verbs that make something new, or change nothing: there is no version yet. A preview is rolled back. */
const MAKING = /Preview$|\.(add|create|enter|import|issue|open|post|run|save)[A-Za-z]*$/;

/**
 * Commands on what is there already that take no version, each with its reason. An edit does not
 * belong here: whoever overwrites what was read must say which version that was.
 */
const WITHOUT: Readonly<Record<string, string>> = {
  ...linked('balance.transfer', 'bill.adjust', 'bill.reverse', 'credit.apply', 'credit.convert', 'payment.chargeBack'),
  ...linked('payment.return', 'payment.reverse', 'payment.transfer', 'refund.correct', 'writeOff.reinstate'),
  ...linked('specialCharge.bill', 'deposit.charge', 'deposit.credit-interest', 'deposit.refund-run'),
  ...sending('paper.mail', 'paper.print', 'paper.write', 'report.mail', 'report.print', 'report.write'),
  ...sending('communication.resend', 'communication.written', 'communication.bounced'),
  'autopay.beginCard': 'makes a link, good once; nothing that was read is overwritten',
  'customer.reset-web-login': 'makes a token; those before it end for good',
  'webLogin.redeem': 'takes a token that works once',
  'paper.setFormat': 'sets a state by name; nothing that was read is overwritten',
  'penalty.calculate': 'makes a run',
  'penalty.exclude': 'sets a state by name; nothing that was read is overwritten',
  'penalty.include': 'sets a state by name; nothing that was read is overwritten',
  'refund.numberChecks': 'numbers only refunds that have none',
  'account.begin-waiting': 'sets a state by what the day and the location say; nothing that was read is overwritten',
  'customer.check-new': 'changes nothing but the trail',
  'customField.index': 'makes the look-up say what is there; nothing that was read is overwritten',
  'draft.discard': 'a draft is its author’s alone, and the last one counts',
  'keys.drop': 'drops a key only while nothing is sealed by it',
  'keys.new': 'adds a key; the one before is read no more',
  'list.export': 'changes nothing but the trail',
  'sensitive.find': 'changes nothing but the trail',
  'sensitive.reveal': 'changes nothing but the trail',
  'token.revoke': 'ends something for good, whatever else changed',
  'user.changeOwnPassword': 'whoever knows the present password replaces what they know',
  'user.disable': 'sets a state by name; nothing that was read is overwritten',
  'user.enable': 'sets a state by name; nothing that was read is overwritten',
  'user.setOsUser': 'sets a state by name; nothing that was read is overwritten',
  'user.setPassword': 'a password cannot be read, so that none is overwritten unseen',
  'user.totpBegin': 'one’s own, refused while there is one in use',
  'user.totpConfirm': 'one’s own, refused while there is one in use',
  'user.totpRemove': 'takes a state away; nothing that was read is overwritten',
  'user.totpReset': 'takes a state away; nothing that was read is overwritten',
  'user.unlock': 'sets a state by name; nothing that was read is overwritten',
};

/** Corrections of posted rows, which never change. */
function linked(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, 'makes new, linked rows; what was posted stays as it was']));
}

/** What puts something on paper or on its way. */
function sending(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, 'adds to what was sent; nothing that was read is overwritten']));
}

describe('whoever edits says which version was read', () => {
  const editing = operations.filter((one) => one.kind === 'command' && !MAKING.test(one.name));

  test('every command on an existing record takes its version, but for those that say why not', () => {
    const without = editing.filter((one) => !inputSchema(one).properties?.version).map(({ name }) => name);
    expect(without.filter((name) => !(name in WITHOUT))).toEqual([]);
  });

  test('no exception is there for nothing', () => {
    const names = new Map(editing.map((one) => [one.name, one]));
    expect(Object.keys(WITHOUT).filter((name) => !names.has(name))).toEqual([]);
    expect(Object.keys(WITHOUT).filter((name) => inputSchema(names.get(name)!).properties?.version)).toEqual([]);
  });

  test('a version that has moved on is refused, and nothing is changed', async () => {
    const call = runnerFor(await freshDatabase());
    const option = { name: 'idleMinutes' } as const;
    const read = await call(readOption, option);
    await call(setOption, { name: 'idleMinutes', value: 5, version: read.version });
    const late = call(setOption, { name: 'idleMinutes', value: 9, version: read.version });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect(await call(readOption, option)).toMatchObject({ value: 5, version: 1, changedBy: 'tess' });
  });
});
