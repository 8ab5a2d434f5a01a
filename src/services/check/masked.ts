import type { Finding } from '#db/check.ts';
import type { QueryContext } from '../operation.ts';
import { shownCustomer } from '../shown.ts';
import { seesAll } from '../sight.ts';
import type { CheckReport } from './check.ts';

/** Says that there is a fault, not where nor how much it is about. */
const MASKED: Finding = { account: null, message: 'an account of a private customer (ask who may see it)' };

/** The report as this reader may have it: of private customers neither numbers nor amounts. */
export async function maskedReport(ctx: QueryContext, report: CheckReport): Promise<CheckReport> {
  if (seesAll(ctx.sight)) return report;
  const numbers = report.rules.flatMap(({ findings }) => findings.flatMap(({ account }) => account ?? []));
  if (numbers.length === 0) return report;
  const rows = await ctx.db
    .selectFrom('account as a')
    .select('a.number')
    .where('a.number', 'in', [...new Set(numbers)])
    .where((eb) => eb.exists(shownCustomer(ctx.db, eb.ref('a.customer_id'), ctx.sight)))
    .execute();
  const shown = new Set(rows.map(({ number }) => number));
  const mask = (finding: Finding): Finding =>
    finding.account === null || shown.has(finding.account) ? finding : MASKED;
  return { ...report, rules: report.rules.map((rule) => ({ ...rule, findings: rule.findings.map(mask) })) };
}
