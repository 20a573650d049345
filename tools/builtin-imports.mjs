// Node's own modules, taken without `import`. Importing one reads all that it exports, and so runs its getters: those of
// `node:http` load the whole of `fetch`, those of `node:process` open the standard streams.

const IMPORT =
  /^import (?<whole>[\w$]+)?(?:, )?(?:\* as (?<space>[\w$]+))?(?:\{(?<names>[^}]*)\})? from "(?<id>node:[^"]+)";$/gm

/** A plugin of rolldown: chunks ask the process for Node's modules. */
export const builtinImports = {
  name: 'builtin-imports',
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
