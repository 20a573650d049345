import { mkdirSync, mkdtempSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFlow, readFlow } from '@runnel/protocol/flows'
import { login } from '@runnel/protocol/login'
import { askProjectMcp } from '@runnel/protocol/mcp'
import { listRuns } from '@runnel/protocol/monitor'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'

const PASSWORD = 'a password of ada'

/** The home of whoever runs the server: one program is installed there. */
const home = mkdtempSync(join(tmpdir(), 'runnel-home-'))
mkdirSync(join(home, '.cursor'))

const { runnel, newPage } = startJourney({
  HOME: home,
  LANGFLOW_AUTO_LOGIN: 'false',
  LANGFLOW_SUPERUSER: 'ada',
  LANGFLOW_SUPERUSER_PASSWORD: PASSWORD,
})
let page: Page
let flowId: string

beforeAll(async () => {
  page = await newPage()
  await page.request.post(runnel.address + login.path, { form: { username: 'ada', password: PASSWORD } })
  const made = await page.request.post(runnel.address + createFlow.path, { data: await echoFlow('Echo') })
  flowId = (await made.json()).id
})
afterAll(() => rm(home, { recursive: true, force: true }))

const ask = (url = '', headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  })

async function projectAddress(): Promise<string> {
  const flow = await page.request.get(runnel.address + readFlow.path.replace(':flow_id', flowId))
  return runnel.address + askProjectMcp.path.replace(':project_id', (await flow.json()).folder_id)
}

test('a flow becomes a tool with a name of its own, and answers when it is tried', async () => {
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('mcp-btn').click()
  await page.waitForURL(/kind=mcp/)
  await page.getByText('No flow is a tool yet').waitFor()
  await page.getByTestId('edit-tools').click()
  await page.getByTestId(`enable-tool-${flowId}`).click()
  const name = page.getByRole('textbox', { name: 'Tool name of Echo' })
  await name.fill('Say it!')
  await page.getByText('Use lower-case letters').waitFor()
  await name.fill('say_it')
  await page.getByRole('textbox', { name: 'Description of Echo' }).fill('Repeats what it is told.')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Save tools' }).click()
  await page.getByTestId('project-tool').getByText('say_it').waitFor()
  await page.getByTestId('tool-input').fill('你好 "there"')
  await page.getByTestId('call-tool').click()
  await page.getByTestId('tool-answer').getByText('你好 "there"').waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('the settings for clients lead to the tools, once a key is in them', async () => {
  await page.getByTestId('connect-json').click()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).toContain('YOUR_API_KEY')
  await page.getByTestId('mcp-config-http').click()
  await page.getByTestId('generate-key').click()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).toContain('"sk-')
  const settings = JSON.parse((await page.getByTestId('mcp-config').textContent()) ?? '')
  const [server] = Object.values<{ readonly url: string; readonly headers: Record<string, string> }>(
    settings.mcpServers,
  )
  expect((await ask(server?.url)).status).toBe(401)
  const { result } = await (await ask(server?.url, server?.headers)).json()
  expect(result.tools).toMatchObject([{ name: 'say_it', description: 'Repeats what it is told.' }])
  await page.getByTestId('mcp-config-windows').click()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).toContain('"cmd"')
  await page.getByTestId('mcp-streamablehttp').click()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).toContain('"streamablehttp"')
})

test('a program of this machine gets the project by a click, and is seen to have it', async () => {
  await page.getByTestId('connect-install').click()
  await page.getByTestId('client-zed').getByText('Not found on this machine').waitFor()
  await expect.poll(() => page.getByTestId('install-zed').isDisabled()).toBe(true)
  await page.getByTestId('install-cursor').click()
  await page.getByTestId('client-cursor').getByText('Installed', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Reinstall in Cursor' }).waitFor()
  const { mcpServers } = JSON.parse(await readFile(join(home, '.cursor/mcp.json'), 'utf8'))
  const [server] = Object.values<{ readonly url: string; readonly headers: Record<string, string> }>(mcpServers)
  const answer = await ask(server?.url, server?.headers)
  expect((await answer.json()).result.tools).toMatchObject([{ name: 'say_it' }])
  expect(await seriousFindings(page)).toEqual([])
})

test('a project can be open to everybody, with a warning', async () => {
  await page.getByTestId('edit-auth').click()
  await page.getByTestId('auth-none').check()
  await page.getByText('Strangers can run these tools at your cost').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('save-auth').click()
  await page.getByTestId('mcp-access-none').getByText('Public').waitFor()
  expect((await ask(await projectAddress())).status).toBe(200)
})

test('a project can ask for a sign-in elsewhere, whose secret is not shown again', async () => {
  await page.getByTestId('edit-auth').click()
  await page.getByTestId('auth-oauth').check()
  await expect.poll(() => page.getByTestId('save-auth').isDisabled()).toBe(true)
  await expect.poll(() => page.getByTestId('oauth_server_url').inputValue()).toBe(runnel.address)
  await page.getByTestId('oauth_auth_url').fill('https://id.example.com/authorize')
  await page.getByTestId('oauth_token_url').fill('http://id.example.com/token')
  await page.getByTestId('oauth_client_id').fill('desk')
  await page.getByTestId('oauth_client_secret').fill('hush')
  await page.getByTestId('save-auth').click()
  await page.getByText('The token URL must begin with https://').waitFor()
  await page.getByTestId('oauth_token_url').fill('https://id.example.com/token')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('save-auth').click()
  await page.getByTestId('mcp-access-oauth').getByText('id.example.com').waitFor()
  const refused = await ask(await projectAddress())
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringContaining('/.well-known/oauth-protected-resource/'),
  ])
  await page.getByTestId('edit-auth').click()
  await expect.poll(() => page.getByTestId('oauth_client_secret').inputValue()).toBe('*******')
  await page.getByTestId('auth-apikey').check()
  await page.getByTestId('save-auth').click()
  await page.getByTestId('mcp-access-apikey').waitFor()
})

test('a project can ask that nothing of its runs is kept, and a run says so', async () => {
  await page.getByTestId('more-options-button_my-projects').click()
  await page.getByTestId('btn-project-settings').click()
  await page.getByTestId('project-private').click()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('save-project-settings').click()
  await page.getByTestId('project-settings').waitFor({ state: 'hidden' })
  await page.getByTestId('tool-input').fill('not to be kept')
  await page.getByTestId('call-tool').click()
  await page.getByTestId('tool-answer').getByText('not to be kept').waitFor()
  const runs = await page.request.get(`${runnel.address}${listRuns.path}?flow_id=${flowId}`)
  const [run] = (await runs.json()).runs
  await page.goto(`${runnel.address}/monitor/runs/${run.id}`)
  await page.getByTestId('run-private').waitFor()
  expect(await page.getByText('not to be kept').count()).toBe(0)
  await page.goBack()
})

test('a flow that is a tool no more is gone from the list', async () => {
  await page.getByTestId('edit-tools').click()
  await page.getByTestId(`enable-tool-${flowId}`).click()
  await page.getByRole('button', { name: 'Save tools' }).click()
  await page.getByText('No flow is a tool yet').waitFor()
  const stored = await page.request.get(runnel.address + readFlow.path.replace(':flow_id', flowId))
  expect(await stored.json()).toMatchObject({ mcp_enabled: false, action_name: 'say_it' })
})
