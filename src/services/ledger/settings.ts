import type { Db } from '#db/schema.ts';
import type { CompanyOptions } from '#domain/company-options.ts';
import { loadOptions } from '../options/operations.ts';

/** The company's rules for money, as they are in force. */
export type LedgerSettings = Pick<CompanyOptions, 'payoffRule' | 'payoffClasses' | 'creditToBills'>;

/** Reads them. */
export const ledgerSettings = (db: Db): Promise<LedgerSettings> => loadOptions(db);
