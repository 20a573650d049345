// Node's own modules, taken without `import`, and late where that is enough. Importing one reads all that it exports, and so
// runs its getters: those of `node:http` load the whole of `fetch`, those of `node:process` open the standard streams.

const IMPORT =
  /^import (?<whole>[\w$]+)?(?:, )?(?:\* as (?<space>[\w$]+))?(?:\{(?<names>[^}]*)\})? from "(?<id>node:[^"]+)";$/gm

/** Fastify loads HTTP/2 whether it serves it or not: half of what Node itself takes to start. */
const HTTP2 = "require('node:http2')"
const HTTP2_LATE = "new Proxy({}, { get: (_, name) => process.getBuiltinModule('node:http2')[name] })"

/** A plugin of rolldown: chunks ask the process for Node's modules. */
export const builtinImports = {
  name: 'builtin-imports',
  transform: (code, id) => (/fastify[\\/]lib[\\/]server\.js$/.test(id) ? code.replace(HTTP2, HTTP2_LATE) : undefined),
  renderChunk: (code) => withoutImports(code),
}

/** The code of a chunk whose imports of Node's modules are constants. */
export function withoutImports(code) {
  return code.replace(IMPORT, (...match) => {
    const { whole, space, names, id } = match.at(-1)
    const builtin = `process.getBuiltinModule("${id}")`
    const constants = [whole, space].filter(Boolean).map((name) => `${name} = ${builtin}`)
    if (names !== undefined) constants.push(`{${names.replaceAll(' as ', ': ')}} = ${builtin}`)
    return `const ${constants.join(', ')};`
  })
}
