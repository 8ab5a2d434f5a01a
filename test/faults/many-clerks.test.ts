import { expect, test } from 'vitest';
import { percentile } from '#test/bench/figure.ts';
import { clerk, expectClean, newOffice, payments } from './office.ts';
import { record, sized } from './record.ts';

const PACE_MS = 2500;

test('clerks who post at their pace on one database all get through, without a failure', async () => {
  const office = await newOffice(50);
  const clerks = sized(10, 50);
  const each = sized(2, 24);
  const shift = { from: 0, to: each, everyMs: PACE_MS };
  const all = Array.from({ length: clerks }, (_, n) => clerk(office, { ...shift, keys: `clerk-${n}` }));
  await Promise.all(all.map(({ ready }) => ready));
  for (const one of all) one.process.stdin!.write('go\n');
  const reports = await Promise.all(all.map(({ done }) => done));
  expect(reports.map(({ trouble }) => trouble).join('')).toBe('');
  const said = reports.flatMap((report) => report.said);
  const failed = said.filter((one) => one.failed !== undefined);
  const times = said.map(({ ms }) => ms);
  const over = `${said.length} postings of ${clerks} processes, one every 2.5 s each`;
  record('clerks at their pace: failures', failed.length, over);
  record('clerks at their pace: a posting takes, p50', percentile(times, 0.5), over, times);
  record('clerks at their pace: a posting takes, p99', percentile(times, 0.99), over);
  record('clerks at their pace: a posting takes, longest', Math.max(...times), over);
  expect(failed).toEqual([]);
  expect(await payments(office)).toHaveLength(clerks * each);
  await expectClean(office);
});

test('all of them at once, as fast as they can: everything is done, once each, in one unbroken trail', async () => {
  const office = await newOffice();
  const clerks = sized(4, 16);
  const each = sized(50, 300);
  const began = performance.now();
  const all = Array.from({ length: clerks }, () => clerk(office, { from: 0, to: each }));
  const reports = await Promise.all(all.map(({ done }) => done));
  const seconds = (performance.now() - began) / 1000;
  expect(reports.map(({ trouble }) => trouble).join('')).toBe('');
  const said = reports.flatMap((report) => report.said);
  const failed = said.filter((one) => one.failed !== undefined);
  const times = said.map(({ ms }) => ms);
  const rate = Math.round(said.length / seconds);
  const longest = `p99 ${percentile(times, 0.99)} ms, longest ${Math.max(...times)} ms`;
  record('everybody at once: failures', failed.length, `${said.length} of ${clerks} processes, ${rate}/s, ${longest}`);
  expect(failed).toEqual([]);
  const told = said.map((one) => one.paymentId!);
  expect((await payments(office)).map(({ id }) => id).sort()).toEqual(told.sort());
  await expectClean(office);
});
