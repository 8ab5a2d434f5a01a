import { run } from '#cli/index.ts';
import { vi } from 'vitest';

/** What a verb printed, and how it ended. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Types a verb, as a shell would. */
export async function verb(...argv: string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out.push(String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => (err.push(String(text)), true)),
  ];
  try {
    const code = await run(argv);
    return { code, out: out.join(''), err: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
