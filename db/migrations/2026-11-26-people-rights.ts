import type { DualMigration } from './dual.ts';
import { grants } from './grants.ts';

const READ = ['contacts.read', 'documents.read'];
const DESK = [...READ, 'customers.edit', 'customers.create', 'contacts.edit', 'documents.edit', 'autopay.edit'];

/** Rights that came with contacts, documents and the forms of customers. */
const up = grants({
  manager: [...DESK, 'documents.secure', 'customers.weblogin', 'owners.edit', 'locations.edit'],
  billing: [...DESK, 'customers.weblogin', 'owners.edit', 'locations.edit'],
  cashier: READ,
  callcenter: [...DESK, 'customers.weblogin'],
  collector: [...READ, 'contacts.edit', 'documents.edit'],
  auditor: READ,
});

export const migration: DualMigration = {
  name: '2026-11-26-people-rights',
  sqlite: { up },
  postgresql: { up },
};
