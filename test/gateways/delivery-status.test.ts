import { describe, expect, test } from 'vitest';
import { deliveryStatuses } from '#gateways/delivery-status.ts';

/** As the mail servers of the world write them; `original` is the part that brings the message back. */
const notification = (receivers: string, original: readonly [type: string, text: string] | null): Uint8Array =>
  Buffer.from(
    [
      'From: MAILER-DAEMON@mx.home.example (Mail Delivery System)',
      'To: bills@water.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="B0"',
      'Message-Id: <20261121.1@mx.home.example>',
      '',
      '--B0',
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'Your message could not be delivered.',
      '',
      '--B0',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.home.example',
      'Arrival-Date: Sat, 21 Nov 2026 15:00:00 +0000',
      '',
      receivers,
      '',
      ...(original ? ['--B0', `Content-Type: ${original[0]}`, '', original[1], ''] : []),
      '--B0--',
      '',
    ].join('\r\n'),
  );

const FAILED = [
  'Final-Recipient: rfc822; ana@home.example',
  'Action: failed',
  'Status: 5.1.1',
  'Diagnostic-Code: smtp; 550 5.1.1 <ana@home.example>: Recipient address',
  '    rejected: User unknown',
].join('\r\n');

const SENT =
  'From: bills@water.example\r\nMessage-ID: <meterdesk.42@water.example>\r\nSubject: Statement\r\n\r\nDear Ana';

describe('notifications of what became of mail', () => {
  test.each([
    ['message/rfc822', SENT],
    ['text/rfc822-headers', SENT.split('\r\n\r\n')[0]!],
  ] as const)('name the message that came back as %s', async (type, text) => {
    expect(await deliveryStatuses(notification(FAILED, [type, text]))).toEqual([
      {
        messageId: '<meterdesk.42@water.example>',
        address: 'ana@home.example',
        action: 'failed',
        status: '5.1.1',
        reason: '550 5.1.1 <ana@home.example>: Recipient address rejected: User unknown',
      },
    ]);
  });

  test('tell of each receiver by itself', async () => {
    const delayed = 'Final-Recipient: rfc822; bob@home.example\r\nAction: delayed\r\nStatus: 4.4.1';
    const told = await deliveryStatuses(notification(`${FAILED}\r\n\r\n${delayed}`, ['message/rfc822', SENT]));
    expect(told.map(({ address, action }) => [address, action])).toEqual([
      ['ana@home.example', 'failed'],
      ['bob@home.example', 'delayed'],
    ]);
  });

  test('without the message that they are about name none', async () => {
    expect(await deliveryStatuses(notification(FAILED, null))).toMatchObject([{ messageId: null, action: 'failed' }]);
  });

  test.each([
    ['an ordinary letter', 'From: ana@home.example\r\nSubject: Thank you\r\n\r\nHello'],
    ['nothing', ''],
    ['bytes', '\u0000\u0001\u0002'],
  ])('%s is none', async (_, text) => {
    expect(await deliveryStatuses(Buffer.from(text))).toEqual([]);
  });
});
