import { describe, expect, test } from 'vitest';
import { parseScanLine } from '#domain/scan-line.ts';
import { operationNamed } from '#services/index.ts';
import { readHistory, readInvoice, readReceipt, readStatement } from '#services/paper/read.ts';
import { readDocument } from '#services/communications/read.ts';
import { printReport, writePaper } from '#services/paper/send.ts';
import { runnerFor, TODAY } from '#test/support/database.ts';
import { readPdf } from '#test/support/pdf.ts';
import { billed, setOptions } from './billed.ts';

describe('what papers say', () => {
  test('a statement goes from the balance before to what is due, and every step adds up', async () => {
    const { database, account } = await billed();
    const said = await runnerFor(database)(readStatement, { accountId: account.id });
    expect(said).toMatchObject({
      number: 'B2',
      billedOn: '2026-11-01',
      dueOn: '2026-12-05',
      previousCents: 6000,
      paymentsTotalCents: -4000,
      adjustmentsTotalCents: 0,
      chargesTotalCents: 9000,
      billedCents: 11_000,
      sinceTotalCents: -1000,
      dueCents: 10_000,
      pastDueCents: 1000,
      ageing: { currentCents: 9000, days30Cents: 0, days60Cents: 1000, creditCents: 0 },
      account: { balanceCents: 10_000, unpostedCents: -300 },
      recipient: { name: 'Núñez, Ana M', lines: ['9 Box Rd', 'Springfield, IL 62704'] },
    });
    expect(said.charges).toEqual([
      { service: 'Water', description: 'Water', usageMilli: 4250, unit: 'kgal', amountCents: 5500 },
      { service: 'Sewer', description: 'Sewer', usageMilli: null, unit: '', amountCents: 3500 },
    ]);
    expect(said.payments.map(({ description }) => description)).toEqual(['Payment R7, Check']);
    expect(said.since.map(({ description }) => description)).toEqual(['Payment R8, Cash']);
    expect(parseScanLine(said.scanLine)).toEqual({ accountNumber: '10023', amountCents: 10_000, dueOn: '2026-12-05' });
    const { previousCents, paymentsTotalCents, adjustmentsTotalCents, chargesTotalCents, sinceTotalCents } = said;
    expect(previousCents + paymentsTotalCents + adjustmentsTotalCents + chargesTotalCents).toBe(said.billedCents);
    expect(said.billedCents + sinceTotalCents).toBe(said.account.balanceCents);
  });

  test('a deferred charge between two bills stands after what was used, without a use of its own', async () => {
    const { database, utility, account } = await billed();
    const water = (await database.db
      .selectFrom('service_type')
      .select('id')
      .where('code', '=', 'WAT')
      .executeTakeFirst())!;
    await utility.charge(account, 200, {
      on: '2026-10-18',
      kind: 'deferred_charge',
      service: water.id,
      description: 'Street trees',
    });
    const said = await runnerFor(database)(readStatement, { accountId: account.id });
    expect(said.charges).toEqual([
      { service: 'Water', description: 'Water', usageMilli: 4250, unit: 'kgal', amountCents: 5500 },
      { service: 'Sewer', description: 'Sewer', usageMilli: null, unit: '', amountCents: 3500 },
      { service: 'Water', description: 'Street trees', usageMilli: null, unit: '', amountCents: 200 },
    ]);
    expect(said.chargesTotalCents).toBe(9200);
  });

  test('a statement and its invoice tell the meter as it was read', async () => {
    const { database, account, charge } = await billed();
    const call = runnerFor(database);
    const { reads } = await call(readStatement, { accountId: account.id });
    expect(reads).toEqual([
      {
        meter: 'M1',
        service: 'Water',
        fromOn: '2026-09-30',
        toOn: '2026-10-30',
        previousMilli: 10_000,
        presentMilli: 14_500,
        usageMilli: 4250,
        unit: 'kgal',
        estimated: false,
      },
    ]);
    expect((await call(readInvoice, { accountId: account.id, transactionId: charge })).reads).toEqual(reads);
  });

  test('notes that are used for statements stand on it until they expire, and no others', async () => {
    const { database, utility, account } = await billed();
    const { customerId: customer_id, id: account_id, locationId: location_id } = account;
    const used = { used_for: 'statement', customer_id } as const;
    await utility.note({ ...used, body: 'Your meter is replaced.', account_id });
    await utility.note({ used_for: 'statement', location_id, body: 'The street is dug up.' });
    await utility.note({ ...used, body: 'Last of all.', expires_on: TODAY });
    await utility.note({ ...used, body: 'Too late.', expires_on: '2026-11-20' });
    await utility.note({ ...used, body: 'Management only.', access_level: 3 });
    await utility.note({ customer_id, body: 'For the desk.' });
    await utility.note({ ...used, body: 'Taken away.', removed_at: 1 });
    const said = await runnerFor(database)(readStatement, { accountId: account.id });
    expect(said.notes).toEqual(['Your meter is replaced.', 'The street is dug up.', 'Last of all.']);
  });

  test('an account that was never billed has a statement of what there is', async () => {
    const { database, utility } = await billed();
    const account = await utility.household('Quill, Bob', '1 Elm St');
    await utility.charge(account, 700, { on: TODAY });
    const said = await runnerFor(database)(readStatement, { accountId: account.id });
    expect(said).toMatchObject({ number: '', previousCents: 0, chargesTotalCents: 700, dueCents: 700, dueOn: null });
  });

  test('a receipt tells what was given and the balance after, of an older payment too', async () => {
    const { database, account, payment } = await billed();
    const said = await runnerFor(database)(readReceipt, { accountId: account.id, transactionId: payment });
    expect(said).toMatchObject({
      number: 'R7',
      paidOn: '2026-10-18',
      totalCents: 4000,
      tenders: [{ method: 'Check', reference: '', amountCents: 4000 }],
      parts: [{ account: '10023', amountCents: 4000, afterCents: 2000 }],
      unposted: false,
      undone: false,
    });
  });

  test('a receipt of one payment for two accounts and two tenders names them all', async () => {
    const { database, utility, account } = await billed();
    const other = await utility.household('Quill, Bob', '1 Elm St');
    const payment = await utility.add('payment', {
      number: 'P100',
      source_account_id: account.id,
      customer_id: account.customerId,
      paid_on: TODAY,
      total_cents: 900,
      channel: 'counter',
      mode: 'automatic',
      created_at: 0,
      created_by: 'tess',
    });
    const tender = (method: string, amount_cents: number, reference: string | null) =>
      utility.add('tender', { payment_id: payment, customer_id: account.customerId, method, amount_cents, reference });
    await tender('cash', 400, null);
    await tender('check', 500, '588');
    const first = await utility.payment(account, 600, { status: 'unposted' });
    const second = await utility.payment(other, 300, { status: 'unposted' });
    await database.db
      .updateTable('ledger_transaction')
      .set({ payment_id: payment })
      .where('id', 'in', [first, second])
      .execute();
    const said = await runnerFor(database)(readReceipt, { accountId: account.id, transactionId: first });
    expect(said).toMatchObject({ number: 'P100', totalCents: 900, unposted: true });
    expect(said.tenders).toEqual([
      { method: 'Cash', reference: '', amountCents: 400 },
      { method: 'Check', reference: '588', amountCents: 500 },
    ]);
    expect(said.parts).toEqual([
      { account: '10023', name: 'Núñez, Ana M', amountCents: 600, afterCents: 9100 },
      { account: expect.any(String), name: 'Quill, Bob', amountCents: 300, afterCents: -300 },
    ]);
  });

  test('an invoice tells what is open of a charge; neither is made of the other kind', async () => {
    const { database, account, charge, payment } = await billed();
    const call = runnerFor(database);
    const said = await call(readInvoice, { accountId: account.id, transactionId: charge });
    expect(said).toMatchObject({
      number: 'B2',
      totalCents: 5500,
      paidCents: 0,
      openCents: 5500,
      statementNumber: 'B2',
    });
    const wrong = { accountId: account.id, transactionId: payment };
    await expect(call(readInvoice, wrong)).rejects.toMatchObject({ code: 'refused' });
    await expect(call(readReceipt, { ...wrong, transactionId: charge })).rejects.toMatchObject({ code: 'refused' });
  });

  test('a history of some days has its balances at both ends, and ages at the later', async () => {
    const { database, account } = await billed();
    const call = runnerFor(database);
    const said = await call(readHistory, { accountId: account.id, from: '2026-10-10', to: '2026-11-05', detail: true });
    expect(said).toMatchObject({
      openingCents: 6000,
      chargesCents: 9000,
      creditsCents: 4000,
      closingCents: 11_000,
      ageing: { currentCents: 9000, days30Cents: 2000 },
    });
    expect(said.rows.filter(({ detail }) => !detail).map(({ balanceCents }) => balanceCents)).toEqual([
      2000, 7500, 11_000,
    ]);
    // The two bills; the payment of one line has nothing to add.
    expect(said.rows.filter(({ detail }) => detail).map(({ description }) => description)).toEqual(['Water', 'Sewer']);
  });
});

describe('papers as PDF', () => {
  const write = { copies: false, detail: false, file: 'x.pdf' };
  const bytes = async (call: ReturnType<typeof runnerFor>, communicationId: number) =>
    readPdf((await call(readDocument, { communicationId })).content);

  test('a statement has its address in the window, its amounts, its stub and its scan line', async () => {
    const { database, account } = await billed();
    await setOptions(database, { companyName: 'Springfield Water', remitAddress: 'PO Box 100\nSpringfield' });
    const call = runnerFor(database);
    const [left] = await call(writePaper, { ...write, kind: 'statement', accountId: account.id });
    expect(left!.name).toBe('Statement-B2-10023.pdf');
    const { pages, title } = await bytes(call, left!.communicationId);
    expect(title).toBe('Statement B2 10023');
    expect(pages).toHaveLength(1);
    const [{ text, items, width, height }] = pages as [(typeof pages)[0]];
    expect([width, height]).toEqual([612, 792]);
    expect(text).toContain('Previous balance 60.00');
    expect(text).toContain('10/18/2026 Payment R7, Check -40.00');
    expect(text).toContain('Water 4.25 kgal 55.00');
    expect(text).toContain('Balance on 11/01/2026 110.00');
    expect(text).toContain('Amount due 100.00');
    expect(text).toContain('Page 1 of 1');
    const name = items.find((item) => item.text === 'Núñez, Ana M')!;
    expect(name.x).toBeGreaterThan(60);
    expect(name.y).toBeGreaterThan(140);
    expect(name.y).toBeLessThan(212);
    const scanned = items.filter((item) => item.y > height - 45);
    expect(scanned.map((item) => parseScanLine(item.text))).toEqual([
      { accountNumber: '10023', amountCents: 10_000, dueOn: '2026-12-05' },
    ]);
  });

  test('duplicates go to the owner and to other addresses, and say so', async () => {
    const { database, account } = await billed();
    const call = runnerFor(database);
    const left = await call(writePaper, { ...write, kind: 'statement', accountId: account.id, copies: true });
    expect(left.map(({ recipient }) => recipient)).toEqual(['x.pdf', 'x-2.pdf', 'x-3.pdf']);
    const texts = await Promise.all(left.map(async ({ communicationId }) => (await bytes(call, communicationId)).text));
    expect(texts[0]).not.toContain('Duplicate');
    expect(texts[1]).toMatch(/Duplicate for the owner[\s\S]*Oak LLC[\s\S]*1 Oak Plaza/);
    expect(texts[2]).toMatch(/Duplicate for the Mailing address[\s\S]*7 Summer Ln/);
    for (const text of texts) expect(text).toContain('Amount due 100.00');
  });

  test('a long history repeats its heads on every page and numbers the pages', async () => {
    const { database, utility, account } = await billed();
    for (let index = 0; index < 150; index++) await utility.charge(account, 100 + index, { on: '2026-11-15' });
    const call = runnerFor(database);
    const [left] = await call(writePaper, { ...write, kind: 'history', accountId: account.id });
    const { pages, text } = await bytes(call, left!.communicationId);
    expect(pages.length).toBe(left!.pages);
    expect(pages.length).toBeGreaterThan(2);
    for (const [at, page] of pages.slice(0, -1).entries()) {
      expect(page.text).toContain('Date Description Due Charge Credit Balance');
      expect(page.text).toContain(`Page ${at + 1} of ${pages.length}`);
      // Nothing runs over the edge.
      for (const item of page.items) expect(item.y).toBeLessThan(page.height - 36);
    }
    expect(text.match(/11\/15\/2026/g)).toHaveLength(150);
  });

  test('a table of any kind is a report; hostile and rare characters come out as what can be seen', async () => {
    const { database } = await billed();
    await setOptions(database, { printers: [{ name: 'office', url: 'ipp://127.0.0.1:1/ipp' }] });
    const call = runnerFor(database);
    const rows = [
      ['Łódź Ελλάδα Иванов', '1.00'],
      ['\u001b[31mred\u202Eevil\u0007', '2.00'],
      ['東京', '3.00'],
    ];
    const columns = [
      { title: 'Name', align: 'left' as const },
      { title: 'Amount', align: 'right' as const },
    ];
    const [left] = await call(printReport, { title: 'Names', subtitle: '', columns, rows, printer: 'office' });
    const { text } = await bytes(call, left!.communicationId);
    expect(text).toContain('Łódź Ελλάδα Иванов 1.00');
    expect(text).toMatch(/red.evil. 2\.00/);
    expect(text).toContain('□□ 3.00');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u001b\u202e\u0007]/);
  });

  test('on a roll a receipt is as long as what is on it', async () => {
    const { database, account, payment } = await billed();
    const call = runnerFor(database);
    const receipt = {
      ...write,
      kind: 'receipt',
      accountId: account.id,
      transactionId: payment,
      format: 'receipt-roll',
    } as const;
    const [left] = await call(writePaper, receipt);
    const { pages } = await bytes(call, left!.communicationId);
    expect(pages).toHaveLength(1);
    const [{ width, height, text }] = pages as [(typeof pages)[0]];
    expect(width).toBe(227);
    expect(height).toBeLessThan(400);
    expect(text).toContain('Total 40.00');
  });

  test('who may not see the customer gets nothing on paper', async () => {
    const { database, account } = await billed({ public: 0 });
    await setOptions(database, { printers: [{ name: 'office', url: 'ipp://127.0.0.1:1/ipp' }] });
    const clerk = runnerFor(database, {
      userId: 1,
      username: 'cleo',
      displayName: 'Cleo',
      groups: ['callcenter'],
      permissions: new Set(['paper.print', 'paper.mail', 'communications.read', 'lists.export']),
      level: 1,
      source: 'call',
    });
    for (const name of [
      'paper.write',
      'paper.mail',
      'paper.print',
      'paper.statement',
      'paper.sheet',
      'paper.destinations',
    ]) {
      const input = {
        ...write,
        kind: 'statement',
        accountId: account.id,
        printer: 'office',
        address: 'ana@home.example',
      };
      await expect(clerk(operationNamed(name)!, input), name).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await database.db.selectFrom('stored_document').select('id').execute()).toEqual([]);
    expect(await database.db.selectFrom('communication').select('id').execute()).toEqual([]);
  });
});

describe('forms to be signed', () => {
  const written = async (format: string | undefined, options: Parameters<typeof setOptions>[1] = {}) => {
    const { database, account } = await billed();
    await setOptions(database, { companyName: 'Springfield Water', companyPhone: '(217) 555-0100', ...options });
    const letter = { kind: 'letter', accountId: account.id, format, detail: false, copies: false } as const;
    const [left] = await runnerFor(database)(writePaper, { ...letter, file: '/tmp/form.pdf' });
    const { text } = await readPdf(new Uint8Array(Buffer.from(left!.content, 'base64')));
    return { text: text.replaceAll(/\s+/g, ' '), name: left!.name };
  };

  test('of a bank draft it knows utility, customer, account and address, and leaves bank, amount and signature open', async () => {
    const { text, name } = await written('signup-draft');
    expect(name).toBe('Bank-draft-sign-up-10023.pdf');
    for (const known of ['Springfield Water', '(217) 555-0100', 'Núñez, Ana M', '10023', '9 Box Rd', '118 Alder St']) {
      expect(text).toContain(known);
    }
    expect(text).toContain('ana@home.example');
    expect(text).toMatch(/Routing number _+ Account number _+/);
    expect(text).toMatch(/Signature _+ Date _+/);
    expect(text).toContain('[ ] The balance of my latest statement');
    expect(text).toMatch(/at least ten days ahead.*three business days before the payment/);
  });

  test('of a card it asks for no number, and names the processor', async () => {
    const { text } = await written('signup-card', { cardProcessor: 'Prairie Payments' });
    expect(text).toContain('Do not write the number of the card here');
    expect(text).toContain('secure page of Prairie Payments');
    expect(text).toMatch(/Last four digits _+/);
    expect(text).not.toContain('Account number');
  });

  test('is named by its format', async () => {
    await expect(written(undefined)).rejects.toMatchObject({ fields: { format: 'Name the letter.' } });
  });
});
