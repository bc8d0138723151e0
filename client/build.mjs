// Bundles the client into dist/: index.html, hashed files under assets/, and the service worker that keeps them.
//
//   node build.mjs           build once
//   node build.mjs --watch   build at every change
//   node build.mjs --size    build, print the first load in gzip, fail above the budget
//
// The first load is what a partner waits for who opens a case: the entry, the page of a case, the texts in
// one language, and everything those import statically. What loads on demand (sharing, history, import) is listed beside it.

import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, 'dist');
const entry = 'src/main.tsx';
const firstLoad = [entry, 'src/ui/cases.ts', 'src/i18n/nl.ts'];
const budgetBytes = 75_000;

const options = {
  absWorkingDir: here,
  entryPoints: [entry],
  outdir: 'dist/assets',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: '/assets/',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
  // Yjs warns through this logger; the one for browsers brings a DOM library along, ours only the console.
  alias: { 'lib0/logging': './src/yjs-logging.ts' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.woff2': 'file' },
  minify: true,
  sourcemap: 'external',
  legalComments: 'linked',
  metafile: true,
  plugins: [{ name: 'page', setup: (build) => build.onEnd(writeShell) }],
};
/** What is not needed to open a page without a network. */
const notShell = /\.(map|txt)$/;

function outputOf(metafile, source) {
  return Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === source);
}

function staticImports(metafile, file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path: imported, kind } of metafile.outputs[file].imports) {
    if (kind === 'import-statement') staticImports(metafile, imported, seen);
  }
  return seen;
}

function address(file) {
  return `/${path.posix.relative('dist', file)}`;
}

async function writeShell(result) {
  if (result.errors.length > 0) return;
  await writePage(result);
  await writeServiceWorker(result);
}

/** The worker knows the files of its own build by name, and its build by what they and the page hold. */
async function writeServiceWorker(result) {
  const files = Object.keys(result.metafile.outputs).filter((file) => !notShell.test(file));
  const shell = files.map(address).sort();
  const page = await readFile(path.join(dist, 'index.html'));
  const id = createHash('sha256').update(JSON.stringify(shell)).update(page).digest('hex').slice(0, 16);
  await esbuild.build({
    absWorkingDir: here,
    entryPoints: ['src/service-worker.ts'],
    outfile: 'dist/sw.js',
    bundle: true,
    minify: true,
    format: 'iife',
    target: options.target,
    define: { BUILD_ID: JSON.stringify(id), SHELL_FILES: JSON.stringify(shell) },
  });
}

async function writePage(result) {
  const [script, output] = outputOf(result.metafile, entry);
  const chunks = [...staticImports(result.metafile, script)].filter((file) => file !== script);
  const head = [
    output.cssBundle && `<link rel="stylesheet" href="${address(output.cssBundle)}" />`,
    ...chunks.map((file) => `<link rel="modulepreload" href="${address(file)}" />`),
    `<script type="module" src="${address(script)}"></script>`,
  ];
  const template = await readFile(path.join(here, 'index.html'), 'utf8');
  const page = template.replace('<!-- bundle -->', head.filter(Boolean).join('\n    '));
  await mkdir(dist, { recursive: true });
  await writeFile(path.join(dist, 'index.html'), page);
}

async function gzipSize(file) {
  return gzipSync(await readFile(path.join(here, file)), { level: 9 }).length;
}

async function printSize(metafile) {
  const roots = firstLoad.map((source) => outputOf(metafile, source)?.[0]);
  const first = new Set(roots.filter(Boolean).flatMap((file) => [...staticImports(metafile, file)]));
  const scripts = Object.keys(metafile.outputs).filter((file) => file.endsWith('.js'));
  let total = 0;
  for (const file of scripts) {
    const bytes = await gzipSize(file);
    if (first.has(file)) total += bytes;
    console.log(`${first.has(file) ? 'first load' : 'on demand '} ${kilobytes(bytes)}  ${address(file)}`);
  }
  console.log(`first load of JavaScript: ${kilobytes(total)} gzip, budget ${kilobytes(budgetBytes)}`);
  if (total > budgetBytes) process.exitCode = 1;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1).padStart(5)} kB`;
}

if (process.argv.includes('--watch')) {
  const context = await esbuild.context({ ...options, minify: false, logLevel: 'info' });
  await context.watch();
} else {
  await rm(dist, { recursive: true, force: true });
  const { metafile } = await esbuild.build(options);
  if (process.argv.includes('--size')) await printSize(metafile);
}
