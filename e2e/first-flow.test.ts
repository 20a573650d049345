import { join } from 'node:path'
import { createFlow, readFlow } from '@runnel/protocol/flows'
import { listVariables, updateVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { providerServer, reply } from '@runnel/testing/provider-server'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { saved } from './on-canvas.ts'

let model: ChatServer
const { runnel, newPage } = startJourney(async () => {
  model = await chatServer()
  return { OPENAI_BASE_URL: model.url, LANGFLOW_VARIABLES_TO_GET_FROM_ENVIRONMENT: 'OPENAI_BASE_URL' }
})

afterAll(async () => {
  await model[Symbol.asyncDispose]()
})

const STARTER = join(import.meta.dirname, '../starters/Basic Prompting.json')

interface Stored {
  readonly nodes: readonly {
    readonly id: string
    readonly data: { readonly node: { readonly template?: Readonly<Record<string, { readonly value?: unknown }>> } }
  }[]
  readonly edges: readonly { readonly id: string }[]
}

/** What the server has of the flow, once all is saved: nodes with their values, and edges. */
async function stored(page: Page): Promise<unknown> {
  await saved(page)
  const params = { flow_id: new URL(page.url()).pathname.split('/').at(-1) ?? '' }
  // Written by the editor of this very page.
  const { nodes, edges } = (await runnel.client.call(readFlow, { params })).data as unknown as Stored
  const valuesOf = ({ data }: Stored['nodes'][number]) =>
    Object.entries(data.node.template ?? {}).map(([name, field]) => [name, field?.value ?? null])
  return [nodes.map((node) => [node.id, valuesOf(node)]).sort(), edges.map(({ id }) => id).sort()]
}

async function pointModelTo(url: string): Promise<void> {
  const [variable] = (await runnel.client.call(listVariables, {})).filter(({ name }) => name === 'OPENAI_BASE_URL')
  await runnel.client.call(updateVariable, { params: { variable_id: variable?.id ?? '' }, body: { value: url } })
}

test('a starter is imported, given a key and run; what breaks says why; all of it is undone', async () => {
  const page = await newPage()
  await page.goto(`${runnel.address}/flows`)
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('upload-flow-btn').first().click()
  await (await chooser).setFiles(STARTER)
  await page.getByTestId('list-card').getByText('Basic Prompting').first().click()
  const llm = page.locator('.react-flow__node[data-id^="LanguageModelComponent-"]')
  await llm.waitFor()
  const before = await stored(page)

  await page.getByTestId('playground-btn-flow-io').click()
  await page.getByTestId('model-setup').getByRole('button', { name: 'OpenAI' }).click()
  await page.getByTestId('provider-dialog').locator('input[type="password"]').first().fill('sk-mine')
  await page.getByTestId('provider-dialog').locator('button[type="submit"]').click()
  await page.getByTestId('model-setup').waitFor({ state: 'detached' })
  const ask = async (text: string): Promise<void> => {
    await page.getByTestId('input-chat-playground').fill(text)
    await page.getByTestId('input-chat-playground').press('Enter')
  }
  await ask('Hello')
  await page.getByTestId('div-chat-message').getByText('The model says: Hello').waitFor()

  await using refusing = await providerServer(reply({ error: { message: 'Incorrect API key' } }, { status: 401 }))
  await pointModelTo(refusing.url)
  await ask('Are you there?')
  await page.getByTestId('chat-error').getByText('Incorrect API key').waitFor()
  await page.getByTestId('chat-error').getByRole('link', { name: 'Model providers' }).waitFor()
  await page.getByTestId('chat-error').getByRole('button', { name: 'Language Model' }).waitFor()
  await pointModelTo(model.url)

  await llm.click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('Delete')
  await llm.waitFor({ state: 'detached' })
  await ask('And now?')
  await page
    .getByTestId('chat-trouble')
    .getByText(/Chat Output/)
    .waitFor()
  expect(await stored(page)).not.toEqual(before)

  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  while (await undo.isEnabled()) await undo.click()
  await llm.waitFor()
  await expect.poll(() => stored(page)).toEqual(before)
  await page.context().close()
})

test.each([
  ['en-US', 'Import a flow from an address', 'There is no flow at'],
  ['zh-CN', '从地址导入工作流', '没有工作流'],
])(
  'a flow is fetched from its address on another server, into the list and onto a canvas, in %s',
  async (locale, title, refusal) => {
    const name = `Far from ${locale}`
    const { id } = await runnel.client.call(createFlow, { body: await echoFlow(name) })
    const page = await newPage({ locale, permissions: ['clipboard-read', 'clipboard-write'] })
    // Under another name, the same server is another one.
    const far = `${runnel.address.replace('localhost', '127.0.0.1')}/flow/${id}`
    await page.goto(`${runnel.address}/flows`)
    await page.getByTestId('import-menu').first().click()
    await page.getByTestId('import-from-address').click()
    await page.getByRole('dialog', { name: title }).waitFor()
    await page.getByTestId('import-address-url').fill(far.replace(id, '00000000-0000-4000-8000-000000000000'))
    await page.getByTestId('import-address-submit').click()
    await page.getByTestId('import-address').getByRole('alert').getByText(refusal).waitFor()
    await page.getByTestId('import-address-url').fill(far)
    await page.getByTestId('import-address-submit').click()
    await page.getByTestId('list-card').getByText(`${name} (1)`).click()
    const nodes = page.locator('.react-flow__node')
    await nodes.nth(1).waitFor()
    expect(await nodes.count()).toBe(2)

    await page.evaluate((text) => navigator.clipboard.writeText(text), far)
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
    await page.keyboard.press('Control+v')
    await page.getByTestId('paste-as-flow').click()
    await page.getByTestId('import-address-submit').click()
    // One chat input is all that a flow takes.
    await nodes.nth(2).waitFor()
    await page.getByTestId('import-address').waitFor({ state: 'detached' })
    expect(await page.locator('.react-flow__edge').count()).toBe(1)
    await page.context().close()
  },
)
