import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A message as the server took it. */
export interface Taken {
  readonly to: readonly string[];
  readonly user: string | null;
  readonly raw: string;
}

interface MailServer {
  readonly address: string;
  readonly port: number;
  readonly taken: readonly Taken[];
  readonly stop: () => Promise<void>;
  readonly arrived: (count: number) => Promise<void>;
}

/** A real mail server on the loopback, in a process of its own; gone when the test ends. */
export async function mailServer(password?: string): Promise<MailServer> {
  const script = new URL('./mail-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...(password === undefined ? [] : [password])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // What it hears last may come when it is gone.
  child.stdin.on('error', () => {});
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = (): Promise<void> => {
    child.kill('SIGKILL');
    return ended;
  };
  onTestFinished(stop);
  const taken: Taken[] = [];
  const waiting = new Set<() => void>();
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the mail server has ended')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const fact = JSON.parse(line) as Taken & { port?: number };
      if (fact.port === undefined) {
        taken.push(fact);
        for (const look of waiting) look();
      } else resolve(fact.port);
      child.stdin.write('\n');
    });
  });
  /** Resolves when so many messages were taken. */
  const arrived = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (taken.length < count) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { address: `smtp://127.0.0.1:${port}`, port, taken, stop, arrived };
}
