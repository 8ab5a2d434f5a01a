import { expect, test } from 'vitest';
import { reversePayment } from '#services/corrections/reverse-payment.ts';
import { historyDetails } from '#services/history/details.ts';
import { explainBalance } from '#services/history/explain.ts';
import { invoiceDetails } from '#services/history/invoice.ts';
import { postBatchStep } from '#services/batches/post.ts';
import { previewPayment } from '#services/payments/preview.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import { deferredCode, fixed } from '#test/support/deferred.ts';
import { balanceOf, findings, paid, taken, till } from '#test/support/money.ts';

const CHARGE = deferredCode('FUND', { ...fixed(150), trigger: 'payment', oncePerStatement: 0 });

test('the preview and the receipt tell of the charge that follows; what is posted is as they said', async () => {
  const { utility, call, database, account } = await till();
  await utility.add('code_value', CHARGE);
  await utility.charge(account, 4200);
  const facts = { accounts: [{ accountId: account.id }], tenders: [{ method: 'check', cents: 4300 }] };
  const preview = await call(previewPayment, facts as PaymentFacts);
  expect(preview.warnings).toEqual([expect.stringMatching(/is charged 1\.50 with it: Fund FUND/)]);
  expect(preview.accounts).toMatchObject([
    { afterCents: 50, creditCents: 0, deferred: [{ code: 'FUND', name: 'Fund FUND', cents: 150 }] },
  ]);
  const receipt = await paid(call, facts);
  expect(receipt.accounts).toMatchObject([{ beforeCents: 4200, afterCents: 50 }]);
  expect(await balanceOf(database, account.id)).toEqual({ posted: 50, unposted: 0 });
  expect(await findings(call)).toEqual([]);
});

test('the charge and its payment lead to one another; the balance is explained with both; it reads as an invoice', async () => {
  const { utility, call, database, account } = await till();
  await utility.add('code_value', CHARGE);
  const receipt = await paid(call, {
    accounts: [{ accountId: account.id }],
    tenders: [{ method: 'check', cents: 100 }],
  });
  const row = await database.db.selectFrom('deferred_posting').selectAll().executeTakeFirstOrThrow();
  const charge = await call(historyDetails, { transactionId: row.transaction_id });
  expect(charge).toMatchObject({ kind: 'deferred_charge', memo: 'Fund FUND', reference: receipt.receipt });
  expect(charge.links).toMatchObject([{ id: row.trigger_id, relation: 'follows', number: receipt.receipt }]);
  const payment = await call(historyDetails, { transactionId: row.trigger_id });
  expect(payment.links).toMatchObject([{ id: row.transaction_id, relation: 'followed by', amountCents: 150 }]);
  const { sections, kinds } = await call(explainBalance, { accountId: account.id });
  expect(kinds).toContainEqual({ kind: 'deferred_charge', count: 1, cents: 150 });
  expect(sections.flatMap(({ lines }) => lines.map(({ text }) => text))).toContainEqual(
    expect.stringContaining(`: Fund FUND, after payment ${receipt.receipt}`),
  );
  const invoice = await call(invoiceDetails, { transactionId: row.transaction_id });
  expect(invoice).toMatchObject({ currentCents: 150 });
  const noted = await database.db
    .selectFrom('audit_entry')
    .select('changes')
    .where('entity_id', '=', row.transaction_id)
    .execute();
  expect(noted.map(({ changes }) => JSON.parse(changes!))).toEqual([
    { 'deferred charge': [null, 'FUND'], amount: [null, '1.50'] },
  ]);
  await call(reversePayment.command, { transactionId: row.trigger_id, reason: 'other', memo: null });
  const back = await call(historyDetails, { transactionId: row.transaction_id });
  expect(back.links.map(({ relation }) => relation)).toContain('reversed by');
});

test('a step of a batch takes all parts of its last payment: its charge is asked for once', async () => {
  const { utility, call, database, account } = await till();
  await utility.add('code_value', CHARGE);
  const { batchId } = await taken(call, {
    accounts: [{ accountId: account.id }],
    tenders: [
      { method: 'cash', cents: 100 },
      { method: 'check', cents: 200 },
    ],
  });
  await database.db.updateTable('batch').set({ status: 'balanced' }).where('id', '=', batchId!).execute();
  expect(await call(postBatchStep, { batchId: batchId!, most: 1 })).toMatchObject({ posted: 2, remaining: 0 });
  expect(await database.db.selectFrom('deferred_posting').select('id').execute()).toHaveLength(1);
});
