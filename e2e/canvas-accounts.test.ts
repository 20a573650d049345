import { createFlow } from '@runnel/protocol/flows'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { flowData } from './flow-data.ts'
import { startJourney } from './journey.ts'

const { runnel, newPage } = startJourney()
const TYPE = 'ComposioGmailAPIComponent'
let page: Page

beforeEach(async () => {
  page = await newPage()
  return () => page.context().close()
})

const state = (): Promise<string | null> =>
  page.getByTestId(`account-${TYPE.toLowerCase()}`).getAttribute('data-account')

/** What is asked of the account, answered as the server does when Composio does: the account is at a service far away. */
async function answerFor(service: { isConnected: boolean; readonly asked: string[] }): Promise<void> {
  await page.route('**/api/v1/custom_component/update', async (route) => {
    const { field, field_value: wish, template, frontend_node: node } = route.request().postDataJSON()
    if (field !== 'auth_link') return route.continue()
    service.asked.push(wish)
    if (wish === 'disconnect') service.isConnected = false
    const link = wish === 'connect' ? `${runnel.address}/health` : 'disconnected'
    const value = service.isConnected ? 'validated' : link
    await route.fulfill({ json: { ...node, template: { ...template, auth_link: { ...template.auth_link, value } } } })
  })
}

test('the account of a node is connected in another tab and disconnected after a question', async () => {
  const { nodes } = await flowData(runnel.client, [{ type: TYPE, set: { api_key: '' } }])
  const [gmail] = nodes
  if (!gmail) throw new Error('no node')
  const elsewhere = structuredClone({ ...gmail, id: 'ComposioSlack-00000', position: { x: 500, y: 0 } })
  elsewhere.data.id = elsewhere.id
  elsewhere.data.type = 'ComposioSlack'
  Object.assign(elsewhere.data.node, { display_name: 'Slack', metadata: {} })
  const told = elsewhere.data.node.template.auth_link
  if (told) told.value = 'validated'
  const data = { nodes: [gmail, elsewhere], edges: [] }
  const { id } = await runnel.client.call(createFlow, { body: { name: 'Accounts', data } })
  await page.goto(`${runnel.address}/flow/${id}`)

  // Without a key nobody is asked, and what a file says of an account somewhere else is not believed.
  await expect.poll(state).toBe('unknown')
  await page.getByRole('button', { name: 'this server has no such component' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])

  const service = { isConnected: false, asked: [] as string[] }
  await answerFor(service)
  await page.locator(`[data-id="${TYPE}-00000"] input[type="password"]`).fill('a key')
  await expect.poll(state).toBe('disconnected')
  const opened = page.waitForEvent('popup')
  const connecting = page.locator('[data-account="connecting"]').waitFor()
  await page.getByTestId(`account-${TYPE.toLowerCase()}`).click()
  await (await opened).waitForURL(`${runnel.address}/health`)
  await connecting
  service.isConnected = true
  await expect.poll(state).toBe('connected')
  expect(service.asked.slice(0, 2)).toEqual(['look', 'connect'])

  await page.getByTestId(`account-${TYPE.toLowerCase()}`).click()
  await page.getByRole('button', { name: 'Disconnect the account' }).click()
  await expect.poll(state).toBe('disconnected')
  expect(service.isConnected).toBe(false)
})
