import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { sendMail } from '#gateways/mail.ts';
import type { Carriers } from '#gateways/delivery.ts';
import { printByIpp } from '#gateways/printer.ts';
import { pdfPress } from '#gateways/press/pdf-press.ts';
import { recordBounce } from '#services/communications/bounced.ts';
import {
  cancelCommunication,
  fileWritten,
  resendCommunication,
  retryCommunication,
} from '#services/communications/change.ts';
import { claimNext, courier, settle, WAITS } from '#services/communications/courier.ts';
import { deliver } from '#services/communications/deliver.ts';
import { listCommunications, readDocument } from '#services/communications/read.ts';
import { saveContacts } from '#services/contacts/save.ts';
import { paperDestinations } from '#services/paper/read.ts';
import { mailPaper, printPaper, writePaper } from '#services/paper/send.ts';
import { createRunner } from '#services/runner.ts';
import { actor, clock, runnerFor, TODAY } from '#test/support/database.ts';
import { mailServer } from '#test/support/mail-server.ts';
import { readPdf } from '#test/support/pdf.ts';
import { printer } from '#test/support/printer.ts';
import { type Billed, billed, setOptions } from './billed.ts';

const NOW = clock.now();
const MINUTE = 60_000;
const PAPER = { detail: false, copies: false } as const;
const carriers: Carriers = { mail: (mail) => sendMail(mail, { password: async () => null }), print: printByIpp };

/** The courier at some moment. */
const courierAt = (database: Database, now = NOW) =>
  createRunner({ database, actor: courier('job'), clock: { now: () => now, today: () => TODAY }, press: pdfPress });

/** Somebody at work on what was billed, with a mail server. */
async function office(server: string, values: Parameters<typeof billed>[0] = { email_notices: 1 }) {
  const at = await billed(values);
  await setOptions(at.database, {
    companyName: 'Springfield Water',
    mailServer: server,
    mailFrom: 'bills@water.example',
  });
  return { ...at, call: runnerFor(at.database) };
}

const statementOf = ({ account }: Billed) => ({ ...PAPER, kind: 'statement', accountId: account.id }) as const;

const stateOf = async (database: Database, id: number) =>
  database.db.selectFrom('communication').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('statements by e-mail', () => {
  test('arrive once, with the document that is kept, and are seen to be sent', async () => {
    const server = await mailServer();
    const at = await office(server.address);
    const [left] = await at.call(mailPaper, statementOf(at));
    expect(await deliver(courierAt(at.database), carriers)).toEqual({ sent: 1 });
    expect(await deliver(courierAt(at.database), carriers)).toEqual({});
    await server.arrived(1);
    expect(server.taken.map(({ to }) => to)).toEqual([['ana@home.example']]);
    const mail = await PostalMime.parse(Buffer.from(server.taken[0]!.raw, 'base64'));
    expect(mail.subject).toBe('Springfield Water: statement B2 for account 10023');
    expect(mail.text).toContain('Amount due: 100.00, by 12/05/2026');
    const { text } = await readPdf(new Uint8Array(mail.attachments[0]!.content as ArrayBuffer));
    expect(text).toContain('Amount due 100.00');
    const { rows } = await at.call(listCommunications, { accountId: at.account.id, limit: 10 });
    expect(rows).toMatchObject([
      { status: 'sent', channel: 'email', kind: 'statement', recipient: 'ana@home.example', attempts: 1, sentAt: NOW },
    ]);
    const kept = await at.call(readDocument, { communicationId: left!.communicationId });
    expect(Buffer.from(kept.content, 'base64').equals(Buffer.from(mail.attachments[0]!.content as ArrayBuffer))).toBe(
      true,
    );
    expect((await stateOf(at.database, left!.communicationId)).statement_id).toBe(at.statement);
  });

  test.each([
    ['takes no notices', { email_notices: 0 as const }, {}, {}, /takes no notices/],
    ['when the company sends none', { email_notices: 1 as const }, { eBills: 'off' }, {}, /not sent by e-mail/],
    [
      'to an address that is not on file',
      { email_notices: 1 as const },
      {},
      { address: 'eve@evil.example' },
      /on file/,
    ],
  ])('are refused: %s', async (_, values, options, more, words) => {
    const at = await office('smtp://127.0.0.1:1', values);
    await setOptions(at.database, options);
    const refused = expect.stringMatching(words);
    await expect(at.call(mailPaper, { ...statementOf(at), ...more })).rejects.toMatchObject({
      code: 'refused',
      message: refused,
    });
    expect(await at.database.db.selectFrom('stored_document').select('id').execute()).toEqual([]);
  });

  test('a receipt goes to whoever asks for it', async () => {
    const server = await mailServer();
    const at = await office(server.address, { email_notices: 0 });
    const receipt = { ...PAPER, kind: 'receipt', accountId: at.account.id, transactionId: at.payment } as const;
    await at.call(mailPaper, { ...receipt, address: 'son@home.example' });
    expect(await deliver(courierAt(at.database), carriers)).toEqual({ sent: 1 });
    expect(server.taken[0]!.to).toEqual(['son@home.example']);
  });
});

describe('what does not go at once', () => {
  const asked = async (to: string) => {
    const server = await mailServer();
    const at = await office(server.address);
    await at.utility.add('customer_email', { customer_id: at.account.customerId, address: to });
    const [left] = await at.call(mailPaper, { ...statementOf(at), address: to });
    return { ...at, server, id: left!.communicationId };
  };

  test('is tried again after growing waits, and then given up', async () => {
    const { database, id } = await asked('busy@home.example');
    let now = NOW;
    for (const wait of WAITS) {
      expect(await deliver(courierAt(database, now), carriers)).toEqual({ queued: 1 });
      expect(await deliver(courierAt(database, now + wait * MINUTE - 1), carriers)).toEqual({});
      now += wait * MINUTE;
    }
    expect(await deliver(courierAt(database, now), carriers)).toEqual({ failed: 1 });
    expect(await stateOf(database, id)).toMatchObject({
      status: 'failed',
      attempts: WAITS.length + 1,
      next_try_at: null,
    });
  });

  test('goes when the server is there again, with the identity that it had', async () => {
    const { database, id, server, call } = await asked('ana2@home.example');
    await setOptions(database, { mailServer: 'smtp://127.0.0.1:1' });
    expect(await deliver(courierAt(database), carriers)).toEqual({ queued: 1 });
    await setOptions(database, { mailServer: server.address });
    await call(retryCommunication, { communicationId: id });
    const { message_id } = await stateOf(database, id);
    expect(await deliver(courierAt(database), carriers)).toEqual({ sent: 1 });
    expect((await PostalMime.parse(Buffer.from(server.taken[0]!.raw, 'base64'))).messageId).toBe(message_id);
  });

  test('a receiver that the server refuses is a bounce, seen at once', async () => {
    const { database, id } = await asked('gone@home.example');
    expect(await deliver(courierAt(database), carriers)).toEqual({ bounced: 1 });
    expect(await stateOf(database, id)).toMatchObject({
      status: 'bounced',
      problem: expect.stringMatching(/no such user/),
    });
  });

  test('when nobody knows whether it was taken it is said so, and not repeated unasked', async () => {
    const { database, id, server, call } = await asked('dropped@home.example');
    expect(await deliver(courierAt(database), carriers)).toEqual({ failed: 1 });
    expect(await stateOf(database, id)).toMatchObject({
      status: 'failed',
      problem: expect.stringMatching(/may have been sent/),
    });
    expect(await deliver(courierAt(database, NOW + 2000 * MINUTE), carriers)).toEqual({});
    expect(server.taken).toHaveLength(1);
    // Whoever has looked may say so.
    await call(retryCommunication, { communicationId: id });
    await deliver(courierAt(database), carriers);
    expect(server.taken).toHaveLength(2);
  });

  test('a process that dies in between leaves what nobody repeats; late news of it count', async () => {
    const { database, id } = await asked('ana3@home.example');
    const taken = await courierAt(database)(claimNext, {});
    expect(taken).toMatchObject({ id, attempt: 1 });
    expect(await courierAt(database)(claimNext, {})).toBeNull();
    expect(await deliver(courierAt(database, NOW + 5 * MINUTE), carriers)).toEqual({});
    expect(await deliver(courierAt(database, NOW + 11 * MINUTE), carriers)).toEqual({ lost: 1 });
    expect(await stateOf(database, id)).toMatchObject({
      status: 'failed',
      problem: expect.stringMatching(/may have gone out/),
    });
    const news = { id, attempt: 1, delivery: { outcome: 'sent', detail: '' } } as const;
    expect(await courierAt(database, NOW + 12 * MINUTE)(settle, news)).toBe('sent');
  });

  test('what was cancelled is not sent; what was sent cannot be cancelled, only sent anew', async () => {
    const { database, id, server, call } = await asked('ana4@home.example');
    await call(cancelCommunication, { communicationId: id });
    expect(await deliver(courierAt(database), carriers)).toEqual({});
    await call(retryCommunication, { communicationId: id });
    await deliver(courierAt(database), carriers);
    await expect(call(cancelCommunication, { communicationId: id })).rejects.toMatchObject({ code: 'refused' });
    await expect(call(retryCommunication, { communicationId: id })).rejects.toMatchObject({ code: 'refused' });
    const again = await call(resendCommunication, { communicationId: id });
    expect(await deliver(courierAt(database), carriers)).toEqual({ sent: 1 });
    const [first, second] = await Promise.all([id, again.communicationId].map((one) => stateOf(database, one)));
    expect(second!.message_id).not.toBe(first!.message_id);
    expect(second!.document_id).toBe(first!.document_id);
    expect(server.taken).toHaveLength(2);
    await expect(
      call(resendCommunication, { communicationId: id, recipient: 'eve@evil.example' }),
    ).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('a notification of non-delivery marks the message that it names, once', async () => {
    const { database, id, call } = await asked('ana5@home.example');
    await deliver(courierAt(database), carriers);
    const { message_id } = await stateOf(database, id);
    const news = { messageId: message_id!, address: 'ana5@home.example', status: '5.2.2', reason: 'Mailbox full' };
    expect(await call(recordBounce, news)).toEqual({ id, changed: true });
    expect(await call(recordBounce, news)).toEqual({ id, changed: false });
    expect(await stateOf(database, id)).toMatchObject({
      status: 'bounced',
      problem: '5.2.2 ana5@home.example Mailbox full',
    });
    const other = call(recordBounce, { ...news, messageId: '<other@water.example>' });
    await expect(other).rejects.toMatchObject({ code: 'not_found' });
  });

  test('two processes at once never send one message twice', async () => {
    const server = await mailServer();
    const at = await office(server.address);
    for (let index = 0; index < 12; index++) await at.call(mailPaper, statementOf(at));
    const counts = await Promise.all([1, 2, 3].map(() => deliver(courierAt(at.database), carriers)));
    const became = await at.database.db
      .selectFrom('communication')
      .select((eb) => ['status', 'problem', eb.fn.countAll<number>().as('times')])
      .groupBy(['status', 'problem'])
      .execute();
    expect(became.map((one) => ({ ...one, times: Number(one.times) }))).toEqual([
      { status: 'sent', problem: null, times: 12 },
    ]);
    expect(counts.reduce((sum, one) => sum + (one.sent ?? 0), 0)).toBe(12);
    const ids = await Promise.all(
      server.taken.map(async ({ raw }) => (await PostalMime.parse(Buffer.from(raw, 'base64'))).messageId),
    );
    expect(new Set(ids).size).toBe(12);
    expect(ids).toHaveLength(12);
  });
});

describe('on a printer', () => {
  const asked = async () => {
    const device = await printer();
    const at = await billed();
    await setOptions(at.database, { printers: [{ name: 'office', url: device.url }] });
    const call = runnerFor(at.database);
    const [left] = await call(printPaper, { ...statementOf(at), printer: 'office' });
    return { ...at, ...device, call, id: left!.communicationId };
  };

  test('the document arrives whole, with who printed it', async () => {
    const { database, jobs, id } = await asked();
    expect(await deliver(courierAt(database), carriers)).toEqual({ sent: 1 });
    expect(jobs).toHaveLength(1);
    expect(jobs[0]!.attributes).toMatchObject({
      'document-format': ['application/pdf'],
      'requesting-user-name': ['tess'],
      'job-name': ['Statement-B2-10023.pdf'],
    });
    expect((await readPdf(jobs[0]!.document)).text).toContain('Amount due 100.00');
    expect(await stateOf(database, id)).toMatchObject({ status: 'sent', channel: 'print', recipient: 'office' });
  });

  test.each([
    ['busy', 0x05_07, 'queued'],
    ['cannot print PDF', 0x04_0a, 'failed'],
    ['silent after it has the job', 'silent', 'failed'],
  ] as const)('a printer that is %s', async (_, mood, status) => {
    const { database, mood: printers, id, jobs } = await asked();
    printers.now = mood;
    await deliver(courierAt(database), carriers);
    expect(await stateOf(database, id)).toMatchObject({ status });
    expect(jobs).toEqual([]);
    if (mood !== 'silent') return;
    expect((await stateOf(database, id)).problem).toMatch(/may have printed/);
    printers.now = 'well';
    expect(await deliver(courierAt(database, NOW + 2000 * MINUTE), carriers)).toEqual({});
  });

  test('there is none of that name', async () => {
    const at = await billed();
    const asking = runnerFor(at.database)(printPaper, { ...statementOf(at), printer: 'nowhere' });
    await expect(asking).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('in a file', () => {
  test('it is said where it was written, or why not, by who asked for it', async () => {
    const at = await billed();
    const call = runnerFor(at.database);
    const [left] = await call(writePaper, { ...statementOf(at), file: 'bill' });
    const { communicationId } = left!;
    const other = runnerFor(at.database, { ...actor(), username: 'mia' });
    await expect(other(fileWritten, { communicationId, path: '/x' })).rejects.toMatchObject({ code: 'refused' });
    await call(fileWritten, { communicationId, path: '/home/tess/bill.pdf' });
    expect(await stateOf(at.database, communicationId)).toMatchObject({
      status: 'sent',
      recipient: '/home/tess/bill.pdf',
    });
    await expect(call(fileWritten, { communicationId, path: '/y' })).rejects.toMatchObject({ code: 'refused' });
  });

  test('when the program ended before, it is said after a while', async () => {
    const at = await billed();
    const [left] = await runnerFor(at.database)(writePaper, { ...statementOf(at), file: 'bill' });
    expect(await deliver(courierAt(at.database, NOW + 16 * MINUTE), carriers)).toEqual({ lost: 1 });
    expect(await stateOf(at.database, left!.communicationId)).toMatchObject({ status: 'failed' });
  });
});

describe('duplicates for contacts', () => {
  /** An office with a printer; Bob takes his copies by e-mail, the landlord by mail, Cy none. */
  async function withContacts() {
    const server = await mailServer();
    const press = await printer();
    const at = await office(server.address);
    await setOptions(at.database, { printers: [{ name: 'office', url: press.url }] });
    const { customerId, locationId } = at.account;
    const address = { type: 'home', line1: '3 Elm St', city: 'Springfield', state: 'IL', zip: '62704' };
    const email = { type: 'home', address: 'bob@home.example' };
    const contacts = [
      { type: 'emergency', firstName: 'Bob', lastName: 'Rivera', notices: 'email', emails: [email] },
      { type: 'landlord', firstName: 'Lou', lastName: 'Lane', notices: 'mail', addresses: [address] },
      { type: 'employer', firstName: 'Cy', lastName: 'Zorn', emails: [email] },
    ];
    await at.call(saveContacts, saveContacts.input.parse({ customerId, locationId, contacts }));
    return { ...at, server };
  }

  const names = (copies: readonly string[]) => copies.filter((copy) => copy.includes('contact'));

  test('go on paper or by e-mail as each contact takes its notices', async () => {
    const at = await withContacts();
    const { copies } = await at.call(paperDestinations, { accountId: at.account.id });
    expect(names(copies)).toEqual([
      'Lou Lane (contact (Landlord))',
      'Bob Rivera (contact (Emergency), by e-mail to bob@home.example)',
    ]);
    const left = await at.call(printPaper, { ...statementOf(at), copies: true, printer: 'office' });
    expect(left.map(({ recipient }) => recipient)).toEqual([
      'office',
      'office',
      'office',
      'office',
      'bob@home.example',
    ]);
    await deliver(courierAt(at.database), carriers);
    expect(at.server.taken.map(({ to }) => to)).toEqual([['bob@home.example']]);
    const mail = await PostalMime.parse(Buffer.from(at.server.taken[0]!.raw, 'base64'));
    const { text } = await readPdf(new Uint8Array(mail.attachments[0]!.content as ArrayBuffer));
    expect(text).toContain('Duplicate for the contact (Emergency)');
    const paper = await at.call(readDocument, { communicationId: left[3]!.communicationId });
    const printed = await readPdf(new Uint8Array(Buffer.from(paper.content, 'base64')));
    expect(printed.text).toMatch(/Duplicate for the contact \(Landlord\)[\s\S]*Lou Lane[\s\S]*3 Elm St/);
  });

  test('go on paper alone where no statement is mailed, and to a file when they are for one', async () => {
    const at = await withContacts();
    await setOptions(at.database, { eBills: 'off' });
    const { copies } = await at.call(paperDestinations, { accountId: at.account.id });
    expect(names(copies)).toEqual(['Lou Lane (contact (Landlord))', 'Bob Rivera (contact (Emergency))']);
    const left = await at.call(writePaper, { ...statementOf(at), copies: true, file: 'x.pdf' });
    expect(left.map(({ recipient }) => recipient)).toEqual(['x.pdf', 'x-2.pdf', 'x-3.pdf', 'x-4.pdf', 'x-5.pdf']);
  });

  test('of a location are of who lives there now; the owner gets one only where the account says so', async () => {
    const at = await withContacts();
    await at.database.db.updateTable('account').set({ activity: 'final', owner_copy: 0 }).execute();
    const { copies } = await at.call(paperDestinations, { accountId: at.account.id });
    expect(copies).toEqual([
      'Núñez, Ana M (Mailing address)',
      'Bob Rivera (contact (Emergency), by e-mail to bob@home.example)',
    ]);
  });
});
