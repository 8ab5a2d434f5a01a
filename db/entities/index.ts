import * as account from './account.ts';
import * as contact from './contact.ts';
import * as customer from './customer.ts';
import * as deferred from './deferred.ts';
import * as document from './document.ts';
import * as ledger from './ledger.ts';
import * as location from './location.ts';
import * as lockbox from './lockbox.ts';
import * as meter from './meter.ts';
import * as note from './note.ts';
import * as paper from './paper.ts';
import * as payment from './payment.ts';
import * as penalty from './penalty.ts';
import * as secret from './secret.ts';
import * as system from './system.ts';
import * as userDefined from './user-defined.ts';

export * from './account.ts';
export * from './contact.ts';
export * from './customer.ts';
export * from './deferred.ts';
export * from './document.ts';
export * from './ledger.ts';
export * from './location.ts';
export * from './lockbox.ts';
export * from './meter.ts';
export * from './note.ts';
export * from './paper.ts';
export * from './payment.ts';
export * from './penalty.ts';
export * from './secret.ts';
export * from './system.ts';
export * from './user-defined.ts';

/** Every entity of the database; a new one is added to its file and here. */
export const entities = [
  system.CompanyOption,
  system.CodeValue,
  system.Counter,
  system.AppUser,
  system.UserGroup,
  system.GroupMember,
  system.GroupPermission,
  system.GroupCustomerGroup,
  system.AccessToken,
  system.AuditEntry,
  system.IdempotentAnswer,
  system.Draft,
  secret.CryptoKey,
  secret.SecretValue,
  secret.RecoveryCode,
  customer.Customer,
  customer.CustomerAddress,
  customer.CustomerPhone,
  customer.CustomerEmail,
  customer.AutopayInstruction,
  customer.WebLoginToken,
  customer.CollectionPlacement,
  location.Cycle,
  location.Route,
  location.RevenueClass,
  location.Location,
  location.LocationOwner,
  location.Lien,
  account.Account,
  account.AccountBalance,
  account.ServiceType,
  account.RateCode,
  account.AccountService,
  meter.Meter,
  meter.MeterInstallation,
  meter.MeterRead,
  account.Statement,
  account.ServiceOrder,
  account.Arrangement,
  account.Deposit,
  account.SpecialCondition,
  note.Note,
  note.NoteVersion,
  contact.Contact,
  contact.ContactAddress,
  contact.ContactPhone,
  contact.ContactEmail,
  document.Document,
  document.DocumentVersion,
  userDefined.UserCode,
  userDefined.CustomFieldValue,
  deferred.DeferredParticipation,
  deferred.DeferredPosting,
  ledger.GlAccount,
  ledger.LedgerTransaction,
  ledger.LedgerLine,
  ledger.Allocation,
  payment.Batch,
  payment.AccountingPeriod,
  payment.CashDrawer,
  payment.Payment,
  payment.Tender,
  payment.PlannedAllocation,
  lockbox.LockboxFile,
  lockbox.LockboxItem,
  payment.SpecialCharge,
  payment.ApprovalRequest,
  penalty.PenaltyRun,
  penalty.PenaltyCandidate,
  penalty.PenaltyItem,
  paper.PaperFormat,
  paper.StoredDocument,
  paper.Communication,
  ledger.ImportRecord,
  ledger.ImportRun,
] as const;
