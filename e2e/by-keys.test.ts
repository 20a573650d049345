import { createFlow } from '@runnel/protocol/flows'
import { createKnowledgeBase, readKnowledgeBase } from '@runnel/protocol/knowledge-bases'
import { createVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startJourney } from './journey.ts'

let model: ChatServer
const { runnel, newPage } = startJourney(async () => {
  model = await chatServer()
  return { OPENAI_BASE_URL: model.url, LANGFLOW_VARIABLES_TO_GET_FROM_ENVIRONMENT: 'OPENAI_BASE_URL' }
})
let page: Page
beforeAll(async () => {
  const key = { name: 'OPENAI_API_KEY', value: 'sk-mine', type: 'Credential' as const, default_fields: [] }
  await runnel.client.call(createVariable, { body: key })
  const body = { name: 'tips', embedding_provider: 'OpenAI', embedding_model: 'text-embedding-3-small' }
  await runnel.client.call(createKnowledgeBase, { body })
  const form = new FormData()
  form.append('files', new File(['The cat sleeps on the sofa.'], 'cat.txt'))
  await fetch(`${runnel.address}/api/v1/knowledge_bases/tips/ingest`, { method: 'POST', body: form })
  page = await newPage()
})
afterAll(async () => {
  await model[Symbol.asyncDispose]()
})

const hasFocus = (target: Locator): Promise<boolean> => target.evaluate((element) => element === document.activeElement)

/** Presses Tab until something has the focus. */
async function goOn(target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 60; presses++) {
    if (await hasFocus(target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not lead there')
}

async function addByKey(name: string): Promise<void> {
  await page.keyboard.press('a')
  await page.getByTestId('quick-add-input').waitFor()
  await page.keyboard.type(name)
  await page.getByRole('option', { name, exact: true, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByTestId('quick-add-input').waitFor({ state: 'detached' })
}

/** Takes a connection of the list; of several that are called alike, the one so many further down. */
async function connectByKey(connection: string, further = 0): Promise<void> {
  await page.keyboard.press('c')
  await page.getByPlaceholder('Connect to…').waitFor()
  await page.keyboard.type(connection)
  await page.getByRole('option', { name: connection, selected: true }).waitFor()
  for (let down = 0; down < further; down++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

/** From a field back to its node, which the canvas goes on from. */
async function backToCanvas(): Promise<void> {
  await page.keyboard.press('Escape')
  await expect.poll(() => hasFocus(page.getByRole('application'))).toBe(true)
}

const nodeOf = (type: string): Locator => page.locator(`.react-flow__node[data-id^="${type}-"]`)

test('a flow of six nodes that answers from a knowledge base is built, mended, run and published by keys alone', async () => {
  const { id } = await runnel.client.call(createFlow, { body: { name: 'By keys', data: { nodes: [], edges: [] } } })
  const tips = () => runnel.client.call(readKnowledgeBase, { params: { kb_name: 'tips' } })
  await expect.poll(async () => (await tips()).chunks).toBe(1)
  await page.goto(`${runnel.address}/flow/${id}`)
  await page.getByTestId('sidebar-search-input').waitFor()
  await page.locator('body').press('Tab')
  await page.getByRole('link', { name: 'Skip to the content' }).press('Enter')
  await expect.poll(() => hasFocus(page.getByRole('application'))).toBe(true)

  await addByKey('Chat Input')
  await addByKey('Knowledge')
  await page.keyboard.press('Enter')
  await goOn(nodeOf('Knowledge').getByRole('radio', { name: 'Ingest' }))
  await page.keyboard.press('ArrowRight')
  await nodeOf('Knowledge').getByTestId('field-input_df').waitFor({ state: 'detached' })
  await backToCanvas()
  await connectByKey('Chat Input: Chat Message → Knowledge: Search Query')

  await addByKey('Parser')
  await page.keyboard.press('Enter')
  await goOn(nodeOf('ParserComponent').getByRole('radio', { name: 'Parser' }))
  await page.keyboard.press('ArrowRight')
  await nodeOf('ParserComponent').getByRole('radio', { name: 'Stringify', checked: true }).waitFor()
  await backToCanvas()
  await connectByKey('Knowledge: Results → Parser: JSON or Table', 1)

  await addByKey('Prompt Template')
  await page.keyboard.press('Enter')
  await goOn(page.getByTestId('promptarea_prompt_template'))
  await page.keyboard.press('Enter')
  await page.getByTestId('modal-promptarea_prompt_template').waitFor()
  await page.keyboard.type('From {facts} answer {question}')
  await goOn(page.getByTestId('genericModalBtnSave'))
  await page.keyboard.press('Enter')
  await nodeOf('Prompt').getByTestId('field-facts').waitFor()
  await backToCanvas()
  await connectByKey('Parser: Parsed Text → Prompt Template: facts')
  await connectByKey('Chat Input: Chat Message → Prompt Template: question')

  await addByKey('Language Model')
  await connectByKey('Prompt Template: Prompt → Language Model: Input')
  await addByKey('Chat Output')
  await connectByKey('Language Model: Model Response → Chat Output: Inputs')
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(6)

  await page.keyboard.press('Control+Enter')
  await page.getByText('Knowledge is missing Knowledge.').first().waitFor()
  await backToCanvas()
  for (const key of ['Home', ']', 'Enter']) await page.keyboard.press(key)
  await goOn(nodeOf('Knowledge').getByTestId('field-knowledge_base').getByRole('combobox'))
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'tips' }).waitFor()
  await page.keyboard.type('tips')
  await page.keyboard.press('Enter')
  await nodeOf('Knowledge').getByTestId('field-knowledge_base').getByText('tips').waitFor()

  await page.keyboard.press('Control+Shift+Enter')
  await expect.poll(() => hasFocus(page.getByTestId('input-chat-playground'))).toBe(true)
  await page.keyboard.type('Where does the cat sleep?')
  await page.keyboard.press('Enter')
  const answer = page.locator('[data-testid="div-chat-message"][data-state="complete"]').last()
  await answer.getByText('The cat sleeps on the sofa.').waitFor()

  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await page.keyboard.type('Publish API')
  await page.getByRole('option', { name: 'Publish API', selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await goOn(page.getByRole('button', { name: 'Save and publish current workflow' }))
  await page.keyboard.press('Enter')
  await page.getByTestId('published').waitFor()
  await expect.poll(() => page.getByTestId('publication-id').textContent()).toBe(id)
})
