import { describe, expect, test } from 'vitest';
import { discardDraft, listDrafts, saveDraft } from '#services/drafts/drafts.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';

describe('drafts', () => {
  test('are one for a form and a record, and the latest counts', async () => {
    const call = runnerFor(await freshDatabase());
    await call(saveDraft, { form: 'note', subjectId: 7, values: { body: 'first' } });
    await call(saveDraft, { form: 'note', subjectId: 7, values: { body: 'second', pinned: true } });
    await call(saveDraft, { form: 'note', subjectId: null, values: { body: 'of nothing' } });
    const drafts = await call(listDrafts, { form: 'note' });
    expect(drafts.map(({ subjectId, values }) => [subjectId, values])).toEqual(
      expect.arrayContaining([
        [7, { body: 'second', pinned: true }],
        [null, { body: 'of nothing' }],
      ]),
    );
    expect(drafts).toHaveLength(2);
    await call(discardDraft, { form: 'note', subjectId: 7 });
    expect((await call(listDrafts, {})).map(({ subjectId }) => subjectId)).toEqual([null]);
  });

  test('are seen by their author only', async () => {
    const database = await freshDatabase();
    const own = runnerFor(database);
    const other = runnerFor(database, { ...actor(), userId: 2 });
    await own(saveDraft, { form: 'note', subjectId: 7, values: { body: 'mine' } });
    await other(discardDraft, { form: 'note', subjectId: 7 });
    expect(await other(listDrafts, {})).toEqual([]);
    expect(await own(listDrafts, {})).toHaveLength(1);
  });

  test('keep where they were typed though its numbers look like a card’s, and no card number that was typed', async () => {
    const call = runnerFor(await freshDatabase());
    const place = { screenId: 'payment', params: { accountId: 4_111_111_111_111_111 }, label: 'Take payments' };
    await call(saveDraft, { form: 'payment', subjectId: 7, values: { memo: '' }, place });
    expect(await call(listDrafts, {})).toMatchObject([{ place }]);
    const typed = { form: 'payment', subjectId: 8, values: { memo: '4111 1111 1111 1111' } };
    await expect(call(saveDraft, typed)).rejects.toMatchObject({ code: 'invalid' });
  });
});
