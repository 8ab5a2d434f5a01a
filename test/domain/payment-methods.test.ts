import { describe, expect, test } from 'vitest';
import { paymentMethod, refusalOf } from '#domain/payment-methods.ts';

const method = (code: string, core?: string) =>
  paymentMethod({ code, name: code, attributes: core === undefined ? null : JSON.stringify({ core }) });
const rules = { noPayments: false, noChecks: false, disallowed: [] as string[] };

describe('payment methods that a customer refuses', () => {
  test('take those with them that are built on them, and not the other way', () => {
    expect(refusalOf(method('lockbox', 'check'), { ...rules, disallowed: ['check'] })).toContain('disallowed');
    expect(refusalOf(method('check'), { ...rules, disallowed: ['lockbox'] })).toBeNull();
    expect(refusalOf(method('online', 'card'), { ...rules, disallowed: ['check'] })).toBeNull();
  });

  test('are all of them, or all that are checks, by a flag of the record', () => {
    expect(refusalOf(method('cash'), { ...rules, noPayments: true })).toContain('no payments');
    expect(refusalOf(method('lockbox', 'check'), { ...rules, noChecks: true })).toContain('no checks');
    expect(refusalOf(method('cash'), { ...rules, noChecks: true })).toBeNull();
  });

  test('are their own core where nothing else is said', () => {
    expect(method('cash').core).toBe('cash');
    expect(paymentMethod({ code: 'x', name: 'x', attributes: 'no JSON' }).core).toBe('x');
  });
});
