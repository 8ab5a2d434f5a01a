import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Mail } from '#gateways/delivery.ts';
import { sendMail } from '#gateways/mail.ts';
import { mailServer } from '#test/support/mail-server.ts';

const mailTo = (server: string, to: string, more: Partial<Mail> = {}): Mail => ({
  server,
  from: { name: 'Springfield Water', address: 'bills@water.example' },
  replyTo: '',
  to,
  subject: 'Statement B42 for Núñez',
  body: 'Dear Núñez,\n\nyour statement is attached.',
  messageId: '<meterdesk.42@water.example>',
  date: Date.UTC(2026, 10, 21),
  enclosure: { name: 'Statement.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7 body') },
  ...more,
});

const nobody = { password: async () => null };
const parsed = (raw: string) => PostalMime.parse(Buffer.from(raw, 'base64'));

describe('mail by SMTP', () => {
  test('arrives with its text, its document and its identity, the same at every try', async () => {
    const server = await mailServer();
    const mail = mailTo(server.address, 'ana@home.example');
    expect(await sendMail(mail, nobody)).toMatchObject({ outcome: 'sent' });
    expect(await sendMail(mail, nobody)).toMatchObject({ outcome: 'sent' });
    const [first, second] = await Promise.all(server.taken.map(({ raw }) => parsed(raw)));
    expect(first).toMatchObject({
      messageId: mail.messageId,
      subject: mail.subject,
      from: mail.from,
      to: [{ address: 'ana@home.example' }],
      date: '2026-11-21T00:00:00.000Z',
    });
    expect(first!.text).toContain('your statement is attached');
    const [document] = first!.attachments;
    expect(document).toMatchObject({ filename: 'Statement.pdf', mimeType: 'application/pdf' });
    expect(Buffer.from(document!.content as ArrayBuffer).toString()).toBe('%PDF-1.7 body');
    expect(second!.messageId).toBe(first!.messageId);
  });

  test('what is in a text adds no header and no receiver', async () => {
    const server = await mailServer();
    const evil = { subject: 'Bill\r\nBcc: eve@evil.example\r\n\r\nHello', enclosure: null };
    await sendMail(mailTo(server.address, 'ana@home.example', evil), nobody);
    expect(server.taken.map(({ to }) => to)).toEqual([['ana@home.example']]);
    const mail = await parsed(server.taken[0]!.raw);
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(mail.text).not.toContain('Hello');
  });

  test.each([
    ['gone@home.example', { outcome: 'refused', bounced: true }, 0],
    ['busy@home.example', { outcome: 'later' }, 0],
    ['dropped@home.example', { outcome: 'unclear' }, 1],
  ])('%s: %o', async (to, outcome, taken) => {
    const server = await mailServer();
    expect(await sendMail(mailTo(server.address, to), nobody)).toMatchObject(outcome);
    expect(server.taken).toHaveLength(taken);
  });

  test('a server that is not there, or that is no mail server, is asked again later', async () => {
    const server = await mailServer();
    await server.stop();
    expect(await sendMail(mailTo(server.address, 'ana@home.example'), nobody)).toMatchObject({ outcome: 'later' });
  });

  test('signs in with the password from its file, and does without none', async () => {
    const server = await mailServer('secret');
    const mail = mailTo(`smtp://bills@127.0.0.1:${server.port}`, 'ana@home.example');
    expect(await sendMail(mail, { password: async () => 'secret' })).toMatchObject({ outcome: 'sent' });
    expect(server.taken[0]!.user).toBe('bills');
    expect(await sendMail(mail, nobody)).toMatchObject({
      outcome: 'later',
      reason: expect.stringMatching(/no password/),
    });
    const wrong = await sendMail(mail, { password: async () => 'wrong' });
    expect(wrong).toMatchObject({ outcome: 'later' });
    expect(JSON.stringify(wrong)).not.toContain('wrong');
    expect(server.taken).toHaveLength(1);
  });

  test('to another machine nothing goes in plain text', async () => {
    const server = await mailServer();
    // The same machine by an address that does not say so.
    const mail = mailTo(`smtp://0.0.0.0:${server.port}`, 'ana@home.example');
    expect(await sendMail(mail, nobody)).toMatchObject({ outcome: 'later', reason: expect.stringMatching(/STARTTLS/) });
    expect(server.taken).toEqual([]);
  });
});
