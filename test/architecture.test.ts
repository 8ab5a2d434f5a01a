import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const sources = globSync('{src,screens,db}/**/*.{ts,tsx}', { cwd: root }).sort();
const everything = [...sources, ...globSync('test/**/*.{ts,tsx}', { cwd: root }).sort()];
const textOf = new Map(everything.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

/** Which part of the house a file belongs to. */
function part(file: string): string {
  const [top, second] = file.split('/');
  if (top !== 'src') return top!;
  return second!.includes('.') ? 'main' : second!;
}

/** What each part may import; of the parts in `types` only types. */
const MAY: Readonly<Record<string, { readonly imports: readonly string[]; readonly types?: readonly string[] }>> = {
  domain: { imports: [] },
  // Of the terminal the sanitiser: what goes on paper is cleaned as what goes on a screen.
  gateways: { imports: ['domain', 'terminal'] },
  db: { imports: ['domain'] },
  services: { imports: ['db', 'domain'], types: ['gateways'] },
  terminal: { imports: ['keymap'] },
  keymap: { imports: ['terminal'] },
  ui: { imports: ['terminal', 'keymap', 'domain'], types: ['services'] },
  screens: { imports: ['ui', 'keymap', 'services', 'domain', 'terminal'] },
  build: { imports: ['domain', 'db', 'cli', 'terminal', 'gateways'] },
  cli: { imports: ['db', 'domain', 'services', 'gateways', 'terminal', 'ui', 'keymap', 'app', 'screens'] },
  app: { imports: ['db', 'domain', 'services', 'gateways', 'terminal', 'ui', 'keymap', 'screens', 'cli'] },
  launcher: { imports: ['terminal', 'ui', 'app'] },
  main: { imports: ['launcher', 'terminal', 'cli', 'app'] },
};

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s)?(?:[^;'"]*?from\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g;
const FOLDERS: Readonly<Record<string, string>> = { db: 'db', screens: 'screens', test: 'test' };

interface Import {
  readonly to: string;
  readonly typesOnly: boolean;
}

/** Files of this project that a file imports. */
function importsOf(file: string): Import[] {
  return [...textOf.get(file)!.matchAll(IMPORT)].flatMap((match) => {
    const name = match[3] ?? match[4]!;
    const alias = /^#(\w+)\/(.*)$/.exec(name);
    if (alias) {
      const folder = FOLDERS[alias[1]!] ?? `src/${alias[1]}`;
      return [{ to: `${folder}/${alias[2]}`, typesOnly: match[2] !== undefined }];
    }
    if (!name.startsWith('.')) return [];
    return [{ to: relative(root, join(root, dirname(file), name)), typesOnly: match[2] !== undefined }];
  });
}

/**
 * Files that import one another in a circle, each circle as the way round; `graph` has for every
 * file what it imports. Of files that hang together in several ways the shortest way is named.
 */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const named = new Set<string>();
  return [...graph.keys()].flatMap((file) => {
    if (named.has(file)) return [];
    const way = wayBack(graph, file);
    for (const one of way) named.add(one);
    return way.length > 0 ? [[...way, file].join(' → ')] : [];
  });
}

/** The shortest way from a file over its imports back to it; empty when there is none. */
function wayBack(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of graph.get(way.at(-1)!) ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [];
}

describe('the layers', () => {
  test.each(Object.keys(MAY))('%s imports only what it may', (from) => {
    const { imports, types = [] } = MAY[from]!;
    const wrong = sources
      .filter((file) => part(file) === from)
      .flatMap((file) =>
        importsOf(file)
          .filter(({ to, typesOnly }) => {
            const target = part(to);
            return (
              target !== from &&
              !to.startsWith('package.json') &&
              !imports.includes(target) &&
              !(typesOnly && types.includes(target))
            );
          })
          .map(({ to }) => `${file} → ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  test('no file imports itself over others, not even types, not even on demand', () => {
    const graph = new Map(sources.map((file) => [file, importsOf(file).map(({ to }) => to)]));
    // What two files share belongs into a third one below both, or is handed in.
    expect(circlesIn(graph), 'circles of imports').toEqual([]);
  });

  test('a circle of imports is found and named, whatever hangs on it', () => {
    const graph = new Map([
      ['on-it.ts', ['a.ts']],
      ['a.ts', ['b.ts', 'd.ts']],
      ['b.ts', ['c.ts']],
      ['c.ts', ['a.ts', 'alone.ts']],
      ['d.ts', ['a.ts']],
      ['alone.ts', []],
      ['itself.ts', ['itself.ts']],
    ]);
    const circles = ['a.ts → d.ts → a.ts', 'b.ts → c.ts → a.ts → b.ts', 'itself.ts → itself.ts'];
    expect(circlesIn(graph)).toEqual(circles);
  });

  test('every source belongs to a known part', () => {
    expect(sources.filter((file) => !(part(file) in MAY))).toEqual([]);
  });

  test('services never load the ORM: it is a chunk of its own behind the start', () => {
    const wrong = sources
      .filter((file) => part(file) === 'services')
      .filter((file) =>
        /from '(@mikro-orm|#db\/(orm-|entities))/.test(textOf.get(file)!.replaceAll(/import type[^;]*;/g, '')),
      );
    expect(wrong).toEqual([]);
  });
});

const SQL_TEXT = /\bsql(?:<[^>]*>)?`|\.raw\(\s*[`'"]|`\s*(select|insert into|update|delete from)\s/i;
const GENERATED = /^db\/migrations\/\d{4}-/;
const LONGEST = 250;
/** Tests read from top to bottom and may be longer. */
const LONGEST_TEST = 400;
/** Run by a developer, not part of the program. */
const TOOLS = ['db/migrations/generate.ts'];

describe('the house rules', () => {
  test('SQL text is found in db only', () => {
    expect(sources.filter((file) => part(file) !== 'db' && SQL_TEXT.test(textOf.get(file)!))).toEqual([]);
  });

  test('only the terminal and the headless verbs write to the standard streams', () => {
    const writers = ['terminal', 'cli', 'build', 'launcher', 'main'];
    const wrong = sources.filter(
      (file) =>
        !writers.includes(part(file)) &&
        !TOOLS.includes(file) &&
        /process\.std(out|err)\.write|\bconsole\.\w+\(|\buse(Stdout|Stderr)\(/.test(textOf.get(file)!),
    );
    expect(wrong).toEqual([]);
  });

  test('no other program is started, and none that the environment names', () => {
    const starters = /['"](?:node:)?(?:child_process|cluster|worker_threads|inspector|repl)(?:\/promises)?['"]/;
    const named = /\b(?:env\.|env\[['"])(?:EDITOR|VISUAL|PAGER|LESS\w*|SHELL|BROWSER)\b|\bexecve\b|process\.binding/;
    // The launcher starts itself anew: under the right Node, and confined.
    const reviewed = ['src/launcher/node-26.ts', 'src/launcher/confinement.ts'];
    const wrong = sources.filter(
      (file) =>
        part(file) !== 'build' &&
        !reviewed.includes(file) &&
        (starters.test(textOf.get(file)!) || named.test(textOf.get(file)!)),
    );
    expect(wrong).toEqual([]);
  });

  test('operations wait for the database only: no files, no network, no timers inside a transaction', () => {
    const outside =
      /from '(?:node:)?(?:fs|fs\/promises|net|tls|http|https|dns|timers|timers\/promises)'|\b(?:setTimeout|fetch)\(/;
    // The pause between two tries; pauses between the statements of a query; the profiles, read in `prepare`;
    // what waits for an audit row outside the transaction that it tells of.
    const reviewed = [
      'src/services/retry.ts',
      ...['list', 'walk'].map((name) => `src/services/lookup/${name}.ts`),
      'src/services/imports/profiles.ts',
      ...['outbox', 'verify', 'walk', 'watch'].map((name) => `src/services/audit/${name}.ts`),
    ];
    const wrong = sources.filter(
      (file) => part(file) === 'services' && !reviewed.includes(file) && outside.test(textOf.get(file)!),
    );
    expect(wrong).toEqual([]);
  });

  test(`no file is longer than ${LONGEST} lines, but for generated migrations`, () => {
    const long = everything
      .filter((file) => !GENERATED.test(file))
      .map((file) => [file, textOf.get(file)!.trimEnd().split('\n').length] as const)
      .filter(([file, lines]) => lines > (file.startsWith('test/') ? LONGEST_TEST : LONGEST));
    expect(long).toEqual([]);
  });

  test('no unfinished work, no way around the types, no path of one machine', () => {
    const forbidden = new RegExp(
      [
        'TO' + 'DO',
        'FIX' + 'ME',
        '@ts-' + 'ignore',
        '@ts-' + 'nocheck',
        'for ' + 'now\\b',
        '/wo' + 'rk/',
        '/tmp/' + 'wt',
        '\\.\\./sha' + 'red',
      ].join('|'),
    );
    expect(everything.filter((file) => forbidden.test(textOf.get(file)!))).toEqual([]);
  });

  test('the program makes no hash cheaper', () => {
    const asks = /\bhashCost\s*:|await openReady\([^;]*\bhashCost\b/;
    expect(sources.filter((file) => asks.test(textOf.get(file)!))).toEqual([]);
  });

  test('no random or current time in the rules', () => {
    const wrong = sources.filter(
      (file) => part(file) === 'domain' && /\bnew Date\(\)|Date\.now\(\)/.test(textOf.get(file)!),
    );
    expect(wrong).toEqual([]);
  });
});
