import { join } from 'node:path'

/** What is asked of the bundler about a module. */
interface ModuleGraph {
  getModuleInfo(id: string): {
    readonly importedIds: readonly string[]
    readonly dynamicallyImportedIds: readonly string[]
  } | null
}

const source = (path: string): string => join(import.meta.dirname, '../src', path)

const MAIN = source('main.tsx')
const CHAT = source('chat.tsx')
const ROUTER = source('app/router.tsx')
const HOME = source('pages/home/home-page.tsx')
/** What the first page shows to who is new, a moment after it. */
const WELCOME = source('getting-started/getting-started.tsx')
/** What every page but a flow shows a moment after it. */
const SOON = ['app/project-list.tsx', 'app/page-palette.tsx'].map(source)
/** Holds what menus consist of. */
const MENU = source('ui/menu-panel.tsx')
const WORKSPACE = source('pages/workspace/workspace-page.tsx')
const VIEW = source('pages/workspace/view-page.tsx')

const isLibrary = (id: string): boolean => id.includes('node_modules')
const isIcon = (id: string): boolean => /node_modules\/lucide-react\//.test(id)

/**
 * The files modules go to, each with the modules that none before it has taken. A page is few files: what every page begins
 * with, what the first page and an open flow share, and what is its own. Each file is a request and a start, of a
 * millisecond and more, so that a hundred small ones would cost more than what is in them. What is loaded on demand
 * stays apart, and so does a shared chat: its visitors load nothing that is not of the chat.
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
    // Those that the frame of all pages shows come with it, so that a chat does not load them.
    named(
      'icons',
      ({ main, chat, home, soon }, id) => isIcon(id) && (main.has(id) ? chat.has(id) : home.has(id) || soon.has(id)),
    ),
    named('base', ({ main, chat }, id) => isLibrary(id) && main.has(id) && chat.has(id)),
    named('ground', ({ main, chat, home }, id) => !isLibrary(id) && chat.has(id) && (main.has(id) || home.has(id))),
    // The first page has no use for what a chat shares with a flow.
    named('talk', ({ chat, workspace, others }, id) => {
      const isElsewhere = workspace.has(id) || others.has(id)
      return chat.has(id) && (isIcon(id) || (!isLibrary(id) && isElsewhere))
    }),
    named('router', ({ main }, id) => isLibrary(id) && !isIcon(id) && main.has(id)),
    // The module that starts the app stays apart: whoever needs something else of the file would start it.
    named('app', ({ main }, id) => id !== MAIN && main.has(id)),
    { name: 'more-icons', test: isIcon, minShareCount: 2 },
    // With what it takes of the parts of a menu: the rest of a menu comes a moment later.
    named('common', ({ home, soon, menu, workspace }, id) => {
      return (!isLibrary(id) || menu.has(id)) && (home.has(id) || soon.has(id)) && workspace.has(id)
    }),
    // A menu is loaded when one is near: it must not bring the flow along, which begins with some of the same parts.
    named('parts', ({ menu }, id) => isLibrary(id) && menu.has(id)),
    // Before the next: what the first page needs of a library comes with it.
    named('kit', ({ home, soon, others }, id) => !isLibrary(id) && home.has(id) && (others.has(id) || soon.has(id))),
    // What other pages need as well stays out of the large files.
    named('shared', ({ others, workspace }, id) => others.has(id) && workspace.has(id)),
    named('home', ({ home }, id) => !isLibrary(id) && home.has(id)),
    { name: 'more-parts', test: /node_modules\/@radix-ui\//, minShareCount: 2 },
    { name: 'canvas', test: /node_modules\/(@xyflow|d3-[a-z]+)\// },
    named('flow', ({ workspace }, id) => !isLibrary(id) && workspace.has(id)),
  ]
}

type Pages = ReturnType<typeof readPages>

function readPages(graph: ModuleGraph) {
  const routed = graph.getModuleInfo(ROUTER)?.dynamicallyImportedIds ?? []
  const others = routed.filter((id) => ![HOME, WORKSPACE, VIEW].includes(id))
  return {
    main: reachable(graph, [MAIN]),
    chat: reachable(graph, [CHAT]),
    home: reachable(graph, [HOME, WELCOME]),
    soon: reachable(graph, SOON),
    menu: reachable(graph, [MENU]),
    workspace: reachable(graph, [WORKSPACE]),
    others: ownReachable(graph, others),
  }
}

/** What some modules import, and what that imports. */
const reachable = (graph: ModuleGraph, from: readonly string[]): ReadonlySet<string> =>
  walk(from, (id) => graph.getModuleInfo(id)?.importedIds ?? [])

/** The same of our own modules, with what they load later. */
const ownReachable = (graph: ModuleGraph, from: readonly string[]): ReadonlySet<string> =>
  walk(from, (id) => {
    const module = graph.getModuleInfo(id)
    return [...(module?.importedIds ?? []), ...(module?.dynamicallyImportedIds ?? [])].filter((to) => !isLibrary(to))
  })

function walk(from: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...next(id))
  }
  return found
}
