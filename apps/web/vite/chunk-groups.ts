import { join } from 'node:path'

/** What is asked of the bundler about a module. */
interface ModuleGraph {
  getModuleInfo(id: string): {
    readonly importedIds: readonly string[]
    readonly dynamicallyImportedIds: readonly string[]
  } | null
}

const source = (path: string): string => join(import.meta.dirname, '../src', path)

const ROUTER = source('app/router.tsx')
const HOME = source('pages/home/home-page.tsx')
/** What the first page shows to who is new, a moment after it. */
const WELCOME = source('getting-started/getting-started.tsx')
const WORKSPACE = source('pages/workspace/workspace-page.tsx')

const ICONS = /node_modules\/lucide-react\//

const isLibrary = (id: string): boolean => id.includes('node_modules')

/**
 * The files modules go to, each with the modules that none before it has taken. A page is few files: what every page begins
 * with, what the first page and an open flow share, and what is its own. Each file is a request and a start, of a
 * millisecond and more, so that a hundred small ones would cost more than what is in them. What is loaded on demand
 * stays apart.
 */
export function chunkGroups() {
  let pages: Pages | undefined
  const named = (debugName: string, belongs: (pages: Pages, id: string) => boolean) => ({
    debugName,
    name(id: string, graph: ModuleGraph) {
      pages ??= readPages(graph)
      return belongs(pages, id) ? debugName : null
    },
  })
  return [
    { name: 'base', test: isLibrary, tags: ['$initial' as const] },
    { name: 'app', tags: ['$initial' as const] },
    { name: 'icons', test: ICONS, minShareCount: 2 },
    named('common', ({ home, workspace }, id) => home.has(id) && workspace.has(id)),
    // Before the next: what the first page needs of a library comes with it.
    named('kit', ({ home, others }, id) => home.has(id) && others.has(id)),
    // What other pages need as well stays out of the large files.
    named('shared', ({ others, workspace }, id) => others.has(id) && workspace.has(id)),
    named('home', ({ home }, id) => home.has(id)),
    { name: 'canvas', test: /node_modules\/(@xyflow|d3-[a-z]+)\// },
    named('flow', ({ workspace }, id) => workspace.has(id)),
  ]
}

type Pages = ReturnType<typeof readPages>

function readPages(graph: ModuleGraph) {
  const routed = graph.getModuleInfo(ROUTER)?.dynamicallyImportedIds ?? []
  const others = routed.filter((id) => id !== HOME && id !== WORKSPACE)
  return {
    home: reachable(graph, [HOME, WELCOME], false),
    workspace: reachable(graph, [WORKSPACE], false),
    others: reachable(graph, others, true),
  }
}

/** What some modules import, and what that imports; with `isLazyToo` also what they load later. */
function reachable(graph: ModuleGraph, from: readonly string[], isLazyToo: boolean): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || isLibrary(id)) continue
    found.add(id)
    const module = graph.getModuleInfo(id)
    open.push(...(module?.importedIds ?? []), ...(isLazyToo ? (module?.dynamicallyImportedIds ?? []) : []))
  }
  return found
}
