import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { builtinsOnDemand, leaveOut, sqliteBeside, widthsByTable, yogaFromFile } from './plugins.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dist = join(root, 'dist');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

/** What all parts have in common: a production build for the pinned Node. */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'es2024',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  define: { 'process.env.NODE_ENV': '"production"', METERDESK_VERSION: JSON.stringify(version) },
} satisfies BuildOptions;

/**
 * The launcher stands alone: the parts it loads are files beside it. As a CommonJS module, because
 * Node starts those sooner, and any Node can tell that it is too old.
 */
const partsBeside: Plugin = {
  name: 'parts-beside',
  setup(build) {
    const parts: Readonly<Record<string, string>> = { './app/start.tsx': './app.mjs', './cli/index.ts': './cli.mjs' };
    build.onResolve({ filter: /^\.\/(?:app\/start\.tsx|cli\/index\.ts)$/ }, ({ path }) => ({
      path: parts[path] ?? path,
      external: true,
    }));
  },
};

const launcher = (): Promise<unknown> =>
  build({
    ...common,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    entryPoints: { meterdesk: 'src/main.ts' },
    plugins: [partsBeside],
  });

const parts = (): Promise<unknown> =>
  build({
    ...common,
    entryPoints: { app: 'src/app/start.tsx', cli: 'src/cli/index.ts' },
    splitting: true,
    keepNames: true,
    define: { ...common.define, 'Intl.Segmenter': 'LazySegmenter' },
    inject: [join(root, 'src/build/lazy-segmenter.ts')],
    chunkNames: 'part-[hash]',
    assetNames: '[name]',
    loader: { '.node': 'copy' },
    // Packages written for CommonJS ask for Node's own modules by `require`.
    banner: { js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
    plugins: [
      yogaFromFile(join(dist, 'yoga.wasm'), writeFile),
      leaveOut(['react-devtools-core', 'pg-native', '@mikro-orm/mongodb']),
      sqliteBeside(),
      builtinsOnDemand(),
      widthsByTable(join(root, 'src/terminal/string-width.ts')),
    ],
  });

/** Compiles every part once, so that the first start finds the code compiled. */
async function warm(): Promise<void> {
  const files = (await readdir(dist)).filter((name) => name.endsWith('.mjs'));
  const script = `
    require('node:module').enableCompileCache(${JSON.stringify(join(dist, '.cache'))});
    Promise.all(${JSON.stringify(files)}.map((name) => import('file://' + ${JSON.stringify(dist)} + '/' + name)));`;
  await promisify(execFile)(process.execPath, ['-e', script], { env: { ...process.env, NODE_ENV: 'production' } });
}

async function report(): Promise<void> {
  for (const name of (await readdir(dist)).toSorted()) {
    const { size } = await stat(join(dist, name));
    if (!name.startsWith('.')) process.stdout.write(`${(size / 1024).toFixed(1).padStart(9)} kB  dist/${name}\n`);
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([launcher(), parts()]);
await chmod(join(dist, 'meterdesk.cjs'), 0o755);
await warm();
await report();
