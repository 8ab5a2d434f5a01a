/** What a means of payment is at the core; methods of a utility's own are built on one of these. */
export const CORE_METHODS = ['cash', 'check', 'card', 'draft'] as const;
export type CoreMethod = (typeof CORE_METHODS)[number];

const isCore = (value: unknown): value is CoreMethod => CORE_METHODS.some((core) => core === value);

/**
 * The core of a method, from its code and the JSON attributes of its code value.
 * Null when nobody said: such money is taken back like cash.
 */
export function coreMethod(code: string | null, attributes: string | null): CoreMethod | null {
  if (isCore(code)) return code;
  if (attributes === null) return null;
  try {
    const told = (JSON.parse(attributes) as { core?: unknown } | null)?.core;
    return isCore(told) ? told : null;
  } catch {
    return null;
  }
}

/** A bank returns checks and drafts. */
export const isReturnable = (core: CoreMethod | null): boolean => core === 'check' || core === 'draft';
