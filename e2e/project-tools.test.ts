import { createFlow, readFlow } from '@runnel/protocol/flows'
import { login } from '@runnel/protocol/login'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'

const PASSWORD = 'a password of ada'

const { runnel, newPage } = startJourney({
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
  expect(await page.getByTestId('mcp-config').textContent()).toContain('YOUR_API_KEY')
  await page.getByRole('button', { name: 'Create new key' }).click()
  await page.getByTestId('secret_key_modal_submit_button').click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('switch', { name: 'Insert the key just made' }).click()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).not.toContain('YOUR_API_KEY')
  const settings = JSON.parse((await page.getByTestId('mcp-config').textContent()) ?? '')
  const [server] = Object.values<{ readonly url: string; readonly headers: Record<string, string> }>(
    settings.mcpServers,
  )
  const ask = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(server?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    })
  expect((await ask()).status).toBe(401)
  const { result } = await (await ask(server?.headers)).json()
  expect(result.tools).toMatchObject([{ name: 'say_it', description: 'Repeats what it is told.' }])
  await page.getByTestId('mcp-config-windows').click()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).toContain('"cmd"')
})

test('a flow that is a tool no more is gone from the list', async () => {
  await page.getByTestId('edit-tools').click()
  await page.getByTestId(`enable-tool-${flowId}`).click()
  await page.getByRole('button', { name: 'Save tools' }).click()
  await page.getByText('No flow is a tool yet').waitFor()
  const stored = await page.request.get(runnel.address + readFlow.path.replace(':flow_id', flowId))
  expect(await stored.json()).toMatchObject({ mcp_enabled: false, action_name: 'say_it' })
})
