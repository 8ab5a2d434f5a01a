import { readFile } from 'node:fs/promises';
import { ImportProblem } from '#db/import/problem.ts';
import { type Profile, profileSchema } from '#db/import/profile.ts';
import { shippedProfiles } from '#db/import/profiles/index.ts';

const FAULTS_TOLD = 8;

/** Names and titles of the profiles that come with the program. */
export const profileList: readonly { readonly name: string; readonly title: string }[] = Object.values(
  shippedProfiles,
).map(({ name, title }) => ({ name, title }));

/**
 * A profile by its name, or from a file (anything with a dot or a slash).
 * @throws ImportProblem saying what is wrong with it, and where
 */
export async function loadProfile(nameOrPath: string): Promise<Profile> {
  if (/[./\\]/.test(nameOrPath)) return checkProfile(await readProfile(nameOrPath), nameOrPath);
  const shipped = Object.hasOwn(shippedProfiles, nameOrPath) ? shippedProfiles[nameOrPath] : undefined;
  if (shipped) return checkProfile(shipped, nameOrPath);
  const names = profileList.map((profile) => profile.name).join(', ');
  throw new ImportProblem(`There is no profile ${nameOrPath}. There are: ${names}, or give a file (./my-profile.json)`);
}

async function readProfile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new ImportProblem(`The profile ${path} cannot be read`);
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    throw new ImportProblem(`The profile ${path} is not JSON: ${(error as Error).message}`);
  }
}

/** @throws ImportProblem with every fault and its place */
export function checkProfile(raw: unknown, shown: string): Profile {
  const result = profileSchema.safeParse(raw);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, FAULTS_TOLD)
    .map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
  throw new ImportProblem(`The profile ${shown} is not right:\n${faults.join('\n')}`);
}
