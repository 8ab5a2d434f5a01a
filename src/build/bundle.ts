import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { FONT_FILES } from '../gateways/press/font-files.ts';
import {
  builtinsOnDemand,
  inkOutput,
  leaveOut,
  noOtherPrograms,
  oneLanguage,
  sqliteBeside,
  widthsByTable,
  yogaFromFile,
} from './plugins.ts';

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
  define: {
    'process.env.NODE_ENV': '"production"',
    METERDESK_VERSION: JSON.stringify(version),
    METERDESK_FONTS: JSON.stringify('../fonts/'),
  },
} satisfies BuildOptions;

/**
 * The launcher stands alone: the parts it loads are files beside it. As a CommonJS module, because
 * Node starts those sooner, and any Node can tell that it is too old.
 */
const partsBeside: Plugin = {
  name: 'parts-beside',
  setup(build) {
    const parts: Readonly<Record<string, string>> = {
      './app/start.tsx': './app/main.mjs',
      './cli/index.ts': './cli/main.mjs',
    };
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

/**
 * One of the two programs: the full-screen one or the headless verbs, in files that are loaded
 * when they are needed. The two share no files: a process is one or the other, and every file
 * that both used a part of would be one more to load.
 */
const program = (name: string, entry: string): Promise<unknown> =>
  build({
    ...common,
    outdir: join(dist, name),
    entryPoints: { main: entry },
    splitting: true,
    // Names are read by the packages; to put them back on shortened functions costs a call for each at every start.
    minifyIdentifiers: false,
    define: { ...common.define, 'Intl.Segmenter': 'LazySegmenter', 'Intl.Collator': 'LazyCollator' },
    inject: [join(root, 'src/build/lazy-intl.ts')],
    chunkNames: 'part-[hash]',
    assetNames: '[name]',
    loader: { '.node': 'copy' },
    // Packages written for CommonJS ask for Node's own modules by `require`.
    banner: { js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
    plugins: [
      yogaFromFile(join(dist, name, 'yoga.wasm'), writeFile),
      // At the end `restore-cursor` would wait for a terminal that does not read.
      leaveOut(['restore-cursor', 'react-devtools-core', '\\./devtools\\.js', 'pg-native', '@mikro-orm/mongodb']),
      sqliteBeside(),
      inkOutput(join(root, 'src/terminal/ink-output.ts')),
      oneLanguage(),
      noOtherPrograms(),
      builtinsOnDemand(),
      widthsByTable(join(root, 'src/terminal/string-width.ts')),
    ],
  });

/** The fonts of papers, with their licence, beside both programs. */
async function fonts(): Promise<void> {
  const folder = dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/package.json')));
  const target = join(dist, 'fonts');
  await mkdir(target, { recursive: true });
  for (const file of Object.values(FONT_FILES)) await copyFile(join(folder, 'ttf', file), join(target, file));
  await copyFile(join(folder, 'LICENSE'), join(target, 'LICENSE'));
}

/** Compiles every file once, so that the first start finds the code compiled. */
async function warm(): Promise<void> {
  const files = (await built()).filter((file) => file.endsWith('.mjs')).map((file) => join(dist, file));
  const script = `
    require('node:module').enableCompileCache(${JSON.stringify(join(dist, '.cache'))});
    Promise.all(${JSON.stringify(files)}.map((file) => import(file)));`;
  await promisify(execFile)(process.execPath, ['-e', script], { env: { ...process.env, NODE_ENV: 'production' } });
}

/** Files of the build, with their folder. */
async function built(): Promise<string[]> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(dist, join(entry.parentPath, entry.name)));
}

/** The manual page, told by the program that was just built. */
async function manualPage(): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(dist, 'meterdesk.cjs'), 'man']);
  await writeFile(join(dist, 'meterdesk.1'), stdout);
}

async function report(): Promise<void> {
  const files = (await built()).filter((file) => !file.startsWith('.'));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(dist, file))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  process.stdout.write(`dist: ${files.length} files, ${(total / 1024).toFixed(0)} kB\n`);
}

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'app'), { recursive: true });
await mkdir(join(dist, 'cli'), { recursive: true });
await Promise.all([launcher(), program('app', 'src/app/start.tsx'), program('cli', 'src/cli/index.ts')]);
await fonts();
await copyFile(join(root, 'src', 'launcher', 'meterdesk-session.sh'), join(dist, 'meterdesk-session'));
for (const command of ['meterdesk.cjs', 'meterdesk-session']) await chmod(join(dist, command), 0o755);
await warm();
await manualPage();
await report();
