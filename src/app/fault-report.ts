const FRAMES = 12;

/** What the log may hold of an error that nobody expected. */
export interface FaultReport {
  readonly kind: string;
  readonly code: string | null;
  /** `function@file:line:column`, innermost first. */
  readonly places: string;
}

/** A message may quote data, so that only the kind of error and the places in the code are told. */
export function describeFault(error: unknown): FaultReport {
  if (!(error instanceof Error)) return { kind: typeof error, code: null, places: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { kind: error.name, code, places: places(error.stack ?? '') };
}

const places = (stack: string): string =>
  stack
    .split('\n')
    .map((line) => /^\s+at (?:(?:async )?([\w.$<>#]+) )?.*?([\w.-]+:\d+:\d+)\)?$/.exec(line))
    .flatMap((match) => (match ? [`${match[1] ?? ''}@${match[2] ?? ''}`] : []))
    .slice(0, FRAMES)
    .join(' ');
