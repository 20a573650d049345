import { listFlows, readFlow } from '@runnel/protocol/flows'
import { createVariable, deleteVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { providerServer, replyHanging } from '@runnel/testing/provider-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { composeWith } from './compose.ts'
import { startJourney } from './journey.ts'
import { saved } from './on-canvas.ts'

/** What the model says next. */
let said = ''
let model: ChatServer
const { runnel, newPage } = startJourney(async () => {
  model = await chatServer(() => said)
  return { OPENAI_BASE_URL: model.url, LANGFLOW_VARIABLES_TO_GET_FROM_ENVIRONMENT: 'OPENAI_BASE_URL' }
})
afterAll(async () => {
  await model[Symbol.asyncDispose]()
})

let page: Page
beforeEach(async () => {
  said = JSON.stringify(PIRATE)
  await setKey('sk-mine')
  page = await newPage()
  return () => page.context().close()
})

const PIRATE = {
  name: '海盗问答',
  description: '像海盗一样回答。',
  nodes: [
    { id: 'ask', type: 'ChatInput' },
    { id: 'how', type: 'Prompt', title: '语气', fields: { template: '像海盗一样回答：{question}' } },
    { id: 'model', type: 'LanguageModelComponent' },
    { id: 'say', type: 'ChatOutput' },
  ],
  edges: [
    { from: 'ask', output: 'message', to: 'how', input: 'question' },
    { from: 'how', output: 'prompt', to: 'model', input: 'input_value' },
    { from: 'model', output: 'text_output', to: 'say', input: 'input_value' },
  ],
}

async function variable(name: string): Promise<string | undefined> {
  return (await runnel.client.call(listVariables, {})).find((one) => one.name === name)?.id
}

/** The key of the provider; none when it is undefined. */
async function setKey(value: string | undefined): Promise<void> {
  const id = await variable('OPENAI_API_KEY')
  if (id !== undefined) await runnel.client.call(deleteVariable, { params: { variable_id: id } })
  const body = { name: 'OPENAI_API_KEY', value: value ?? '', type: 'Credential' as const, default_fields: [] }
  if (value !== undefined) await runnel.client.call(createVariable, { body })
}

async function pointModelTo(url: string): Promise<void> {
  const params = { variable_id: (await variable('OPENAI_BASE_URL')) ?? '' }
  await runnel.client.call(updateVariable, { params, body: { value: url } })
}

async function beginFlow(): Promise<void> {
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('new-project-btn').or(page.getByTestId('new_project_btn_empty_page')).first().click()
  await page.getByTestId('template_basic-prompting').waitFor()
}

async function storedNames(): Promise<readonly string[]> {
  const answer = await runnel.client.call(listFlows, { query: { header_flows: true } })
  return Array.isArray(answer) ? answer.map(({ name }) => name) : []
}

const box = () => page.getByTestId('describe-text')
const nodes = () => page.locator('.react-flow__node')
const edges = () => page.locator('.react-flow__edge')

test('what is described stands on the canvas, is stored under its name, and is one step to undo', async () => {
  const before = await storedNames()
  await beginFlow()
  await box().focus()
  // This Enter only takes what was composed.
  await composeWith(page, 'Enter', 'xiang hai dao', '像海盗一样回答')
  await expect.poll(() => box().inputValue()).toContain('像海盗一样回答')
  expect(model.requests).toEqual([])
  await box().fill('像海盗一样回答')
  await box().press('Shift+Enter')
  await page.keyboard.type('问题')
  expect(await box().inputValue()).toBe('像海盗一样回答\n问题')
  expect(model.requests).toEqual([])
  await box().press('Enter')
  await expect.poll(() => nodes().count()).toBe(4)
  await expect.poll(() => edges().count()).toBe(3)
  await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains('react-flow'))).toBe(true)
  await page.getByText('4 components, 3 connections').first().waitFor()
  expect(model.requests[0]?.messages[0]?.text).toContain('像海盗一样回答\n问题')
  await saved(page)
  await expect.poll(() => page.getByTestId('flow_name').textContent()).toBe('海盗问答')
  expect(await storedNames()).toEqual([...before, '海盗问答'])
  const params = { flow_id: new URL(page.url()).pathname.split('/').at(-1) ?? '' }
  expect(await runnel.client.call(readFlow, { params })).toMatchObject({ description: '像海盗一样回答。' })
  await page.locator('.react-flow__node[data-id^="LanguageModelComponent-"]').getByText('gpt-4o-mini').waitFor()

  await page.keyboard.press('Control+z')
  await expect.poll(() => nodes().count()).toBe(0)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => edges().count()).toBe(3)
  expect(await nodes().count()).toBe(4)
})

test('without a provider one is set up in place, and the description is still there', async () => {
  await setKey(undefined)
  await beginFlow()
  await box().fill('Answer like a pirate')
  await box().press('Enter')
  await page.getByTestId('model-setup').getByRole('button', { name: 'OpenAI' }).click()
  await page.getByTestId('provider-dialog').locator('input[type="password"]').first().fill('sk-typed')
  await page.getByTestId('provider-dialog').locator('button[type="submit"]').click()
  await page.getByTestId('model-setup').waitFor({ state: 'detached' })
  await expect.poll(() => box().evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await box().inputValue()).toBe('Answer like a pirate')
  await page.keyboard.press('Enter')
  await expect.poll(() => nodes().count()).toBe(4)
})

test('a model that takes long is stopped, and nothing is stored', async () => {
  const before = await storedNames()
  await using slow = await providerServer(replyHanging())
  await pointModelTo(`${slow.url}/v1`)
  await beginFlow()
  await box().fill('Answer like a pirate')
  await page.getByTestId('describe-send').click()
  await page.getByTestId('describe-working').getByText('Planning the flow…').waitFor()
  expect(await seriousFindings(page, '[data-testid="new-flow-overlay"]')).toEqual([])
  await expect.poll(() => slow.requests.length).toBe(1)
  await page.getByTestId('describe-stop').click()
  await slow.requests[0]?.closed
  await page.getByTestId('describe-send').waitFor()
  expect(await box().inputValue()).toBe('Answer like a pirate')
  expect(await storedNames()).toEqual(before)
  await pointModelTo(model.url)
})

test('an answer that is no flow is said, and tried again; what does not fit is left out and said', async () => {
  await beginFlow()
  said = 'I would use an agent for that.'
  await box().fill('Answer like a pirate')
  await box().press('Enter')
  await page.getByTestId('describe-refused').getByText('did not answer with a flow that can be built').waitFor()
  expect(await seriousFindings(page, '[data-testid="new-flow-overlay"]')).toEqual([])
  expect(await box().inputValue()).toBe('Answer like a pirate')
  said = JSON.stringify({ ...PIRATE, nodes: [...PIRATE.nodes, { id: 'more', type: 'TimeMachine' }] })
  await page.getByTestId('describe-again').click()
  await expect.poll(() => nodes().count()).toBe(4)
  await page.getByText('The component TimeMachine').first().waitFor()
})

test('a template chosen while a model plans ends the planning', async () => {
  await using slow = await providerServer(replyHanging())
  await pointModelTo(`${slow.url}/v1`)
  await beginFlow()
  await box().fill('Answer like a pirate')
  await box().press('Enter')
  await expect.poll(() => slow.requests.length).toBe(1)
  await page.getByTestId('template_basic-prompting').click()
  await slow.requests[0]?.closed
  await page.getByTestId('input-chat-playground').waitFor()
  await pointModelTo(model.url)
})
