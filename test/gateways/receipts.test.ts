import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Receipt, ReceiptFolder } from '#gateways/receipts.ts';

const receipt: Receipt = { operation: 'note.add', summary: 'Add a note', startedAt: 5, outcome: 'saved' };

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-receipts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a receipt is given once, to its user, for its database', () => {
  const folder = join(newFolder(), 'receipts');
  const receipts = new ReceiptFolder(folder, 'town.db');
  receipts.keep(7, receipt);
  receipts.keep(7, { ...receipt, operation: 'note.edit' });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(new ReceiptFolder(folder, 'village.db').take(7)).toBeNull();
  expect(receipts.take(8)).toBeNull();
  expect(receipts.take(7)).toEqual({ ...receipt, operation: 'note.edit' });
  expect(receipts.take(7)).toBeNull();
});

test('where nothing can be written there is none', () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  const receipts = new ReceiptFolder(file, 'town.db');
  receipts.keep(7, receipt);
  expect(receipts.take(7)).toBeNull();
});
