import type { DualMigration } from './dual.ts';

/** Rights that were part of another one, for the groups that hold that one. */
const SPLIT: readonly (readonly [held: string, gains: string])[] = [
  ['accounts.read', 'customers.read'],
  ['accounts.read', 'locations.read'],
  ['accounts.read', 'owners.read'],
  ['users.manage', 'groups.manage'],
  ['users.manage', 'tokens.manage'],
];

const groupRows: readonly string[] = [
  'update user_group set document_level = level;',
  ...SPLIT.map(
    ([held, gains]) =>
      `insert into group_permission (id, group_id, permission)
       select (select max(id) from group_permission) + row_number() over (order by g.group_id), g.group_id, '${gains}'
       from group_permission g where g.permission = '${held}';`,
  ),
];

/** Users, groups, sealed values, and what the audit trail tells beyond who did what. */
export const migration: DualMigration = {
  name: '2026-11-26-security',
  sqlite: {
    up: [
      'create table `crypto_key` (`id` integer not null primary key, `purpose` text not null, `wrapped` text not null, `master_id` text not null, `created_at` integer not null, `retired_at` integer null);',
      'create table `recovery_code` (`id` integer not null primary key, `user_id` integer not null, `code_hash` text not null, `used_at` integer null, constraint `recovery_code_user_id_foreign` foreign key (`user_id`) references `app_user` (`id`) on update no action on delete no action);',
      'create index `recovery_code_user_id_index` on `recovery_code` (`user_id`);',
      'create table `secret_value` (`id` integer not null primary key, `entity` text not null, `entity_id` integer not null, `customer_id` integer null, `kind` text not null, `sealed` text not null, `key_id` integer not null, `last4` text null, `detail` text null, `blind_index` text null, `updated_at` integer not null, `version` integer not null default 1);',
      'create index `secret_value_index` on `secret_value` (`kind`, `blind_index`);',
      'create index `secret_value_key` on `secret_value` (`key_id`);',
      'create index `secret_value_customer` on `secret_value` (`customer_id`);',
      'create unique index `secret_value_of` on `secret_value` (`entity`, `entity_id`, `kind`);',
      'create table `group_customer_group` (`id` integer not null primary key, `group_id` integer not null, `customer_group` text not null, `read_only` integer not null default 0, constraint `group_customer_group_group_id_foreign` foreign key (`group_id`) references `user_group` (`id`) on update no action on delete no action);',
      'create unique index `group_customer_group_unique` on `group_customer_group` (`group_id`, `customer_group`);',
      'alter table `app_user` add column `last_failed_at` integer null;',
      'alter table `app_user` add column `os_user` text null;',
      'alter table `app_user` add column `must_change_password` integer not null default 0;',
      'alter table `app_user` add column `password_expires_at` integer null;',
      'alter table `app_user` add column `totp_since` integer null;',
      'alter table `app_user` add column `totp_last_step` integer null;',
      'create unique index `app_user_os_user_unique` on `app_user` (`os_user`);',
      'alter table `access_token` add column `permissions` text null;',
      'alter table `access_token` add column `created_by` text null;',
      'alter table `access_token` add column `last_used_at` integer null;',
      'alter table `audit_entry` add column `origin` text null;',
      'alter table `audit_entry` add column `reason` text null;',
      'alter table `audit_entry` add column `correlation` integer null;',
      'alter table `audit_entry` add column `form` integer not null default 1;',
      'alter table `user_group` add column `description` text null;',
      'alter table `user_group` add column `document_level` integer not null default 1;',
      'alter table `user_group` add column `credit_limit_cents` integer null;',
      'alter table `user_group` add column `needs_totp` integer not null default 0;',
      'alter table `user_group` add column `all_customers` integer not null default 1;',
      ...groupRows,
    ],
  },
  postgresql: {
    up: [
      'create table "crypto_key" ("id" bigint not null, "purpose" text collate "C" not null, "wrapped" text not null, "master_id" text collate "C" not null, "created_at" bigint not null, "retired_at" bigint null, primary key ("id"));',
      'create table "recovery_code" ("id" bigint not null, "user_id" bigint not null, "code_hash" text collate "C" not null, "used_at" bigint null, primary key ("id"));',
      'create index "recovery_code_user_id_index" on "recovery_code" ("user_id");',
      'create table "secret_value" ("id" bigint not null, "entity" text collate "C" not null, "entity_id" bigint not null, "customer_id" bigint null, "kind" text collate "C" not null, "sealed" text not null, "key_id" bigint not null, "last4" text collate "C" null, "detail" text null, "blind_index" text collate "C" null, "updated_at" bigint not null, "version" int not null default 1, primary key ("id"));',
      'create index "secret_value_index" on "secret_value" ("kind", "blind_index");',
      'create index "secret_value_key" on "secret_value" ("key_id");',
      'create index "secret_value_customer" on "secret_value" ("customer_id");',
      'alter table "secret_value" add constraint "secret_value_of" unique ("entity", "entity_id", "kind");',
      'create table "group_customer_group" ("id" bigint not null, "group_id" bigint not null, "customer_group" text collate "C" not null, "read_only" smallint not null default 0, primary key ("id"));',
      'alter table "group_customer_group" add constraint "group_customer_group_unique" unique ("group_id", "customer_group");',
      'alter table "app_user" add "last_failed_at" bigint null, add "os_user" text collate "C" null, add "must_change_password" smallint not null default 0, add "password_expires_at" bigint null, add "totp_since" bigint null, add "totp_last_step" bigint null;',
      'alter table "app_user" add constraint "app_user_os_user_unique" unique ("os_user");',
      'alter table "access_token" add "permissions" text null, add "created_by" text null, add "last_used_at" bigint null;',
      'alter table "audit_entry" add "origin" text null, add "reason" text null, add "correlation" bigint null, add "form" int not null default 1;',
      'alter table "user_group" add "description" text null, add "document_level" int not null default 1, add "credit_limit_cents" bigint null, add "needs_totp" smallint not null default 0, add "all_customers" smallint not null default 1;',
      'alter table "recovery_code" add constraint "recovery_code_user_id_foreign" foreign key ("user_id") references "app_user" ("id") on update no action on delete no action;',
      'alter table "group_customer_group" add constraint "group_customer_group_group_id_foreign" foreign key ("group_id") references "user_group" ("id") on update no action on delete no action;',
      ...groupRows,
    ],
  },
};
