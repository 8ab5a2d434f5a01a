import { type CsvRecord, csvRecords } from './csv.ts';
import { columnsOfRole, Header } from './header.ts';
import { ImportProblem } from './problem.ts';
import type { Profile } from './profile.ts';

/** A file on the command line and what the profile takes it for. */
export interface SourceFile {
  readonly path: string;
  readonly role: string;
  readonly header: Header;
}

async function firstRecord(path: string, profile: Profile, role: string): Promise<CsvRecord | null> {
  const records = csvRecords(path, profile.files[role]!);
  const { value } = await records.next();
  await records.return(undefined);
  return value ?? null;
}

/**
 * Decides by its header which role a file has; `role=path` says it outright.
 * @throws ImportProblem when the file fits none, naming what is missing for the nearest
 */
export async function identify(profile: Profile, given: string): Promise<SourceFile> {
  const named = /^([a-z][\w-]*)=(.+)$/.exec(given);
  const told = named && Object.hasOwn(profile.files, named[1]!) ? named[1]! : null;
  const path = told ? named![2]! : given;
  let nearest: { missing: string[]; share: number; role: string; header: Header } | null = null;
  for (const role of told ? [told] : Object.keys(profile.files)) {
    const record = await firstRecord(path, profile, role);
    if (!record) throw new ImportProblem(`${path} is empty`);
    const header = new Header(record.cells, profile.files[role]!);
    const columns = columnsOfRole(profile, role);
    const missing = columns.filter((column) => header.find(column) < 0);
    if (missing.length === 0) return { path, role, header };
    const share = missing.length / columns.length;
    if (!nearest || share < nearest.share) nearest = { missing, share, role, header };
  }
  const { missing, role, header } = nearest!;
  const columns = missing.map((column) => `“${header.called(column)}”`).join(', ');
  throw new ImportProblem(
    `${path}, row 1: as “${role}” the file lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${columns}. ` +
      `It has: ${header.names.slice(0, 40).join(', ')}`,
  );
}

/** All files with their roles: those that others join come first. @throws ImportProblem when a needed one is missing */
export async function identifyAll(profile: Profile, given: readonly string[]): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const one of given) files.push(await identify(profile, one));
  const roles = Object.keys(profile.files);
  for (const role of roles) {
    if (!profile.files[role]!.optional && !files.some((file) => file.role === role)) {
      throw new ImportProblem(`Profile ${profile.name} also needs the file “${role}”`);
    }
  }
  const joinedRoles = new Set(roles.flatMap((role) => Object.values(profile.files[role]!.joins).map((j) => j.file)));
  const rank = ({ role }: SourceFile): number => roles.indexOf(role) + (joinedRoles.has(role) ? 0 : roles.length);
  return files.toSorted((a, b) => rank(a) - rank(b));
}
