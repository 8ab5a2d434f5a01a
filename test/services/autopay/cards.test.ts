import { describe, expect, test } from 'vitest';
import { DEMO_CARD_SECRET, pretendedAnswer } from '#gateways/hosted-card/demo.ts';
import { pdfPress } from '#gateways/press/pdf-press.ts';
import { signedCardForm } from '#gateways/hosted-card/signed.ts';
import { addCard, beginCard, deleteToken, editCard } from '#services/autopay/card.ts';
import { endAutopay } from '#services/autopay/end.ts';
import { listAutopay } from '#services/autopay/list.ts';
import { nextAutopay } from '#services/autopay/next.ts';
import { checkDatabase } from '#services/check/check.ts';
import { setOption } from '#services/options/operations.ts';
import { createRunner } from '#services/runner.ts';
import { vaultOf } from '#services/secrets/vault.ts';
import { type Answer, cards, processorAnswers } from '#test/support/card-processor.ts';
import { actor, clock, freshDatabase } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

/** A household, and a processor whose form is set up. */
async function town() {
  const database = await freshDatabase();
  const { customerId } = await new Utility(database).household();
  let now = clock.now();
  const at = { ...clock, now: () => now };
  const call = createRunner({ database, actor: actor(), clock: at, press: pdfPress, cards });
  await call(setOption, { name: 'cardFormUrl', value: 'https://cards.example/hosted?merchant=7' });
  await call(setOption, { name: 'cardProcessor', value: 'Prairie Payments' });
  const wait = (minutes: number): void => void (now += minutes * 60_000);
  const begin = async () => (await call(beginCard, { customerId })).url;
  const add = (result: string, more: object = {}) =>
    call(addCard, { customerId, result, authorisedOn: '2026-11-01', ...more } as never);
  return { database, customerId, call, wait, begin, add };
}

describe('a card', () => {
  test('is set up by a link and the signed result that answers it: brand, last four and month, the token sealed', async () => {
    const { database, customerId, call, begin, add } = await town();
    const url = new URL(await begin());
    expect([url.origin, url.searchParams.get('merchant')]).toEqual(['https://cards.example', '7']);
    const { autopayId } = await add(processorAnswers(url.href), { option: 'maximum', amountCents: 5_000 });
    expect(await call(listAutopay, { customerId })).toMatchObject([
      {
        id: autopayId,
        method: 'card',
        bankOrBrand: 'Visa',
        masked: '••••••4242',
        expiresIn: '2028-05',
        automatic: true,
      },
    ]);
    const sealed = await database.db.selectFrom('secret_value').selectAll().executeTakeFirstOrThrow();
    expect([sealed.kind, sealed.entity_id, sealed.last4]).toEqual(['card-token', autopayId, null]);
    const open = await vaultOf(database).unlock();
    expect(open.open(sealed.sealed, { entity: sealed.entity, entityId: autopayId, kind: sealed.kind })).toBe(
      'tok_4f9c.A1',
    );
    for (const table of ['autopay_instruction', 'audit_entry', 'idempotent_answer', 'secret_value'] as const) {
      expect(JSON.stringify(await database.db.selectFrom(table).selectAll().execute())).not.toContain('tok_4f9c');
    }
    expect((await checkDatabase(database.db, { vault: vaultOf(database) })).clean).toBe(true);
  });

  test('answers once: a result that comes again is refused', async () => {
    const { database, customerId, call, begin, add } = await town();
    const result = processorAnswers(await begin());
    await add(result);
    await expect(add(result)).rejects.toMatchObject({ code: 'refused', fields: { result: /taken already/ } });
    expect(await call(listAutopay, { customerId })).toHaveLength(1);
    expect(await database.db.selectFrom('secret_value').selectAll().execute()).toHaveLength(1);
  });

  test('is refused when it is late, forged, changed, of another link, of another customer, or no card at all', async () => {
    const { database, customerId, call, wait, begin, add } = await town();
    const url = await begin();
    const refused = (said: Answer, words: RegExp) =>
      expect(add(processorAnswers(url, said))).rejects.toMatchObject({ fields: { result: words } });
    const good = processorAnswers(url);
    await expect(add(`${good}x`)).rejects.toMatchObject({ fields: { result: /not come from the processor/ } });
    await expect(add('4242')).rejects.toMatchObject({ fields: { result: /begins with mdcard1/ } });
    await refused({ secret: 'somebody-else-altogether-with-a-secret' }, /not come from the processor/);
    await refused({ reference: 'WzEsMSwiYWJjIiwxXQ.abc' }, /no link of ours/);
    await refused({ token: '4242424242424242' }, /not as it was agreed/);
    await refused({ token: 'x4242 4242 4242 4242' }, /not as it was agreed/);
    await refused({ last4: '42421' }, /not as it was agreed/);
    await refused({ number: '4242424242424242' }, /not as it was agreed/);
    await refused({ expires: '2026-10' }, /has expired/);
    const other = await new Utility(database).customer('Bell, Bo', { id: 77, number: 'C77' });
    await expect(call(addCard, { customerId: other, result: good, authorisedOn: null } as never)).rejects.toMatchObject(
      { fields: { result: /another customer/ } },
    );
    wait(60);
    await expect(add(good)).rejects.toMatchObject({ fields: { result: /run out/ } });
    expect(await call(listAutopay, { customerId })).toEqual([]);
    expect(await database.db.selectFrom('secret_value').selectAll().execute()).toEqual([]);
  });

  test('number typed in the place of a result is refused before anything looks at it', async () => {
    const { add } = await town();
    await expect(add('4242 4242 4242 4242')).rejects.toMatchObject({
      code: 'invalid',
      fields: { result: /card number/ },
    });
  });

  test('is kept until its token is deleted, ended or not; then nothing is drawn', async () => {
    const { customerId, call, begin, add } = await town();
    const { autopayId, version } = await add(processorAnswers(await begin()));
    const edited = await call(editCard, { customerId, autopayId, version, drawOn: 'day', drawDays: 5 } as never);
    const ended = await call(endAutopay, { customerId, ...edited, reason: '' });
    expect(await call(listAutopay, { customerId })).toMatchObject([{ complete: true, automatic: false, drawDays: 5 }]);
    await call(deleteToken, { customerId, ...ended });
    expect(await call(listAutopay, { customerId })).toEqual([]);
    const second = await add(processorAnswers(await begin()), { drawOn: 'day', drawDays: 5 });
    await call(deleteToken, { customerId, ...second });
    await expect(call(deleteToken, { customerId, ...second })).rejects.toMatchObject({ code: 'refused' });
    const [next] = await call(nextAutopay, { customerId, autopayId: second.autopayId, accountId: null });
    expect(next?.skip?.reason).toBe('incomplete');
  });
});

test('without a form, a secret, or one that is long enough no link is made', async () => {
  const { database, customerId, call } = await town();
  const formWith = (secret: string | null) =>
    createRunner({ database, actor: actor(), clock, cards: signedCardForm(() => Promise.resolve(secret)) });
  const begun = (runner: typeof call) => expect(runner(beginCard, { customerId })).rejects;
  await begun(formWith(null)).toMatchObject({ message: /No secret is agreed/ });
  await begun(formWith('short')).toMatchObject({ message: /shorter than 32/ });
  await begun(createRunner({ database, actor: actor(), clock })).toMatchObject({ code: 'unavailable' });
  await call(setOption, { name: 'cardFormUrl', value: '' });
  await begun(call).toMatchObject({ message: /cardFormUrl/ });
});

describe('a demo utility, which no processor answers', () => {
  const card = { token: 'demo_abcdefgh', brand: 'Visa', last4: '4242', expires: '2029-11' };
  const agreedInDemos = signedCardForm(async (demo) => (demo ? DEMO_CARD_SECRET : null));

  test('takes what is signed by the secret that everybody knows', async () => {
    const { database, customerId } = await town();
    const desk = createRunner({ database, actor: actor(), clock, cards: agreedInDemos });
    await database.db.insertInto('company_option').values({ name: 'demo', value: 'true', version: 1 }).execute();
    const { url, demo } = await desk(beginCard, { customerId });
    expect(demo).toBe(true);
    const result = pretendedAnswer(url, card, clock.now());
    await desk(addCard, { customerId, result, authorisedOn: '2026-11-01' } as never);
    expect(await desk(listAutopay, { customerId })).toMatchObject([{ bankOrBrand: 'Visa', masked: '••••••4242' }]);
  });

  test('is the only one: others make no link by it, and their links are not answered', async () => {
    const { database, customerId, call, begin } = await town();
    const desk = createRunner({ database, actor: actor(), clock, cards: agreedInDemos });
    await expect(desk(beginCard, { customerId })).rejects.toMatchObject({ message: /No secret is agreed/ });
    await expect(call(setOption, { name: 'demo', value: true })).rejects.toMatchObject({ code: 'refused' });
    const theirs = await begin();
    expect(() => pretendedAnswer(theirs, card, clock.now())).toThrow(/not of a demo utility/);
    expect(() => pretendedAnswer('https://cards.example/hosted', card, clock.now())).toThrow(
      /no link to a hosted form/,
    );
  });
});
