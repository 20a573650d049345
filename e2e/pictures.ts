import type { Page } from 'playwright-core'
import type { PictureData } from './picture-data.ts'

export interface Picture {
  readonly name: string
  readonly path: string
  /** The server that asks for a login. */
  readonly isGuarded?: boolean
  /** Somebody is signed in there. */
  readonly isSignedIn?: boolean
  /** Never at rest: what happens is sent to it. */
  readonly isLive?: boolean
  /** Brings the page to what is to be seen. */
  readonly prepare?: (page: Page) => Promise<void>
}

const node = async (page: Page): Promise<void> => {
  await page.getByTestId('div-generic-node').first().waitFor()
  // The components come after the flow.
  await page
    .getByTestId(/^disclosure-/)
    .nth(5)
    .waitFor()
}
const click =
  (...testIds: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const testId of testIds) await page.getByTestId(testId).first().click()
  }
const onCanvas =
  (then: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await node(page)
    await then(page)
  }

/** Two people are users of the server and members of the project; a second time they already are. */
async function withMembers(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const post = (path: string, body: unknown) =>
      fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const [{ id }] = await (await fetch('/api/v1/projects/')).json()
    for (const [username, role] of [
      ['grace', 'editor'],
      ['linus', 'viewer'],
    ]) {
      await post('/api/v1/users/', { username, password: `a password of ${username}` })
      await post(`/api/v1/projects/${id}/members`, { username, role })
    }
  })
  await click('open-members')(page)
}

/** Every page, and what opens on it. */
export const picturesOf = ({
  echoId,
  runId,
  canvasId,
  agentRunId,
  chatId,
  failedId,
  emptyProjectId,
}: PictureData): readonly Picture[] => [
  { name: 'home', path: '/flows' },
  {
    name: 'home-list',
    path: '/flows',
    prepare: (page) =>
      page
        .evaluate(() => localStorage.setItem('runnel.homeView', 'list'))
        .then(async () => {
          await page.reload()
          await page.getByTestId('list-card').first().waitFor()
          await page.evaluate(() => localStorage.removeItem('runnel.homeView'))
        }),
  },
  { name: 'home-menu', path: '/flows', prepare: click('home-dropdown-menu') },
  { name: 'home-empty', path: `/projects/${emptyProjectId}` },
  { name: 'home-published', path: '/flows?kind=published' },
  { name: 'home-mcp', path: '/flows?kind=mcp' },
  { name: 'home-mcp-tools', path: '/flows?kind=mcp', prepare: click('edit-tools') },
  {
    name: 'new-flow',
    path: '/flows',
    prepare: (page) =>
      click('new-project-btn')(page).then(() => page.getByTestId('template_basic-prompting').waitFor()),
  },
  { name: 'templates', path: '/templates' },
  { name: 'canvas', path: `/flow/${canvasId}`, prepare: node },
  { name: 'canvas-failed', path: `/flow/${failedId}`, prepare: node },
  { name: 'playground', path: `/flow/${chatId}`, prepare: onCanvas(click('playground-btn-flow-io')) },
  { name: 'palette', path: `/flow/${chatId}`, prepare: onCanvas((page) => page.keyboard.press('Control+k')) },
  { name: 'publish', path: `/flow/${echoId}`, prepare: onCanvas(click('publish-api-button')) },
  {
    name: 'replay',
    path: `/flow/${echoId}?run=${runId}`,
    prepare: onCanvas((page) => page.getByTestId('replay-position').waitFor()),
  },
  {
    name: 'api-access',
    path: `/flow/${chatId}`,
    prepare: onCanvas(click('publish-button', 'api-access-item', 'tweaks-button')),
  },
  { name: 'files', path: '/files' },
  { name: 'knowledge', path: '/knowledge' },
  { name: 'api', path: '/api' },
  { name: 'api-published', path: '/api?tab=published' },
  { name: 'api-usage', path: '/api?tab=usage' },
  { name: 'monitor', path: '/monitor/runs' },
  { name: 'monitor-overview', path: '/monitor/overview' },
  { name: 'monitor-run', path: `/monitor/runs/${agentRunId}` },
  { name: 'monitor-messages', path: '/monitor/messages' },
  { name: 'monitor-transactions', path: `/monitor/transactions?flow=${echoId}` },
  { name: 'monitor-builds', path: `/monitor/builds?flow=${echoId}` },
  { name: 'monitor-alerts', path: '/monitor/alerts' },
  {
    name: 'flow-tests',
    path: `/flow/${echoId}/tests`,
    isLive: true,
    prepare: (page) => page.getByTestId('result-Names the deadline').waitFor(),
  },
  { name: 'monitor-exporters', path: '/monitor/exporters' },
  { name: 'monitor-logs', path: '/monitor/logs', isLive: true },
  { name: 'settings', path: '/settings/general' },
  { name: 'model-providers', path: '/settings/model-providers' },
  { name: 'global-variables', path: '/settings/global-variables' },
  { name: 'mcp-servers', path: '/settings/mcp-servers' },
  { name: 'shortcuts', path: '/settings/shortcuts' },
  { name: 'appearance', path: '/settings/appearance' },
  { name: 'server', path: '/settings/server' },
  { name: 'not-found', path: '/nowhere' },
  { name: 'login', path: '/login', isGuarded: true },
  { name: 'signup', path: '/signup', isGuarded: true },
  { name: 'admin', path: '/admin', isGuarded: true, isSignedIn: true },
  { name: 'members', path: '/flows', isGuarded: true, isSignedIn: true, isLive: true, prepare: withMembers },
]
