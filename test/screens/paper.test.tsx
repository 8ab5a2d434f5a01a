import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import type { Carriers, Delivery, Mail, PrintJob } from '#gateways/delivery.ts';
// What the program loads when it is first used is here before the keys are pressed.
import '#app/takings/paper/send.ts';
import '#services/paper/send.ts';
import '#services/communications/change.ts';
import '#services/communications/deliver.ts';
import '#gateways/press/pdf.ts';
import { actor } from '#test/support/database.ts';
import { readPdf } from '#test/support/pdf.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { billed, setOptions } from '#test/services/paper/billed.ts';

/** The way out of a test: what left by it, and how the other side answers. */
function way(answer: Delivery = { outcome: 'sent', detail: '' }) {
  const mail: Mail[] = [];
  const jobs: PrintJob[] = [];
  const carriers: Carriers = {
    mail: async (one) => {
      mail.push(one);
      return answer;
    },
    print: async (one) => {
      jobs.push(one);
      return answer;
    },
  };
  return { carriers, mail, jobs };
}

const SIZES = [
  [80, 24],
  [120, 40],
] as const;

async function atHistory(
  size: readonly [number, number],
  { answer, ...options }: { answer?: Delivery; eBills?: string } = {},
) {
  const at = await billed({ email_notices: 1 });
  await setOptions(at.database, {
    mailServer: 'smtp://mail.example:587',
    mailFrom: 'bills@water.example',
    printers: [{ name: 'office', url: 'ipp://printer.example/ipp' }],
    ...options,
  });
  await rebuildIndex(at.database);
  const out = way(answer);
  const op = await signedInApp({ database: at.database, size, carriers: out.carriers });
  op.shell.desktop.jump('account', { accountId: at.account.id, tab: 'history' });
  await op.settled();
  return { ...at, ...out, op };
}

/** Waits until the screen, or what left the program, is as it should be: files and papers take their time. */
async function until(op: Operator, holds: () => boolean): Promise<void> {
  while (!holds()) await op.settled();
}

const sees = (op: Operator, text: string | RegExp): Promise<void> =>
  until(op, () => (typeof text === 'string' ? op.text().includes(text) : text.test(op.text())));

/** Down the list to the line with a text. */
async function toLine(op: Operator, text: string): Promise<void> {
  await op.press('g');
  const isThere = (): boolean =>
    op
      .text()
      .split('\n')
      .some((line) => /^ ?>/.test(line) && line.includes(text));
  for (let row = 0; row < 12 && !isThere(); row++) await op.press('down');
}

/** From the line of a transaction to the destination of a paper in its standard format. */
async function paper(op: Operator, line: string, title: string): Promise<void> {
  await toLine(op, line);
  await op.press('p');
  await sees(op, 'Print or send');
  await op.type(title);
  await op.press('enter');
  await sees(op, 'Select report format');
  await op.press('enter');
}

async function mailed(op: Operator): Promise<void> {
  await paper(op, 'Charge B2', 'e-mail the statement');
  await sees(op, 'ana@home.example');
  await op.press('f9');
}

async function sentTo(op: Operator, destination: string): Promise<void> {
  await sees(op, 'Where to');
  await op.type(destination);
  await op.press('enter');
}

describe.each(SIZES)('at %i×%i', (...size) => {
  test('a statement is printed from a charge: format, printer, gone', async () => {
    const { op, jobs } = await atHistory(size);
    await paper(op, 'Charge B2', 'print the statement');
    await sentTo(op, 'office');
    await sees(op, 'It is sent.');
    expect(jobs.map(({ printer, name }) => [printer, name])).toEqual([
      ['ipp://printer.example/ipp', 'Statement-B2-10023.pdf'],
    ]);
    await op.press('C');
    await sees(op, /sent +Statement/);
    expect(op.unexpected).toEqual([]);
  });

  test('a receipt goes into a file, and its communication says where', async () => {
    const { op, database } = await atHistory(size);
    await paper(op, 'Payment R7', 'print the receipt');
    await sentTo(op, 'file');
    await sees(op, 'Replace a file');
    await op.press('f9');
    await sees(op, 'Written to /exports/receipt-r7');
    expect((await readPdf(op.documents[0]!.content)).text).toContain('Balance after');
    const [row] = await database.db.selectFrom('communication').selectAll().execute();
    expect(row).toMatchObject({ channel: 'file', status: 'sent', recipient: '/exports/receipt-r7' });
  });

  test('the A/R history goes on paper with the days and balances of its screen', async () => {
    const { op, jobs } = await atHistory(size);
    await op.press('H');
    const shown = {
      opening: /Opening ([\d,.]+)/.exec(op.text())![1]!,
      closing: /Closing ([\d,.]+)/.exec(op.text())![1]!,
    };
    await op.press('p');
    await op.press('enter');
    await op.type('office');
    await op.press('enter');
    await op.settled();
    const { text } = await readPdf(jobs[0]!.document.content);
    expect(text).toContain(`Balance before 11/21/2025 ${shown.opening}`);
    expect(text).toContain(`Balance on 11/21/2026 ${shown.closing}`);
    expect(op.unexpected).toEqual([]);
  });

  test('a table is printed as it is on the screen', async () => {
    const { op, jobs } = await atHistory(size);
    await op.press('X');
    await sees(op, 'Report, letter landscape');
    await op.press('enter');
    await sentTo(op, 'office');
    await sees(op, 'Heading');
    await op.press('f9');
    await until(op, () => jobs.length > 0);
    const { text } = await readPdf(jobs[0]!.document.content);
    expect(text).toMatch(/Date +U? *Description/);
    expect(text).toContain('Payment R8');
  });
});

test('a statement by e-mail goes to the address on file, and says when it could not', async () => {
  const { op, mail } = await atHistory([80, 24], {
    answer: { outcome: 'refused', reason: '550 no such user', bounced: true },
  });
  await mailed(op);
  await sees(op, '=COM says why');
  expect(mail.map(({ to, messageId }) => [to, /^<meterdesk\.\d+@water\.example>$/.test(messageId)])).toEqual([
    ['ana@home.example', true],
  ]);
  await op.press('C');
  await sees(op, /returned +Statement/);
  expect(op.text()).toContain('550 no such user');
});

test('what the company does not send is refused before anything is made', async () => {
  const { op, database } = await atHistory([80, 24], { eBills: 'off' });
  await paper(op, 'Charge B2', 'e-mail the statement');
  await sees(op, 'not sent by e-mail');
  expect(await database.db.selectFrom('communication').select('id').execute()).toEqual([]);
});

test('what waits is tried again at once when asked to, and can be cancelled', async () => {
  const { op, database, mail } = await atHistory([80, 24], { answer: { outcome: 'later', reason: 'busy' } });
  await mailed(op);
  await until(op, () => mail.length === 1);
  await op.press('C');
  await sees(op, 'Tried 1 times');
  await op.press('r');
  await until(op, () => mail.length === 2);
  await sees(op, 'Tried 1 times');
  await op.press('c');
  await sees(op, 'Take it out of the queue');
  op.timers.advance(2000);
  await op.press('y');
  await sees(op, 'It is cancelled.');
  const rows = await database.db.selectFrom('communication').select('status').execute();
  expect(rows).toEqual([{ status: 'cancelled' }]);
});

test('what may have arrived is sent again only when somebody says so', async () => {
  const reason = 'The server did not say whether it took the message; it may have been sent.';
  const { op, mail } = await atHistory([80, 24], { answer: { outcome: 'unclear', reason } });
  await mailed(op);
  await until(op, () => mail.length === 1);
  await op.press('C');
  await sees(op, /failed +Statement/);
  await op.press('r');
  await sees(op, 'it arrives twice');
  await op.press('esc');
  await op.settled();
  expect(mail).toHaveLength(1);
  await op.press('r');
  await sees(op, 'it arrives twice');
  op.timers.advance(2000);
  await op.press('y');
  await until(op, () => mail.length === 2);
  expect(mail[1]!.messageId).toBe(mail[0]!.messageId);
});

test('the line decides what is offered; who may not print is offered nothing', async () => {
  const { op, database, account } = await atHistory([80, 24]);
  await toLine(op, 'Payment R7');
  await op.press('p');
  await sees(op, 'Print the receipt');
  expect(op.text()).not.toContain('Print the statement');
  const reader = await signedInApp({
    database,
    actor: actor('accounts.read', 'history.read', 'customers.read', 'locations.read'),
  });
  reader.shell.desktop.jump('account', { accountId: account.id, tab: 'history' });
  await reader.settled();
  const ids = reader.shell.scopes()[0]!.commands.map(({ id }) => id);
  expect(ids.filter((id) => /paper|print|mail|communications/.test(id))).toEqual([]);
});

test('at the counter the receipt of the payment that was just taken names all of it', async () => {
  const { op, jobs } = await atHistory([80, 24]);
  op.shell.desktop.open('payment', undefined);
  await op.settled();
  await op.type('10023');
  await op.press('enter', 'enter', 'enter');
  await op.settled();
  await op.press('alt+l');
  await op.press('p');
  await sees(op, 'Select report format');
  await op.press('enter');
  await sentTo(op, 'office');
  await until(op, () => jobs.length > 0);
  const { text } = await readPdf(jobs[0]!.document.content);
  expect(text).toMatch(/Receipt +\S+/);
  expect(text).toMatch(/Cash +97\.00/);
  expect(text).toContain('Not posted yet');
});
