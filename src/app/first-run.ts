import { civilDateOf } from '#domain/civil-date.ts';
import type { Progress } from './sign-in/state.ts';

/** Customers of the utility that a first start makes. */
const CUSTOMERS = 2000;

/** Makes the demo utility of a first start, whole or not at all; its users can sign in. */
export async function makeFirstDemo(
  file: string,
  today: string | null,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  onProgress({ text: '', done: 0, total: 1 });
  const { FileThereError, makeDemoFile } = await import('#db/demo/file.ts');
  const { DEMO_PASSWORD } = await import('#db/demo/setup.ts');
  const { demoNumbersFor } = await import('#cli/demo-numbers.ts');
  const { hashPassword } = await import('#services/users/password.ts');
  await makeDemoFile(file, {
    customers: CUSTOMERS,
    today: today ?? civilDateOf(Date.now()),
    passwordHash: await hashPassword(DEMO_PASSWORD),
    sensitive: await demoNumbersFor({ file }),
    onProgress: (fraction, what) => onProgress({ text: what, done: fraction, total: 1 }),
  }).catch((error: unknown) => {
    // Another first start was quicker: its utility is as good.
    if (!(error instanceof FileThereError)) throw error;
  });
}
