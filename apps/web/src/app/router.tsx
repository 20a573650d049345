import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { queryClient } from '../api/client.ts'
import { lastProject } from '../api/projects.ts'
import { configQuery } from '../api/server-info.ts'
import { sessionQuery } from '../api/session.ts'
import { ErrorPage, NotFoundPage } from './error-page.tsx'
import { FlowErrorPage } from './flow-error-page.tsx'
import { parseSearch, stringifySearch } from './list-state.ts'
import { speakTo } from './own-language.ts'
import { ownPath } from './own-path.ts'
import { Shell } from './shell.tsx'
import { SuperusersOnly } from './superusers-only.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: ErrorPage })

/** Everything behind a login. Visitors are sent to it and come back afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  async beforeLoad({ location }) {
    const { user } = await queryClient.ensureQueryData(sessionQuery)
    if (!user) throw redirect({ to: '/login', search: { next: location.href } })
    await speakTo(user)
  },
})

const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell })

const index = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad() {
    const projectId = lastProject()
    throw projectId === undefined
      ? redirect({ to: '/flows' })
      : redirect({ to: '/projects/$projectId', params: { projectId } })
  },
})

const flows = createRoute({
  getParentRoute: () => shell,
  path: '/flows',
  component: lazyRouteComponent(() => import('../pages/home/home-page.tsx'), 'HomePage'),
})

const project = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$projectId',
  component: lazyRouteComponent(() => import('../pages/home/home-page.tsx'), 'HomePage'),
})

const templates = createRoute({
  getParentRoute: () => shell,
  path: '/templates',
  async beforeLoad() {
    const { hide_starter_projects: isHidden } = await queryClient.ensureQueryData(configQuery)
    if (isHidden) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('../pages/templates/templates-page.tsx'), 'TemplatesPage'),
})

const files = createRoute({
  getParentRoute: () => shell,
  path: '/files',
  component: lazyRouteComponent(() => import('../pages/files/files-page.tsx'), 'FilesPage'),
})

const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  component: lazyRouteComponent(() => import('../pages/knowledge/knowledge-page.tsx'), 'KnowledgePage'),
})

/** Addresses Langflow has for the same pages. */
const aliases = [
  createRoute({
    getParentRoute: () => shell,
    path: '/assets/files',
    beforeLoad() {
      throw redirect({ to: '/files' })
    },
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/assets/knowledge-bases',
    beforeLoad() {
      throw redirect({ to: '/knowledge' })
    },
  }),
] as const

const api = createRoute({
  getParentRoute: () => shell,
  path: '/api',
  component: lazyRouteComponent(() => import('../pages/api/api-page.tsx'), 'ApiPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('../pages/settings/settings-page.tsx'), 'SettingsPage'),
})

const settingsIndex = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  beforeLoad() {
    throw redirect({ to: '/settings/$section', params: { section: 'general' } })
  },
})

const monitor = createRoute({
  getParentRoute: () => shell,
  path: '/monitor',
  component: lazyRouteComponent(() => import('../pages/monitor/monitor-page.tsx'), 'MonitorPage'),
})

const monitorPages = [
  createRoute({
    getParentRoute: () => monitor,
    path: '/',
    beforeLoad() {
      throw redirect({ to: '/monitor/runs' })
    },
  }),
  createRoute({
    getParentRoute: () => monitor,
    path: 'overview',
    component: lazyRouteComponent(() => import('../pages/monitor/overview/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => monitor,
    path: 'runs',
    component: lazyRouteComponent(() => import('../pages/monitor/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => monitor,
    path: 'runs/$runId',
    component: lazyRouteComponent(() => import('../pages/monitor/run-page.tsx'), 'RunPage'),
  }),
  createRoute({
    getParentRoute: () => monitor,
    path: 'messages',
    component: lazyRouteComponent(() => import('../pages/monitor/messages-page.tsx'), 'MessagesPage'),
  }),
  createRoute({
    getParentRoute: () => monitor,
    path: 'transactions',
    component: lazyRouteComponent(() => import('../pages/monitor/transactions-page.tsx'), 'TransactionsPage'),
  }),
  createRoute({
    getParentRoute: () => monitor,
    path: 'builds',
    component: lazyRouteComponent(() => import('../pages/monitor/builds-page.tsx'), 'BuildsPage'),
  }),
  createRoute({
    getParentRoute: () => monitor,
    path: 'alerts',
    component: lazyRouteComponent(() => import('../pages/monitor/alerts/alerts-page.tsx'), 'AlertsPage'),
  }),
] as const

/** What the server tells only superusers. */
const ofServer = createRoute({ getParentRoute: () => monitor, id: 'of-server', component: SuperusersOnly })
const serverPages = [
  createRoute({
    getParentRoute: () => ofServer,
    path: 'exporters',
    component: lazyRouteComponent(() => import('../pages/monitor/exporters-page.tsx'), 'ExportersPage'),
  }),
  createRoute({
    getParentRoute: () => ofServer,
    path: 'logs',
    component: lazyRouteComponent(() => import('../pages/monitor/logs-page.tsx'), 'LogsPage'),
  }),
] as const

const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  async beforeLoad() {
    const { user, isAutomatic } = await queryClient.ensureQueryData(sessionQuery)
    if (!user?.is_superuser || isAutomatic) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('../pages/admin/admin-page.tsx'), 'AdminPage'),
})

interface WorkspaceSearch {
  /** The panel beside the canvas that is open at first. */
  readonly panel?: 'playground' | 'versions'
  /** The past run that is shown on the canvas. */
  readonly run?: string
  /** The node that is brought into view. */
  readonly node?: string
  /** The flow is new, and this its project: the server gets it with the first change. */
  readonly new?: string
}

const readWorkspaceSearch = ({ panel, run, node, new: project }: Record<string, unknown>): WorkspaceSearch => ({
  ...((panel === 'playground' || panel === 'versions') && { panel }),
  ...(typeof run === 'string' && { run }),
  ...(typeof node === 'string' && { node }),
  ...(typeof project === 'string' && { new: project }),
})

const workspace = createRoute({
  getParentRoute: () => signedIn,
  path: '/flow/$flowId',
  validateSearch: readWorkspaceSearch,
  // Each time it is entered. Not when it may be: by then the flow may have become another.
  loader: {
    async handler({ params: { flowId }, location }) {
      const { readyToDraw } = await import('../pages/workspace/workspace-page.tsx')
      await readyToDraw(flowId, readWorkspaceSearch(location.search).new)
    },
    staleReloadMode: 'blocking',
  },
  preload: false,
  component: lazyRouteComponent(() => import('../pages/workspace/workspace-page.tsx'), 'WorkspacePage'),
  errorComponent: FlowErrorPage,
})

/** A flow to look at, for links in documents. */
const flowView = createRoute({
  getParentRoute: () => signedIn,
  path: '/flow/$flowId/view',
  component: lazyRouteComponent(() => import('../pages/workspace/view-page.tsx'), 'FlowViewPage'),
  errorComponent: FlowErrorPage,
})

const deleteAccount = createRoute({
  getParentRoute: () => shell,
  path: '/account/delete',
  component: lazyRouteComponent(() => import('../pages/account/delete-account-page.tsx'), 'DeleteAccountPage'),
})

/** Every other address. */
const elsewhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFoundPage })

const LOOKS_LIKE_ID = /^[0-9a-f-]{32,}$/i

/** The runs of a flow, and one of them on its canvas. */
const flowRuns = [
  createRoute({
    getParentRoute: () => signedIn,
    path: '/flow/$flowId/runs',
    beforeLoad({ params: { flowId } }) {
      // What can be no flow has no runs: the page of a flow says so. One that is deleted may have some still.
      if (!LOOKS_LIKE_ID.test(flowId)) throw redirect({ to: '/flow/$flowId', params: { flowId } })
      throw redirect({ to: '/monitor/runs', search: { flow: flowId } as never })
    },
  }),
  createRoute({
    getParentRoute: () => signedIn,
    path: '/flow/$flowId/runs/$runId',
    beforeLoad({ params: { flowId, runId } }) {
      throw redirect({ to: '/flow/$flowId', params: { flowId }, search: { run: runId } })
    },
  }),
] as const

/** The versions of a flow are a panel beside its canvas. */
const flowVersions = createRoute({
  getParentRoute: () => signedIn,
  path: '/flow/$flowId/versions',
  beforeLoad({ params: { flowId } }) {
    throw redirect({ to: '/flow/$flowId', params: { flowId }, search: { panel: 'versions' } })
  },
})

interface CompareSearch {
  /** The id of a kept version, `published-N` or `draft`. */
  readonly from?: string
  readonly to?: string
}

const compareVersions = createRoute({
  getParentRoute: () => shell,
  path: '/flow/$flowId/versions/compare',
  validateSearch: ({ from, to }: Record<string, unknown>): CompareSearch => ({
    ...(typeof from === 'string' && { from }),
    ...(typeof to === 'string' && { to }),
  }),
  component: lazyRouteComponent(() => import('../pages/workspace/compare-page.tsx'), 'ComparePage'),
  errorComponent: FlowErrorPage,
})

interface TestsSearch {
  /** The run of tests whose results are shown; the last one without. */
  readonly run?: string
  /** The run of the flow that a test is made of. */
  readonly save?: string
}

const flowTests = createRoute({
  getParentRoute: () => shell,
  path: '/flow/$flowId/tests',
  validateSearch: ({ run, save }: Record<string, unknown>): TestsSearch => ({
    ...(typeof run === 'string' && { run }),
    ...(typeof save === 'string' && { save }),
  }),
  component: lazyRouteComponent(() => import('../pages/tests/tests-page.tsx'), 'TestsPage'),
  errorComponent: FlowErrorPage,
})

/** A flow by its project, as Langflow links to it. */
const flowInProject = createRoute({
  getParentRoute: () => signedIn,
  path: '/flow/$flowId/project/$projectId',
  beforeLoad({ params: { flowId } }) {
    throw redirect({ to: '/flow/$flowId', params: { flowId } })
  },
})

/** Pages for those who are not signed in; who is goes home. */
const visitors = createRoute({
  getParentRoute: () => root,
  id: 'visitors',
  async beforeLoad() {
    const { user } = await queryClient.ensureQueryData(sessionQuery)
    if (user) throw redirect({ to: '/' })
  },
})

const login = createRoute({
  getParentRoute: () => visitors,
  path: '/login',
  validateSearch(search: Record<string, unknown>): { readonly next?: string } {
    // Anything else would send a fresh login elsewhere.
    const next = ownPath(search.next, location.origin)
    return next === undefined ? {} : { next }
  },
  component: lazyRouteComponent(() => import('../pages/login/login-page.tsx'), 'LoginPage'),
})

const loginAdmin = createRoute({
  getParentRoute: () => visitors,
  path: '/login/admin',
  beforeLoad() {
    throw redirect({ to: '/login', search: { next: '/admin' } })
  },
})

const signUp = createRoute({
  getParentRoute: () => visitors,
  path: '/signup',
  async beforeLoad() {
    const { enable_signup: isOpen } = await queryClient.ensureQueryData(configQuery)
    if (!isOpen) throw redirect({ to: '/login' })
  },
  component: lazyRouteComponent(() => import('../pages/login/sign-up-page.tsx'), 'SignUpPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signedIn.addChildren([
      index,
      workspace,
      flowView,
      ...flowRuns,
      flowVersions,
      flowInProject,
      shell.addChildren([
        flows,
        project,
        templates,
        files,
        knowledge,
        ...aliases,
        api,
        settings,
        settingsIndex,
        monitor.addChildren([...monitorPages, ofServer.addChildren(serverPages)]),
        admin,
        deleteAccount,
        compareVersions,
        flowTests,
        elsewhere,
      ]),
    ]),
    visitors.addChildren([login, loginAdmin, signUp]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
})

/** Starts the script of the page that was opened, beside the question who is there and not after it. */
export function loadPage(): void {
  const routes = new Map<unknown, AnyRoute>(Object.entries(router.routesById))
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const route = routes.get(routeId)
    // The router loads it as well, and shows what goes wrong.
    if (route) router.loadRouteChunk(route)?.catch(() => undefined)
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
