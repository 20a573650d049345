import { createFlow } from '@runnel/protocol/flows'
import { readCatalogue } from '@runnel/protocol/server-info'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPage, startBrowser } from './start-browser.ts'
import { type Runnel, startRunnel } from './start-runnel.ts'

let browser: Browser
let model: ChatServer

beforeAll(async () => {
  ;[browser, model] = await Promise.all([startBrowser(), chatServer()])
})
afterAll(async () => {
  await browser.close()
  await model[Symbol.asyncDispose]()
})

/** The address of the model comes from the environment, as an administrator sets it. */
const start = (more: Readonly<Record<string, string>> = {}): Promise<Runnel> => {
  const names = ['OPENAI_BASE_URL', ...Object.keys(more)].join()
  return startRunnel({ OPENAI_BASE_URL: model.url, LANGFLOW_VARIABLES_TO_GET_FROM_ENVIRONMENT: names, ...more })
}

/** Clicks, and counts it. */
function clicker(): { readonly click: (what: Locator) => Promise<void>; readonly count: () => number } {
  let clicks = 0
  return {
    count: () => clicks,
    async click(what) {
      clicks += 1
      await what.click()
    },
  }
}

const answer = (page: Page) => page.getByTestId('div-chat-message').getByText('The model says: Why is the sky blue?')

test('with a key, the first answer is three clicks from the first page', async () => {
  const runnel = await start({ OPENAI_API_KEY: 'a key' })
  try {
    const page = await newPage(browser)
    await page.goto(runnel.address)
    const { click, count } = clicker()
    await click(page.getByTestId('new-project-btn').or(page.getByTestId('new_project_btn_empty_page')).first())
    const template = page.getByTestId('template_basic-prompting')
    await expect.poll(() => template.textContent()).toContain('Provider keyis set')
    await click(template)
    await page.getByTestId('input-chat-playground').fill('Why is the sky blue?')
    await click(page.getByTestId('button-send'))
    await answer(page).waitFor()
    expect(count()).toBeLessThanOrEqual(3)
    await page.context().close()
  } finally {
    await runnel.stop()
  }
})

test('without a key, a model is set up on the way, in six clicks', async () => {
  const runnel = await start()
  try {
    const page = await newPage(browser)
    await page.goto(runnel.address)
    const { click, count } = clicker()
    await click(page.getByTestId('new-project-btn').or(page.getByTestId('new_project_btn_empty_page')).first())
    await click(page.getByTestId('template_basic-prompting'))
    await click(page.getByTestId('model-setup').getByRole('button', { name: 'OpenAI' }))
    await page.getByTestId('provider-dialog').locator('input[type="password"]').first().fill('sk-typed')
    await click(page.getByTestId('provider-dialog').locator('button[type="submit"]'))
    await page.getByTestId('model-setup').waitFor({ state: 'detached' })
    await page.getByTestId('input-chat-playground').fill('Why is the sky blue?')
    await click(page.getByTestId('button-send'))
    await answer(page).waitFor()
    expect(count()).toBeLessThanOrEqual(6)
    await page.context().close()
  } finally {
    await runnel.stop()
  }
})

test('asked without a key, a question waits, and is answered as soon as a model is set up', async () => {
  const runnel = await start()
  try {
    const page = await newPage(browser)
    await page.goto(runnel.address)
    await page.getByText('Welcome to Runnel').waitFor()
    await page.getByTestId('new_project_btn_empty_page').click()
    await page.getByTestId('template_basic-prompting').click()
    await page.getByTestId('input-chat-playground').fill('Why is the sky blue?')
    await page.getByTestId('input-chat-playground').press('Enter')
    await page.getByTestId('chat-trouble').getByText('Choose a provider below').waitFor()
    expect(await page.getByTestId('input-chat-playground').inputValue()).toBe('Why is the sky blue?')
    await page.getByTestId('model-setup').getByRole('button', { name: 'OpenAI' }).click()
    await page.getByTestId('provider-dialog').locator('input[type="password"]').first().fill('sk-typed')
    await page.getByTestId('provider-dialog').locator('button[type="submit"]').click()
    await answer(page).waitFor()
    await expect.poll(() => page.getByTestId('input-chat-playground').inputValue()).toBe('')
    await page.getByTestId('chat-trouble').waitFor({ state: 'detached' })
    await page.context().close()
  } finally {
    await runnel.stop()
  }
})

test('a form that is run without a key sets a model up on its way, and goes on', async () => {
  const runnel = await start()
  try {
    const known = await runnel.client.call(readCatalogue, {})
    // In the catalogue of every server.
    const node = structuredClone(known.models_and_agents?.LanguageModelComponent) as {
      readonly template: Record<string, { value: unknown }>
    }
    node.template.input_value = { ...node.template.input_value, value: 'Why is the sky blue?' }
    const data = { id: 'LanguageModelComponent-a', type: 'LanguageModelComponent', node }
    const nodes = [{ id: data.id, type: 'genericNode', position: { x: 0, y: 0 }, data }]
    const flow = await runnel.client.call(createFlow, { body: { name: 'Asked by a form', data: { nodes, edges: [] } } })
    const page = await newPage(browser)
    await page.goto(`${runnel.address}/flow/${flow.id}`)
    await page.getByTestId('run-with-form').click()
    await page.getByTestId('run-form').click()
    await page.getByTestId('form-run').getByText('Set up a model above').waitFor()
    await page.getByTestId('model-setup').getByRole('button', { name: 'OpenAI' }).click()
    await page.getByTestId('provider-dialog').locator('input[type="password"]').first().fill('sk-typed')
    await page.getByTestId('provider-dialog').locator('button[type="submit"]').click()
    await page.getByTestId('output-card').getByText('The model says: Why is the sky blue?').waitFor()
    await page.context().close()
  } finally {
    await runnel.stop()
  }
})
