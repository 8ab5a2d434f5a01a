import { readFileSync, writeFileSync } from 'node:fs';

/*
 * npm leaves the builds for other platforms out of the lock file when the registry in use does
 * not carry them, and then `npm ci` refuses its own lock file. This names them: version, platform
 * and nothing else, so that npm knows that they are not for this machine and fetches nothing.
 */

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
}

type Packages = Record<string, LockEntry>;

const CPUS = ['x64', 'arm64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64'];
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];

/** Optional builds that the lock file names as wanted but does not list. */
export function missingBuilds(packages: Packages): { name: string; version: string; dev: boolean }[] {
  return Object.values(packages).flatMap((entry) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !(`node_modules/${name}` in packages))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  );
}

/** The entry of a build, its platform read from its name: `@oxlint/binding-linux-x64-musl`. */
export function buildEntry({ name, version, dev }: { name: string; version: string; dev: boolean }): object {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((one) => words.includes(one));
  const cpu = CPUS.find((one) => words.includes(one));
  if (!os || !cpu) throw new Error(`the platform of ${name} is not in its name`);
  const libc = words.includes('musl') ? ['musl'] : os === 'linux' && words.includes('gnu') ? ['glibc'] : null;
  return { version, cpu: [cpu], ...(dev ? { dev } : {}), ...(libc ? { libc } : {}), optional: true, os: [os] };
}

/** Adds what is missing to a lock file; says how many. */
export function completeLock(file: string): number {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Packages };
  const missing = missingBuilds(lock.packages);
  for (const build of missing) lock.packages[`node_modules/${build.name}`] = buildEntry(build) as LockEntry;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  return missing.length;
}

if (import.meta.main) {
  const added = completeLock(new URL('../../package-lock.json', import.meta.url).pathname);
  process.stdout.write(`${added} builds for other platforms were added to the lock file\n`);
}
