import { describe, expect, test } from 'vitest';
import { cancelCommunication, resendCommunication } from '#services/communications/change.ts';
import { listCommunications } from '#services/communications/read.ts';
import { operationNamed } from '#services/index.ts';
import { mailPaper, printPaper, writePaper } from '#services/paper/send.ts';
import { actor, runnerFor } from '#test/support/database.ts';
import { mailServer } from '#test/support/mail-server.ts';
import { printer } from '#test/support/printer.ts';
import { type Billed, billed, setOptions } from './billed.ts';

const statementOf = ({ account }: Billed) =>
  ({ detail: false, copies: false, kind: 'statement', accountId: account.id }) as const;

describe('of a customer who may only be read', () => {
  const confined = (access: 'read' | 'change') => ({ ...actor(), customers: new Map([['homes', access]]) });

  test('papers are printed, written and sent by who has the right to that, and nothing else is', async () => {
    const server = await mailServer();
    const device = await printer();
    const at = await billed({ email_notices: 1, customer_group: 'homes' });
    await setOptions(at.database, {
      mailServer: server.address,
      mailFrom: 'bills@water.example',
      printers: [{ name: 'office', url: device.url }],
    });
    const reader = runnerFor(at.database, confined('read'));
    const [printed] = await reader(printPaper, { ...statementOf(at), printer: 'office' });
    await reader(writePaper, { ...statementOf(at), file: 'bill' });
    await reader(mailPaper, statementOf(at));
    await reader(resendCommunication, { communicationId: printed!.communicationId });
    await reader(cancelCommunication, { communicationId: printed!.communicationId });
    const { rows } = await reader(listCommunications, { accountId: at.account.id, limit: 100 });
    expect(rows.map(({ channel }) => channel).toSorted()).toEqual(['email', 'file', 'print', 'print']);
    const note = { level: 'account', body: 'Knock twice.', accountId: at.account.id };
    await expect(reader(operationNamed('note.add')!, note)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('of another group nothing is printed, and nothing is told', async () => {
    const at = await billed({ customer_group: 'works' });
    const [left] = await runnerFor(at.database)(writePaper, { ...statementOf(at), file: 'bill' });
    const reader = runnerFor(at.database, confined('change'));
    await expect(reader(writePaper, { ...statementOf(at), file: 'bill' })).rejects.toMatchObject({ code: 'not_found' });
    const again = reader(resendCommunication, { communicationId: left!.communicationId });
    await expect(again).rejects.toMatchObject({ code: 'not_found' });
  });

  test('without the right to print none is', async () => {
    const at = await billed({ customer_group: 'homes' });
    const clerk = runnerFor(at.database, { ...confined('read'), permissions: new Set(['accounts.read']) });
    await expect(clerk(writePaper, { ...statementOf(at), file: 'bill' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
