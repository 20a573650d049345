// The command line and the server as a bundle. Providers and drivers stay in chunks of their own, loaded when first used.
import { copyFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { builtinImports } from './builtin-imports.mjs'
import { libraryPatches } from './library-patches.mjs'

/** What Fastify would load for schemas it is given and for requests without a connection; the server does neither. */
const NEVER_ASKED_FOR = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'light-my-request']

const root = join(import.meta.dirname, '..')

/** Writes the bundle into a folder. Answers how many files it has. */
export async function bundleServer(dir, { plugins = [] } = {}) {
  const bundle = await rolldown({
    cwd: root,
    input: {
      runnel: 'apps/cli/src/main.ts',
      // The thread of the vector store is a file of its own, beside the others.
      'vector-worker': 'packages/storage/src/vectors/vector-worker.ts',
      // A process of its own, which may read this folder alone.
      'sandbox-process': 'packages/sandbox/src/sandbox-process.ts',
    },
    platform: 'node',
    external: [/^node:/, 'pg-native', ...NEVER_ASKED_FOR],
    // Its main file asks for its parts in a way that no bundler sees.
    resolve: { alias: { 'jsonc-parser': join(root, 'node_modules/jsonc-parser/lib/esm/main.js') } },
    plugins: [builtinImports, libraryPatches, ...plugins],
    onLog: (level, log, handle) => level !== 'debug' && log.code !== 'EVAL' && handle(level, log),
  })
  const { output } = await bundle.write({
    dir,
    format: 'esm',
    minify: false,
    // V8 keeps a text with a single letter beyond Latin-1 in twice the memory.
    charset: 'ascii',
    comments: { legal: true, annotation: false, jsdoc: false },
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunk-[name]-[hash].mjs',
  })
  await bundle.close()

  // What the sandbox gives to the code in it, and the machine it runs on.
  for (const file of ['guest.ts', 'guest-driver.ts']) {
    copyFileSync(join(root, 'packages/sandbox/src', file), join(dir, file))
  }
  const { resolve } = createRequire(join(root, 'packages/sandbox/package.json'))
  copyFileSync(resolve('@jitl/quickjs-wasmfile-release-sync/wasm'), join(dir, 'quickjs.wasm'))

  // The entry switches V8's compile cache on before anything else is loaded.
  writeFileSync(
    join(dir, 'main.mjs'),
    `import { enableCompileCache } from 'node:module'
import { createRequire } from 'node:module'
import { join } from 'node:path'
enableCompileCache(join(import.meta.dirname, '.cache'))
await import('./runnel.mjs')
`,
  )
  return output.length
}
