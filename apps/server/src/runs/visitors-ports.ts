import type { Graph } from '@runnel/engine/graph'
import type { RunPorts } from '@runnel/engine/ports'
import { AppError } from '@runnel/protocol/errors'

type Owned = Pick<RunPorts, 'files' | 'databases' | 'sandbox'>

/**
 * What visitors of a public flow reach of what is its owner's: the files the flow itself names, and no others; no
 * database; code of the owner's own where the operator allows it, and other code where nothing is lent to it.
 */
export function visitorsPorts(
  { files, sandbox }: Owned,
  graph: Graph,
  { customCode }: { readonly customCode: boolean },
): Owned {
  const named = namesIn(graph)
  return {
    files: {
      async read(path) {
        if (!named.has(path)) throw closed('Files')
        return files.read(path)
      },
      list: async () => refuse('Files'),
      save: async () => refuse('Files'),
    },
    databases: { query: async () => refuse('Databases') },
    sandbox: {
      async run(program, signal) {
        if (!customCode && program.lent) throw new AppError('custom_code_off', ['visitors'])
        return sandbox.run(program, signal)
      },
    },
  }
}

const closed = (what: string) => new AppError('not_for_visitors', [what])

function refuse(what: string): never {
  throw closed(what)
}

/** Every text a field of the flow holds by itself. */
function namesIn({ nodes }: Graph): ReadonlySet<string> {
  const literals = nodes.flatMap(({ fields }) => fields.flatMap(({ literal }) => literal))
  return new Set(literals.filter((literal) => typeof literal === 'string'))
}
