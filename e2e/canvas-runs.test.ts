import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFlow } from '@runnel/protocol/flows'
import { createVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { providerServer, replyHanging } from '@runnel/testing/provider-server'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newPage, startBrowser } from './start-browser.ts'
import { type Runnel, startRunnel } from './start-runnel.ts'

let runnel: Runnel
let browser: Browser
let model: ChatServer
let page: Page
let flowId: string
let made = 0

beforeAll(async () => {
  model = await chatServer((asked) => `The model says: ${asked}`)
  ;[runnel, browser] = await Promise.all([startRunnel(), startBrowser()])
  await setVariable('OPENAI_API_KEY', 'a key')
})
afterAll(async () => {
  await browser.close()
  await runnel.stop()
  await model[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await setVariable('OPENAI_BASE_URL', model.url)
  const { data } = JSON.parse(readFileSync(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8'))
  flowId = (await runnel.client.call(createFlow, { body: { name: `Runs ${++made}`, data } })).id
  page = await newPage(browser)
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await node('ChatOutput').waitFor()
  return () => page.context().close()
})

async function setVariable(name: string, value: string): Promise<void> {
  const known = (await runnel.client.call(listVariables, {})).find((one) => one.name === name)
  if (known) await runnel.client.call(updateVariable, { params: { variable_id: known.id }, body: { value } })
  else await runnel.client.call(createVariable, { body: { name, value, type: 'Generic' } })
}

const soon = { timeout: 7000 }
const node = (type: string): Locator => page.locator(`.react-flow__node[data-id^="${type}-"]`)
const statusOf = (type: string) => node(type).getByTestId('div-generic-node').getAttribute('data-status')

test('a page that is loaded again in the middle of a run follows it, and can stop it', async () => {
  const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'So far' }, finish_reason: null }] })}\n\n`
  await using slow = await providerServer(replyHanging(piece))
  await setVariable('OPENAI_BASE_URL', slow.url)
  await page.getByTestId('run-flow').click()
  await expect.poll(() => statusOf('LanguageModelComponent'), soon).toBe('running')
  await page.reload()
  await node('ChatOutput').waitFor()
  await expect.poll(() => statusOf('LanguageModelComponent'), soon).toBe('running')
  await node('LanguageModelComponent').getByTestId('stop_building_button').click()
  await page.getByText('Build stopped').waitFor()
  await slow.requests[0]?.closed
  // The run is over: nothing is followed when the page is loaded once more.
  await page.reload()
  await node('ChatOutput').waitFor()
  expect(await page.getByTestId('run-flow').isVisible()).toBe(true)
})
