/** A payment method of the company; one of its own is based on a core method. */
export interface PaymentMethod {
  readonly code: string;
  readonly name: string;
  /** Code of the core method: itself where it is one. */
  readonly core: string;
}

/** What a customer's record says about paying. */
export interface PayingRules {
  readonly noPayments: boolean;
  readonly noChecks: boolean;
  /** Codes of methods that are refused. */
  readonly disallowed: readonly string[];
}

/** Reads a method from its code value. */
export function paymentMethod(value: { code: string; name: string; attributes: string | null }): PaymentMethod {
  let core: unknown;
  try {
    core = (JSON.parse(value.attributes ?? '{}') as { core?: unknown }).core;
  } catch {
    core = undefined;
  }
  return { code: value.code, name: value.name, core: typeof core === 'string' ? core : value.code };
}

/** Methods whose money can come back unpaid. */
const RETURNABLE: ReadonlySet<string> = new Set(['check', 'draft']);
export const isReturnable = ({ core }: PaymentMethod): boolean => RETURNABLE.has(core);

/**
 * Why a customer may not pay by a method, or null. A method based on a refused core method is
 * refused with it (guide: domain §4.1).
 */
export function refusalOf(method: PaymentMethod, rules: PayingRules): string | null {
  if (rules.noPayments) return 'The customer’s record says: accept no payments.';
  if (rules.noChecks && method.core === 'check') return 'The customer’s record says: accept no checks.';
  if (rules.disallowed.includes(method.code) || rules.disallowed.includes(method.core)) {
    return `${method.name} is a disallowed payment method of this customer.`;
  }
  return null;
}
