import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NEEDED = 26;
/** Says to a started Node that it is the second one, so that two never start each other. */
const MARK = 'METERDESK_NODE_CHOSEN';
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** True when this Node can run the program. */
export const isNewEnough = (version: string): boolean => Number(version.split('.')[0]) >= NEEDED;

/** The Node that the package brings along: in its own `node_modules` or one further up. */
export function findNode(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', 'node', 'bin', 'node');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

/** Runs the program again under the Node that the package brings along; resolves to the exit code. */
export async function runUnderNode26(script: string, args: readonly string[]): Promise<number> {
  const node = process.env[MARK] ? null : findNode(dirname(script));
  if (node === null) {
    process.stderr.write(
      `meterdesk needs Node ${NEEDED} or newer; this is Node ${process.versions.node}, and the one that comes with ` +
        'the package was not found. Run "npm ci" in the folder of meterdesk, or put a newer node first on the PATH.\n',
    );
    return 1;
  }
  const env = { ...process.env, [MARK]: '1' };
  if (typeof process.execve === 'function') process.execve(node, [node, script, ...args], env);
  // Not needed, and not loaded, where the Node is new enough.
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(node, [script, ...args], { stdio: 'inherit', env });
    for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => {
      process.stderr.write(`meterdesk: ${node} cannot be started: ${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      if (signal === null) return resolve(code ?? 1);
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  });
}
