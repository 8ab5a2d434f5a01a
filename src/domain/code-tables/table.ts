import type { z } from 'zod';

/** Parts of the list of tables, in their order. */
export const CODE_AREAS = {
  customers: 'Customers',
  contacts: 'Contacts',
  records: 'Records',
  locations: 'Locations',
  billing: 'Billing',
  payments: 'Payments',
} as const;
export type CodeArea = keyof typeof CODE_AREAS;

/** Where codes of another kind come from: a code table, or the general ledger. */
export type CodeSource = string;
export const GENERAL_LEDGER = 'gl_account';

/** How an attribute is entered, and what is stored of it. */
export type AttributeKind =
  /** A text; empty is null where the schema takes null. */
  | { readonly as: 'text'; readonly most: number }
  /** 0 or 1. */
  | { readonly as: 'flag' }
  | { readonly as: 'choice'; readonly values: Readonly<Record<string, string>> }
  | { readonly as: 'number' }
  /** Integer cents. */
  | { readonly as: 'amount' }
  /** Millionths, entered as a percentage: 100,000 is 10 %. */
  | { readonly as: 'percent' }
  /** A code of another table. */
  | { readonly as: 'code'; readonly of: CodeSource }
  /** Any number of codes of another table; `ordered`: their order says something. */
  | { readonly as: 'codes'; readonly of: CodeSource; readonly ordered?: true }
  /** The values of a list: `{ code, name, retired }`, entered a line each. */
  | { readonly as: 'choices' }
  /** Yearly rates from a day on: `{ from, millionths }`, entered a line each. */
  | { readonly as: 'rates' };

/** Something that a table keeps of its codes besides the name; stored in the JSON of the code's attributes. */
export interface CodeAttribute {
  readonly name: string;
  readonly label: string;
  readonly kind: AttributeKind;
  readonly help?: string;
  /** What is stored; its default stands where nothing is said. */
  readonly schema: z.ZodType;
  /** Cannot be changed once the code is saved: what was recorded under it would mean something else. */
  readonly fixed?: true;
  /** Not a column of the list: too long, or seldom looked at. */
  readonly aside?: true;
  /** Why it means nothing with these other values, or true. */
  readonly enabled?: (values: Readonly<Record<string, unknown>>) => true | string;
}

/** A place where codes of a table are kept, to say where one is used. */
export interface CodeUse {
  readonly table: string;
  readonly column: string;
  /** In the operator's words, several: `customers`. */
  readonly what: string;
  /** How it is kept there: by itself, by its row's identity, or in a JSON list or object of codes. */
  readonly by?: 'code' | 'id' | 'list';
  /** A table of the ledger's size: looked through before the transaction, of which only what came since is asked again. */
  readonly large?: true;
  /** Only rows where this column has one of these values. */
  readonly only?: { readonly column: string; readonly values: readonly string[] };
}

/** A table of its own that holds the codes, for those that others point to by identity. */
export interface OwnStore {
  readonly table: string;
  /** As the audit trail calls its rows. */
  readonly entity: string;
  /** Column of the order; none: by code. */
  readonly sort?: string;
  /** Attribute → column. */
  readonly columns: Readonly<Record<string, string>>;
}

/** A table of codes as setup shows, checks and changes it: one record each. */
export interface CodeTable {
  /** As it is stored and asked for: `document_type`. */
  readonly name: string;
  readonly title: string;
  /** One code of it: `document type`. */
  readonly one: string;
  readonly area: CodeArea;
  /** What it is for, in a sentence. */
  readonly words: string;
  /** What its codes look like; the message says it. */
  readonly code: z.ZodType<string>;
  readonly codeLabel?: string;
  readonly codeHelp: string;
  readonly codeMost: number;
  readonly attributes: readonly CodeAttribute[];
  /** What a code says by itself: a core method of payment is its own core. */
  readonly implied?: (code: string) => Readonly<Record<string, unknown>>;
  /** What must hold between attributes: field → what is wrong. */
  readonly rule?: (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>>;
  readonly usedIn: readonly CodeUse[];
  /** The order says something (forms offer values in it); otherwise they stand by code. */
  readonly ordered: boolean;
  /** What the order decides, where it is more than a list's. */
  readonly orderWords?: string;
  /** Codes belong to a value of this attribute and are kept as `VALUE/CODE`, so that each may have its own `YES`. */
  readonly within?: string;
  /** Rows of the program keep code and name; what they are set to is the utility's own. */
  readonly settable?: true;
  /** A screen of its own owns it: it is not in the list, but in the file of the setup. */
  readonly hidden?: true;
  readonly stored?: OwnStore;
}
