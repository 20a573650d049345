import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFlow, updateFlow } from '@runnel/protocol/flows'
import { createVariable } from '@runnel/protocol/variables'
import { providerServer, reply } from '@runnel/testing/provider-server'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { addComponent, nodeOf, tidyUp, viewAtRest } from './on-canvas.ts'

const { runnel, newPage } = startJourney()
let page: Page
let flowId: string
let made = 0

beforeEach(async () => {
  flowId = (await runnel.client.call(createFlow, { body: await echoFlow(`Spoken ${++made}`) })).id
  page = await newPage()
  await page.addInitScript(keepWhatIsSaid)
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await page.getByTestId('disclosure-input / output').waitFor()
  await viewAtRest(page)
  return () => page.context().close()
})

/** In the page: keeps what its live regions say, one thing after another. */
function keepWhatIsSaid(): void {
  const said: string[] = []
  Object.assign(window, { said })
  new MutationObserver((changes) => {
    const places = changes.flatMap(({ target, addedNodes }) => [target, ...addedNodes])
    for (const place of places) {
      const element = place instanceof Element ? place : place.parentElement
      const region = element?.closest('[aria-live="polite"], [role="alert"], [role="status"]')
      const text = region?.textContent?.trim()
      if (text && text !== said.at(-1)) said.push(text)
    }
  }).observe(document, { childList: true, characterData: true, subtree: true })
}

const said = (): Promise<string> => page.evaluate(() => String(Reflect.get(window, 'said').join('\n')))
const isSaid = (words: string | RegExp): Promise<unknown> =>
  expect.poll(said).toMatch(typeof words === 'string' ? RegExp(RegExp.escape(words)) : words)

test('what becomes of the flow is said, whoever did it and with what', async () => {
  await addComponent(page, 'Language Model')
  await isSaid('Added Language Model')
  await tidyUp(page)
  await isSaid(/Moved (\d nodes|\w+ \w+ \(-?\d+, -?\d+\))/)
  const title = nodeOf(page, 'LanguageModelComponent')
    .getByTestId(/^title-/)
    .first()
  const place = await title.boundingBox()
  if (!place) throw new Error('the node is not on the screen')
  await page.mouse.move(place.x + 5, place.y + 5)
  await page.mouse.down()
  await page.mouse.move(place.x + 90, place.y + 60, { steps: 5 })
  await page.mouse.up()
  await isSaid(/Moved Language Model \(-?\d+, -?\d+\)/)
  await page.getByRole('button', { name: /^Output Model Response of Language Model/ }).click()
  await nodeOf(page, 'ChatOutput').locator('.flow-handle.target').first().click()
  // The field takes one edge: one comes, one goes.
  await isSaid('Connected Language Model: Model Response → Chat Output: Inputs (Message)')
  await isSaid('Disconnected Chat Input: Chat Message → Chat Output: Inputs (Message)')
  await nodeOf(page, 'ChatOutput').locator('.flow-handle.source').click()
  await page.getByRole('button', { name: /^Input Input of Language Model/ }).click()
  await isSaid('This would create a cycle.')
  await title.click()
  await page.keyboard.press('Delete')
  await isSaid('Deleted Language Model')
})

test('a run is said when it starts, and with the time of each node', async () => {
  await page.getByTestId('run-flow').click()
  await isSaid('The run has started')
  await isSaid(/(Chat Input finished, [\d.]+ (m?s|seconds?)|\d nodes finished, Chat Output last)/)
  await isSaid('Flow built successfully')
})

test('a run that fails is said with the node and what was wrong', async () => {
  await using refusing = await providerServer(reply({ error: { message: 'Incorrect API key' } }, { status: 401 }))
  for (const [name, value] of Object.entries({ OPENAI_API_KEY: 'a key', OPENAI_BASE_URL: refusing.url }))
    await runnel.client.call(createVariable, { body: { name, value, type: 'Generic' } })
  const { data } = JSON.parse(readFileSync(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8'))
  const { id } = await runnel.client.call(createFlow, { body: { name: 'Refused', data } })
  await page.goto(`${runnel.address}/flow/${id}`)
  await page.getByTestId('run-flow').click()
  await isSaid(/Language Model failed.*Incorrect API key/)
})

test('nodes, handles and edges have names', async () => {
  const named = (role: 'group' | 'button' | 'img', name: RegExp): Promise<void> =>
    page.getByRole(role, { name }).first().waitFor()
  await named('group', /^Chat Input, node 1 of 2$/)
  await named('group', /^Chat Output, node 2 of 2$/)
  await named('button', /^Output Chat Message of Chat Input, gives Message, connected to 1$/)
  await named('button', /^Input Inputs of Chat Output, takes .*, connected to 1$/)
  await named('group', /^Edge Chat Input: Chat Message → Chat Output: Inputs$/)
})

test('what cannot be done in a locked flow is said', async () => {
  await runnel.client.call(updateFlow, { params: { flow_id: flowId }, body: { locked: true } })
  await page.reload()
  await nodeOf(page, 'ChatInput').waitFor()
  await page.getByRole('application').press('Home')
  await page.keyboard.press('m')
  await isSaid('The flow is locked')
})

test('the canvas is one stop of Tab, from before and from behind', async () => {
  const canvas = page.getByRole('application')
  const hasFocus = (): Promise<boolean> => canvas.evaluate((element) => element === document.activeElement)
  await canvas.press('End')
  await isSaid('Chat Output, node 2 of 2')
  await page.keyboard.press('Tab')
  expect(await page.getByTestId('canvas_controls_dropdown').evaluate((one) => one === document.activeElement)).toBe(
    true,
  )
  await page.keyboard.press('Shift+Tab')
  expect(await hasFocus()).toBe(true)
  await page.keyboard.press('Shift+Tab')
  await isSaid('Chat Input, node 1 of 2')
  await page.keyboard.press('Shift+Tab')
  expect(await hasFocus()).toBe(false)
})
