import { Readable } from 'node:stream';
import { clean } from '#terminal/sanitize.ts';
import type { Delivery, Mail } from './delivery.ts';

/** How long a server may take, ms; all of them together are far less than a claim of the queue lasts. */
const TIMEOUTS = {
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  socketTimeout: 60_000,
  dnsTimeout: 20_000,
} as const;

/** Answers of a server are shown to operators; so much of one. */
const LONGEST_REASON = 300;

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/;

/** Who sends mail by SMTP; the password is asked for only when the address names a user. */
export interface SmtpOptions {
  /** Null when there is none. */
  readonly password: () => Promise<string | null>;
}

/** What was wrong, as the libraries say it. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/**
 * Gives a message to an SMTP server. Says of every failure whether the message can have been taken:
 * it cannot before the server asked for it (DATA), nor when it answered with a refusal.
 */
export async function sendMail(mail: Mail, options: SmtpOptions): Promise<Delivery> {
  let given = false;
  try {
    const [message, connection] = await Promise.all([composed(mail), connectionTo(mail.server)]);
    const credentials = await credentialsOf(mail.server, options);
    const body = Readable.from(
      (function* () {
        given = true;
        yield message;
      })(),
      { objectMode: false },
    );
    return await new Promise<Delivery>((resolve) => {
      const failed = (error: Error): void => {
        connection.close();
        resolve(meaning(error, given));
      };
      const send = (): void =>
        connection.send({ from: mail.from.address, to: [mail.to], size: message.length }, body, (error, info) => {
          if (error) return failed(error);
          connection.quit();
          resolve({ outcome: 'sent', detail: worded(info?.response ?? '') });
        });
      connection.once('error', failed);
      connection.connect((error) => {
        if (error) return failed(error);
        if (!credentials) return send();
        connection.login({ credentials }, (refused) => (refused ? failed(refused) : send()));
      });
    });
  } catch (error) {
    return meaning(error instanceof Error ? error : new Error('It could not be sent.'), given);
  }
}

/** Commands whose refusal is about this message or its receiver, and not about the line. */
const OF_THE_MESSAGE = /^(?:MAIL FROM|RCPT TO|DATA)$/;

const worded = (text: string): string => clean(text, { maxLength: LONGEST_REASON });

function meaning(error: SmtpError, given: boolean): Delivery {
  const { responseCode = 0, command = '', code = '' } = error;
  const reason = worded(error.message);
  if (responseCode >= 500 && OF_THE_MESSAGE.test(command)) {
    return { outcome: 'refused', reason, bounced: command !== 'MAIL FROM' };
  }
  if (code === 'EENVELOPE' && responseCode === 0) return { outcome: 'refused', reason, bounced: false };
  // A password or a certificate that is not right yet is mended while the message waits.
  if (responseCode >= 400 || !given) return { outcome: 'later', reason };
  return {
    outcome: 'unclear',
    reason: `The server did not say whether it took the message; it may have been sent. ${reason}`,
  };
}

/** The message as it goes over the line: the same bytes for the same mail. */
async function composed(mail: Mail): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { enclosure } = mail;
  const composer = new MailComposer({
    from: { name: header(mail.from.name), address: mail.from.address },
    to: { name: '', address: mail.to },
    ...(mail.replyTo === '' ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: header(mail.subject),
    text: clean(mail.body, { multiline: true }),
    messageId: mail.messageId,
    date: new Date(mail.date),
    // Nobody's holiday notice is an answer to this.
    headers: { 'Auto-Submitted': 'auto-generated' },
    attachments: enclosure
      ? [
          {
            filename: header(enclosure.name),
            contentType: enclosure.mediaType,
            content: Buffer.from(enclosure.content),
          },
        ]
      : [],
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** One line without anything that would begin another header. */
const header = (text: string): string => clean(text, { removed: 'drop', maxLength: 200 });

async function connectionTo(server: string) {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  const { hostname, port, protocol } = new URL(server);
  const secure = protocol === 'smtps:';
  const near = LOOPBACK.test(hostname);
  return new SMTPConnection({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    // Only to the machine itself does mail go in plain text.
    requireTLS: !secure && !near,
    ignoreTLS: !secure && near,
    ...TIMEOUTS,
  });
}

async function credentialsOf(server: string, { password }: SmtpOptions) {
  const user = decodeURIComponent(new URL(server).username);
  if (user === '') return null;
  const pass = await password();
  if (pass === null) {
    throw new Error('There is no password for the mail server; the README says where its file belongs.');
  }
  return { user, pass };
}
