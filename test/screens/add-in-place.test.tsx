import { describe, expect, test } from 'vitest';
import { Failure } from '#services/failure.ts';
import { addCode } from '#services/code-tables/add.ts';
import { retireCode } from '#services/code-tables/remove.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { type CodeFieldOptions, codeField } from '../../screens/setup/add-in-place.ts';

/** A form with a text and a code of table `document_type` on the screen; what it saves. */
async function form(size: readonly [number, number], who = actor(), options: CodeFieldOptions = {}) {
  const database = await freshDatabase();
  const admin = runnerFor(database);
  await admin(addCode, { table: 'document_type', code: 'OLD', name: 'Old paper', attributes: {} });
  await admin(retireCode, { table: 'document_type', code: 'OLD', version: 1 });
  const op = await signedInApp({ database, size, actor: who });
  const { desk } = op.shell.session;
  const type = await codeField(desk, 'document_type', { name: 'type', label: 'Type', required: true }, options);
  const saved: unknown[] = [];
  void desk.form({
    title: 'Document',
    fields: [{ name: 'text', label: 'Description', kind: 'text', maxLength: 40 }, type],
    initial: { text: '', type: options.kept ?? '' },
    today: desk.today,
    save: async (values) => void saved.push(values),
  });
  await op.settled();
  return { op, saved, values: () => admin(listCodeValues, { table: 'document_type', all: false }) };
}

describe('a code that the list has not yet', () => {
  test.each(SIZES)('at %d×%d is added from the form, which keeps what was typed', async (...size) => {
    const { op, saved, values } = await form(size);
    await op.type('Title of the house');
    await op.press('tab', '+');
    expect(op.text()).toContain('New document type');
    await op.type('DEED');
    await op.press('tab');
    await op.type('Deed of sale');
    await op.press('tab', 'space', 'f9');
    expect(op.text()).not.toContain('New document type');
    expect(op.text()).toMatch(/Type\* +DEED +Deed of sale/);
    await op.press('f9');
    expect(saved).toEqual([{ text: 'Title of the house', type: 'DEED' }]);
    const added = (await values()).find(({ code }) => code === 'DEED');
    expect(added?.attributes).toBe('{"secure":1}');
  });

  test('what is typed at once behind the key is for the form that comes', async () => {
    const { op } = await form([80, 24]);
    await op.press('tab');
    await op.type('+DEED');
    expect(op.text()).toContain('New document type');
    expect(op.text()).toMatch(/Code\* +DEED/);
  });

  test.each(['+', '?'])('what cannot be read is said, and %s ends nothing', async (key) => {
    const op = await signedInApp({ database: await freshDatabase(), size: [80, 24] });
    const { desk } = op.shell.session;
    const unread = () => Promise.reject(new Failure('unavailable', 'The database is away.'));
    void desk.form({
      title: 'Document',
      fields: [{ name: 'type', label: 'Type', kind: 'code', choices: [], addNew: unread }],
      initial: { type: '' },
      today: desk.today,
      save: async () => {},
    });
    await op.settled();
    await op.press(key);
    if (key === '?') await op.press('enter');
    expect(op.text()).toContain('The database is away.');
    expect(op.text()).toContain('Type');
  });

  test('the last line of F4 adds one; left again, nothing is changed', async () => {
    const { op, saved } = await form([80, 24]);
    await op.press('tab', 'f4');
    expect(op.text()).toContain('+ Add new');
    await op.type('add new');
    await op.press('enter');
    expect(op.text()).toContain('New document type');
    await op.press('escape');
    await op.type('LEASE');
    await op.press('f9');
    expect(saved).toEqual([{ text: '', type: 'LEASE' }]);
  });

  test('who may not change setup is offered the values alone', async () => {
    const { op } = await form([80, 24], actor('options.read'));
    await op.press('tab', 'f4');
    expect(op.text()).toContain('Service agreement');
    expect(op.text()).not.toContain('Add new');
    expect(op.text()).not.toContain('Old paper');
  });

  test('a retired value stays readable on the record that has it', async () => {
    const { op, saved } = await form([80, 24], actor('options.read'), { kept: 'OLD' });
    expect(op.text()).toMatch(/OLD +Old paper/);
    await op.type('Found');
    await op.press('f9');
    expect(saved).toEqual([{ text: 'Found', type: 'OLD' }]);
  });
});
