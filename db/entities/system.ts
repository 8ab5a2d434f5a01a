import { defineEntity } from '@mikro-orm/core';
import { cents, flag, idColumn, instant, key, p, pk, text, version } from '../columns.ts';

/** One setting of the company; the value is JSON. */
export const CompanyOption = defineEntity({
  name: 'CompanyOption',
  tableName: 'company_option',
  properties: { name: key().primary(), value: text(), version: version() },
});

/** A value of a user-defined table (account status, note type, phone type …). */
export const CodeValue = defineEntity({
  name: 'CodeValue',
  tableName: 'code_value',
  properties: {
    id: pk(),
    tableName: key(),
    code: key(),
    name: text(),
    sort: p.integer().default(0),
    active: flag().default(1),
    /** System rows can be neither changed nor removed. */
    system: flag().default(0),
    /** JSON of what the table adds (colour, core method …). */
    attributes: text().nullable(),
    version: version(),
  },
  uniques: [{ name: 'code_value_code_unique', properties: ['tableName', 'code'] }],
});

/** The last number given out of a series: receipt, statement, account … */
export const Counter = defineEntity({
  name: 'Counter',
  tableName: 'counter',
  properties: { name: key().primary(), value: idColumn() },
});

export const AppUser = defineEntity({
  name: 'AppUser',
  tableName: 'app_user',
  properties: {
    id: pk(),
    username: key().unique(),
    displayName: text(),
    /** Argon2id in PHC form. Null: cannot sign in with a password. */
    passwordHash: text().nullable(),
    active: flag().default(1),
    failedSignIns: p.integer().default(0),
    lockedUntil: instant().nullable(),
    lastFailedAt: instant().nullable(),
    lastSignInAt: instant().nullable(),
    /** Whom the operating system must have signed in for this user to enter without a password. */
    osUser: key().nullable().unique(),
    /** The next sign-in begins with choosing a new password. */
    mustChangePassword: flag().default(0),
    /** After this a password that somebody else set no longer opens anything. */
    passwordExpiresAt: instant().nullable(),
    /** Since when a second factor is asked for; its seed is a secret value of the user. */
    totpSince: instant().nullable(),
    /** The last time step whose code was taken: no code works twice. */
    totpLastStep: idColumn().nullable(),
    createdAt: instant(),
    version: version(),
  },
});

export const UserGroup = defineEntity({
  name: 'UserGroup',
  tableName: 'user_group',
  properties: {
    id: pk(),
    code: key().unique(),
    name: text(),
    description: text().nullable(),
    /** 1 general, 2 some restricted, 3 management: notes up to this level are shown. */
    level: p.integer().default(1),
    /** The same for documents. */
    documentLevel: p.integer().default(1),
    /** The largest credit that its members may give by themselves; null: no limit. */
    creditLimitCents: cents().nullable(),
    /** Members sign in with a second factor. */
    needsTotp: flag().default(0),
    /** Its members see all customers; otherwise only those of the customer groups given to it. */
    allCustomers: flag().default(1),
    version: version(),
  },
});

export const GroupMember = defineEntity({
  name: 'GroupMember',
  tableName: 'group_member',
  properties: {
    id: pk(),
    user: () => p.manyToOne(AppUser).ref().index(true).deleteRule('no action').updateRule('no action'),
    group: () => p.manyToOne(UserGroup).ref().index(true).deleteRule('no action').updateRule('no action'),
  },
  uniques: [{ name: 'group_member_unique', properties: ['user', 'group'] }],
});

export const GroupPermission = defineEntity({
  name: 'GroupPermission',
  tableName: 'group_permission',
  properties: {
    id: pk(),
    group: () => p.manyToOne(UserGroup).ref().index(false).deleteRule('no action').updateRule('no action'),
    permission: key(),
  },
  uniques: [{ name: 'group_permission_unique', properties: ['group', 'permission'] }],
});

/** Customers that a group's members may see, by customer group. */
export const GroupCustomerGroup = defineEntity({
  name: 'GroupCustomerGroup',
  tableName: 'group_customer_group',
  properties: {
    id: pk(),
    group: () => p.manyToOne(UserGroup).ref().index(false).deleteRule('no action').updateRule('no action'),
    /** Code of table `customer_group`. */
    customerGroup: key(),
    readOnly: flag().default(0),
  },
  uniques: [{ name: 'group_customer_group_unique', properties: ['group', 'customerGroup'] }],
});

/** A credential for headless calls; only the hash of the token is kept. */
export const AccessToken = defineEntity({
  name: 'AccessToken',
  tableName: 'access_token',
  properties: {
    id: pk(),
    user: () => p.manyToOne(AppUser).ref().index(true).deleteRule('no action').updateRule('no action'),
    name: text(),
    tokenHash: key().unique(),
    /** JSON list of the rights that it is confined to; null: all that its user has. */
    permissions: text().nullable(),
    createdAt: instant(),
    createdBy: text().nullable(),
    lastUsedAt: instant().nullable(),
    expiresAt: instant().nullable(),
    revokedAt: instant().nullable(),
  },
});

/** Who did what, when and to which record. Append-only (triggers), each row chained to the one before. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: pk(),
    /** Place in the chain, without holes. */
    seq: idColumn().unique(),
    at: instant(),
    userId: idColumn().nullable(),
    username: text(),
    operation: key(),
    outcome: key(),
    entity: key().nullable(),
    entityId: idColumn().nullable(),
    customerId: idColumn().nullable(),
    /** JSON of what changed, field → [before, after], secrets masked. */
    changes: text().nullable(),
    source: key(),
    /** From where: the address of the line, or the terminal. */
    origin: text().nullable(),
    /** Why, where the operator was asked. */
    reason: text().nullable(),
    /** The same for all rows of one command. */
    correlation: idColumn().nullable(),
    /** Which facts the hash is made over: 1 until these three were added, 2 since. */
    form: p.integer().default(1),
    previousHash: key(),
    hash: key(),
  },
  indexes: [
    { name: 'audit_entry_entity', properties: ['entity', 'entityId'] },
    { name: 'audit_entry_customer', properties: ['customerId'] },
    { name: 'audit_entry_at', properties: ['at', 'seq'] },
    { name: 'audit_entry_user', properties: ['userId', 'at', 'seq'] },
    { name: 'audit_entry_operation', properties: ['operation', 'at', 'seq'] },
  ],
});

/** Answers of commands that carried an idempotency key, so that a repeat replays instead of running twice. */
export const IdempotentAnswer = defineEntity({
  name: 'IdempotentAnswer',
  tableName: 'idempotent_answer',
  properties: { key: key().primary(), operation: key(), inputHash: key(), answer: text(), at: instant() },
});

/** Something typed but not saved, kept for its author through a lock, a dropped line or a crash. */
export const Draft = defineEntity({
  name: 'Draft',
  tableName: 'draft',
  properties: {
    id: pk(),
    userId: idColumn(),
    form: key(),
    subjectId: idColumn().nullable(),
    values: text(),
    savedAt: instant(),
  },
  indexes: [{ name: 'draft_user', properties: ['userId', 'form', 'subjectId'] }],
});
