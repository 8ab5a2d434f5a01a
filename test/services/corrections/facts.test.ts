import { expect, test } from 'vitest';
import { correctionFacts } from '#services/corrections/facts.ts';
import { returnPayment } from '#services/corrections/return-payment.ts';
import { reverseCharges } from '#services/corrections/reverse-charges.ts';
import { writeOff } from '#services/corrections/write-off.ts';
import { reinstate } from '#services/corrections/reinstate.ts';
import { Books } from '#test/support/books.ts';

test('what is offered follows the state of the transaction and the rights of who asks', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const offered = async (transactionId: number, call = books.call) =>
    (await call(correctionFacts, { transactionId })).actions.map((one) =>
      'mode' in one ? one.action : `(${one.action})`,
    );
  const bill = await books.charge(account, [{ amountCents: 1000 }], { dueOn: '2026-08-20' });
  expect(await offered(bill.id)).toEqual(['adjustBill', 'adjust', 'reverseCharges']);
  const [part] = await books.pay(account, [{ method: 'lockbox', cents: 1000 }]);
  expect(await offered(bill.id)).toEqual(['(adjustBill)', 'adjust', 'reverseCharges']);
  expect(await offered(part!.id)).toEqual(['transfer', 'return', 'reverse']);
  const clerk = books.as('carl', 0, 'history.read', 'payments.transfer');
  expect(await offered(part!.id, clerk)).toEqual(['transfer']);
  await books.call(returnPayment.command, {
    transactionId: part!.id,
    reason: 'R01',
    reference: null,
    memo: null,
    feeCents: 0,
  });
  expect(await offered(part!.id)).toEqual(['return']);
  const given = await books.call(writeOff.command, { accountId: account.id, reason: 'gone', memo: null });
  expect(await offered(given.transactionIds[0]!)).toEqual(['reinstate']);
  await books.call(reinstate.command, { transactionId: given.transactionIds[0]!, reference: null, memo: null });
  expect(await offered(given.transactionIds[0]!)).toEqual(['(reinstate)']);
  await books.call(reverseCharges.command, { transactionId: bill.id, reason: 'billed', memo: null });
  expect(await offered(bill.id)).toEqual(['(adjustBill)', 'adjust', '(reverseCharges)']);
});
