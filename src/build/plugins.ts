import { readFile } from 'node:fs/promises';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * Yoga's layout engine as bytes in a file of their own. The package has them in a `data:`
 * address that it fetches, which loads Node's whole HTTP client: half of Ink's start.
 */
export const yogaFromFile = (target: string, write: (path: string, data: Uint8Array) => Promise<void>): Plugin => ({
  name: 'yoga-from-file',
  setup(build) {
    build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const embedded = /data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)/.exec(source)?.[1];
      if (embedded === undefined) throw new Error('yoga-layout no longer embeds its engine as it did');
      await write(target, Buffer.from(embedded, 'base64'));
      return { contents: source.replace(embedded, ''), loader: 'js' };
    });
    build.onLoad({ filter: /yoga-layout\/dist\/src\/index\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const called = source.replace('loadYoga()', 'loadYoga({ instantiateWasm })');
      if (called === source) throw new Error('yoga-layout no longer loads its engine as it did');
      return { contents: `${YOGA_LOADER}\n${called}`, loader: 'js' };
    });
  },
});

const YOGA_LOADER = `
import { readFileSync } from 'node:fs';
const instantiateWasm = (imports, receive) => {
  const engine = new WebAssembly.Module(readFileSync(new URL('./yoga.wasm', import.meta.url)));
  const instance = new WebAssembly.Instance(engine, imports);
  receive(instance);
  return instance.exports;
};`;

/** Ink draws its frames on a grid of ours. */
export const inkOutput = (own: string): Plugin => ({
  name: 'ink-output',
  setup(build) {
    build.onResolve({ filter: /^\.\/output\.js$/ }, ({ importer }) =>
      importer.endsWith('ink/build/renderer.js') ? { path: own } : undefined,
    );
  },
});

/** Modules that do nothing here: asked for where they are installed, or doing what the program does itself. */
export const leaveOut = (names: readonly string[]): Plugin => ({
  name: 'leave-out',
  setup(build) {
    const filter = new RegExp(`^(?:${names.join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'export default () => {};' }));
  },
});

/** The validation library's messages in one language; it brings along fifty. */
export const oneLanguage = (): Plugin => ({
  name: 'one-language',
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
});

/**
 * SQLite's prebuilt library beside the program, where the package has one for this machine;
 * else the package is left outside, with what it compiled itself.
 */
export const sqliteBeside = (): Plugin => ({
  name: 'sqlite-beside',
  setup(build) {
    const library = dirname(require.resolve('better-sqlite3'));
    const { getPrebuildPath } = require(join(library, 'binding.js')) as { getPrebuildPath: () => string | null };
    const prebuilt = getPrebuildPath();
    build.onResolve({ filter: /^better-sqlite3$/ }, ({ path }) =>
      prebuilt === null ? { path, external: true } : { path, namespace: 'sqlite' },
    );
    build.onLoad({ filter: /.*/, namespace: 'sqlite' }, () => ({
      resolveDir: library,
      contents: `
        const library = require(${JSON.stringify(prebuilt)});
        module.exports = require('./database')((given) => (given && typeof given === 'object' ? given : library), true);
        module.exports.SqliteError = require('./sqlite-error');`,
    }));
  },
});

/** Those of Node's modules that take long to load and are not needed to show the first screen. */
const SLOW_BUILTINS = new Set(['crypto', 'fs/promises']);

/** A module with the names of Node's own, which is loaded when one of them is first used. */
const builtinWhenUsed = (path: string): string => `
  let loaded;
  for (const name of ${JSON.stringify(Object.keys(process.getBuiltinModule(`node:${path}`) ?? {}))})
    Object.defineProperty(exports, name, {
      enumerable: true,
      get: () => (loaded ??= process.getBuiltinModule(${JSON.stringify(`node:${path}`)}))[name],
    });`;

/** Those of Node's modules by which a program starts another, or lets one in. */
const STARTERS = ['child_process', 'cluster', 'worker_threads', 'inspector', 'repl', 'wasi'];

/** They are not in the built program: packages that name them find an empty module. */
export const noOtherPrograms = (): Plugin => ({
  name: 'no-other-programs',
  setup(build) {
    const filter = new RegExp(`^(?:node:)?(?:${STARTERS.join('|')})(?:/promises)?$`);
    build.onResolve({ filter }, () => ({ path: 'none', namespace: 'no-other-programs' }));
    build.onLoad({ filter: /.*/, namespace: 'no-other-programs' }, () => ({ contents: 'module.exports = {};' }));
  },
});

/**
 * Node's own modules by `process.getBuiltinModule`: an `import` of one reads all of its
 * exports, which loads what nobody asked for (`fs.promises`, the standard streams).
 */
export const builtinsOnDemand = (): Plugin => ({
  name: 'builtins-on-demand',
  setup(build) {
    const filter = new RegExp(`^(?:node:.*|${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`);
    // One for each importer: shared ones would become files of their own.
    build.onResolve({ filter }, ({ path, importer, kind }) =>
      // Asked for when it is needed already; and of a stand-in, `import()` would give nothing but `default`.
      kind === 'dynamic-import'
        ? { path: path.replace(/^(?:node:)?/, 'node:'), external: true }
        : { path: path.replace(/^node:/, ''), suffix: `?${importer}`, namespace: 'builtin' },
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: SLOW_BUILTINS.has(path)
        ? builtinWhenUsed(path)
        : `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
    }));
  },
});

/**
 * Every package measures text with our own measuring, which takes the short way for what is
 * usual, and `string-width` itself is loaded when that does not suffice.
 */
export const widthsByTable = (own: string): Plugin => ({
  name: 'widths-by-table',
  setup(build) {
    const target = fileURLToPath(import.meta.resolve('string-width'));
    build.onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      importer === own ? { path: 'string-width', namespace: 'on-demand' } : { path: own },
    );
    build.onLoad({ filter: /.*/, namespace: 'on-demand' }, () => ({
      resolveDir: dirname(target),
      contents: `let full; module.exports = (text, options) => (full ??= require(${JSON.stringify(target)}).default)(text, options);`,
    }));
  },
});
