import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFlow, type FlowCreate, readFlow, updateFlow } from '@runnel/protocol/flows'
import { listRuns } from '@runnel/protocol/monitor'
import { listMessages } from '@runnel/protocol/monitor-messages'
import { createVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { providerServer, reply, replyHanging } from '@runnel/testing/provider-server'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { askingFlow, CALLS_THEN_ANSWERS } from './asking-flow.ts'
import { flowData } from './flow-data.ts'
import { startJourney } from './journey.ts'
import { viewAtRest } from './on-canvas.ts'

const { runnel, newPage } = startJourney()
let model: ChatServer
let page: Page
let flowId: string
let made = 0

beforeAll(async () => {
  model = await chatServer((asked) => `The model says: ${asked}`)
  await setVariable('OPENAI_API_KEY', 'a key')
})
afterAll(async () => {
  await model[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await setVariable('OPENAI_BASE_URL', model.url)
  const { data } = JSON.parse(readFileSync(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8'))
  flowId = (await runnel.client.call(createFlow, { body: { name: `Runs ${++made}`, data } })).id
  page = await newPage()
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await node('ChatOutput').waitFor()
  return () => page.context().close()
})

async function setVariable(name: string, value: string): Promise<void> {
  const known = (await runnel.client.call(listVariables, {})).find((one) => one.name === name)
  if (known) await runnel.client.call(updateVariable, { params: { variable_id: known.id }, body: { value } })
  else await runnel.client.call(createVariable, { body: { name, value, type: 'Generic' } })
}

const node = (type: string): Locator => page.locator(`.react-flow__node[data-id^="${type}-"]`)
const statusOf = (type: string) => node(type).getByTestId('div-generic-node').getAttribute('data-status')

test('a page that is loaded again in the middle of a run follows it, and can stop it', async () => {
  const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'So far' }, finish_reason: null }] })}\n\n`
  await using slow = await providerServer(replyHanging(piece))
  await setVariable('OPENAI_BASE_URL', slow.url)
  await page.getByTestId('run-flow').click()
  await expect.poll(() => statusOf('LanguageModelComponent')).toBe('running')
  await page.reload()
  await node('ChatOutput').waitFor()
  await expect.poll(() => statusOf('LanguageModelComponent')).toBe('running')
  await page.getByTestId('run-pill').getByText('Running').waitFor()
  // What moves while it runs stands still for whoever wishes it to, and is seen in the colours of the system.
  await expect.poll(moving).toBeGreaterThan(0)
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
  await expect.poll(moving).toBe(0)
  await expect.poll(edgeColors).toEqual(['CanvasText'])
  await page.emulateMedia({ reducedMotion: 'no-preference', forcedColors: 'none' })
  await expect.poll(edgeColors).not.toContain('CanvasText')
  await node('LanguageModelComponent').getByTestId('stop_building_button').click()
  await page.getByText('Build stopped').waitFor()
  await slow.requests[0]?.closed
  // The run is over: nothing is followed when the page is loaded once more.
  await page.reload()
  await node('ChatOutput').waitFor()
  await page.getByTestId('run-flow').waitFor()
})

/** How many animations take longer than a moment. */
const moving = (): Promise<number> =>
  page.evaluate(() => {
    const running = document.getAnimations().filter(({ playState }) => playState === 'running')
    return running.filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1).length
  })

/** The colours edges are drawn in, the one of the system's texts by its name. */
const edgeColors = (): Promise<readonly string[]> =>
  page.locator('.react-flow__edge-path').evaluateAll((edges) => {
    const text = document.body.appendChild(document.createElement('i'))
    text.style.color = 'CanvasText'
    const own = getComputedStyle(text).color
    text.remove()
    const colors = edges.map((edge) => getComputedStyle(edge).stroke)
    return [...new Set(colors.map((color) => (color === own ? 'CanvasText' : color)))]
  })

test('what keeps a flow from running is marked until it is put right', async () => {
  const marked = () => node('ChatOutput').getByTestId('div-generic-node').getAttribute('data-refused')
  await viewAtRest(page)
  await page.locator('[data-testid^="edge-delete-"]').last().click({ force: true })
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(2)
  expect(await marked()).toBeNull()
  await page.getByTestId('run-flow').click()
  await page.getByRole('tabpanel', { name: 'Problems' }).getByText('Chat Output is missing Inputs.').waitFor()
  await expect.poll(marked).toBe('true')
  await expect.poll(() => statusOf('ChatOutput')).toBe('idle')
  await page.keyboard.press('Control+z')
  await expect.poll(marked).toBeNull()
  await page.getByText('The flow cannot run yet').waitFor()
  await page.getByTestId('run-flow').click()
  await page.getByText('The flow cannot run yet').waitFor({ state: 'detached' })
})

test('Run reaches what nothing joins to the chat input, and a message only what it begins', async () => {
  const chat = { from: ['ChatInput', 'message'], to: ['ChatOutput', 'input_value'], types: ['Message'] } as const
  const data = await flowData(
    runnel.client,
    [
      { type: 'ChatInput', set: { input_value: 'Hello' } },
      { type: 'ChatOutput' },
      { type: 'TextInput', set: { input_value: 'beside' } },
      { type: 'TextOutput' },
      { type: 'SplitText' },
    ],
    [chat, { from: ['TextInput', 'text'], to: ['TextOutput', 'input_value'], types: ['Message'] }],
  )
  const { id } = await runnel.client.call(createFlow, { body: { name: 'An island', data } })
  await page.goto(`${runnel.address}/flow/${id}`)
  await node('ChatOutput').waitFor()
  const statuses = () => Promise.all(['ChatInput', 'ChatOutput', 'TextInput', 'TextOutput'].map(statusOf))
  // What the island lacks keeps neither a message from being answered nor a node from being run.
  await page.getByTestId('run-flow').click()
  await page.getByRole('tabpanel', { name: 'Problems' }).getByText('Split Text is missing').waitFor()
  expect(await statuses()).toEqual(['idle', 'idle', 'idle', 'idle'])
  await page.getByTestId('playground-btn-flow-io').click()
  await page.getByTestId('input-chat-playground').fill('Only you')
  await page.getByTestId('input-chat-playground').press('Enter')
  await expect.poll(statuses).toEqual(['done', 'done', 'idle', 'idle'])
  await expect.poll(() => page.getByTestId('div-chat-message').filter({ hasText: 'Only you' }).count()).toBe(2)
  await page.getByTestId('playground-btn-flow-io').click()
  await node('SplitText')
    .getByTestId(/^title-/)
    .click()
  await page.keyboard.press('Delete')
  await expect.poll(() => node('SplitText').count()).toBe(0)
  await page.keyboard.press('Control+Enter')
  await expect.poll(statuses).toEqual(['done', 'done', 'done', 'done'])
  await page.getByText('Flow built successfully').waitFor()
})

test('a run is compared with the one before, and edges tell what flowed through them', async () => {
  const run = async (): Promise<void> => {
    await page.getByTestId('run-flow').click()
    await page.getByText('Flow built successfully').waitFor()
    await page.getByText('Flow built successfully').waitFor({ state: 'detached' })
  }
  await page.getByTestId('canvas_controls_dropdown').click()
  await page.getByTestId('show-edge-values').click()
  const text = node('ChatInput').getByTestId('textarea_str_input_value')
  const look = node('ChatInput').getByTestId('output-inspection-chat message-chatinput')
  await text.fill('first words')
  await run()
  await expect.poll(() => page.getByTestId('edge-value').first().textContent()).toBe('11 bytes')
  await look.click()
  await page.getByTestId('output-inspector').waitFor()
  expect(await page.getByTestId('compare-outputs').count()).toBe(0)
  await page.getByTestId('close-output').click()
  await text.fill('second words')
  await run()
  await look.click()
  await page.getByTestId('compare-outputs').click()
  const sides = page.getByTestId('output-difference').locator('.cm-content')
  await expect.poll(() => sides.allTextContents()).toEqual(['first words', 'second words'])
})

test('a group tells what the nodes inside it gave, and which of them failed', async () => {
  await node('Prompt').getByTestId('generic-node-title-arrangement').click()
  await node('LanguageModelComponent')
    .getByTestId('generic-node-title-arrangement')
    .click({ modifiers: ['Control'] })
  await page.keyboard.press('Control+g')
  await node('GroupNode').waitFor()
  await page.getByTestId('run-flow').click()
  await expect.poll(() => statusOf('GroupNode')).toBe('done')
  await node('GroupNode')
    .getByTestId(/^output-inspection/)
    .first()
    .click()
  await page.getByTestId('output-inspector').getByText('The model says:').waitFor()
  await page.getByTestId('close-output').click()
  await using refusing = await providerServer(reply({ error: { message: 'Incorrect API key' } }, { status: 401 }))
  await setVariable('OPENAI_BASE_URL', refusing.url)
  await page.getByTestId('run-flow').click()
  await page.getByRole('button', { name: 'Group: Language Model failed' }).waitFor()
  const colorOf = (element: Locator): Promise<string> => element.evaluate((one) => getComputedStyle(one).color)
  const inspect = node('GroupNode').locator('[data-testid^="output-inspection"] svg').first()
  const failed = await colorOf(node('GroupNode').locator('[data-testid$="_error"] svg'))
  await expect.poll(() => colorOf(inspect)).toBe(failed)
  await expect.poll(() => statusOf('GroupNode')).toBe('failed')
})

test('runs of the canvas are given a text, a session and values of variables', async () => {
  await page.getByTestId('run-settings').click()
  await page.getByTestId('run-input').fill('Hello')
  await page.getByTestId('run-session').fill('my session')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Settings of runs: changed' }).waitFor()
  await page.getByTestId('run-flow').click()
  await page.getByText('Flow built successfully').waitFor()
  const query = { flow_id: flowId, session_id: 'my session' }
  const said = async () => (await runnel.client.call(listMessages, { query })).map(({ text }) => text)
  await expect.poll(said).toEqual(['Hello', 'The model says: Hello'])
  // Nothing of it is saved with the flow.
  await page.reload()
  await page.getByRole('button', { name: 'Settings of runs', exact: true }).waitFor()
  // What the nodes gave is there again.
  await expect.poll(() => statusOf('LanguageModelComponent')).toBe('done')
  await node('LanguageModelComponent').getByTestId('output-inspection-model response-languagemodelcomponent').click()
  await page.getByTestId('output-inspector').getByText('The model says: Hello').waitFor()
})

test.each([
  ['polling', 'By asking again and again'],
  ['direct', 'In the answer to the start'],
  ['streaming', 'By a stream'],
] as const)('runs are followed as this browser was told to: %s', async (delivery, name) => {
  await page.getByTestId('run-settings').click()
  await page.getByTestId('run-delivery').click()
  await page.getByRole('option', { name }).click()
  await page.keyboard.press('Escape')
  await page.reload()
  await node('ChatOutput').waitFor()
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.startsWith('/api/v1/build/')) asked.push(searchParams.get('event_delivery') ?? '')
  })
  await page.getByTestId('run-flow').click()
  await page.getByText('Flow built successfully').waitFor()
  expect([...new Set(asked)]).toEqual([delivery])
  await expect.poll(() => statusOf('ChatOutput')).toBe('done')
})

test('a stream that is cut off gives way to polls of the same build', async () => {
  const asked: string[] = []
  await page.route('**/api/v1/build/*/events?*', (route) => {
    const { pathname, searchParams } = new URL(route.request().url())
    const how = searchParams.get('event_delivery')
    asked.push(`${how} ${pathname}`)
    return how === 'streaming' ? route.abort('connectionreset') : route.continue()
  })
  await node('ChatInput').getByTestId('textarea_str_input_value').fill('Over the polls')
  await page.getByTestId('run-flow').click()
  await page.getByText('Flow built successfully').waitFor()
  const [first, ...others] = asked.map((one) => one.split(' '))
  expect(first?.[0]).toBe('streaming')
  expect([...new Set(others.map((one) => one.join(' ')))]).toEqual([`polling ${first?.[1]}`])
  // Its mark says how it went, and what came of it.
  await node('ChatOutput').getByTestId('node_duration_chat output').hover()
  const mark = page.getByRole('tooltip')
  await mark.getByText('The model says: Over the polls').waitFor()
  await mark.getByText('Took').waitFor()
})

test('branches beside one another are at work at once, each with a row of the timeline', async () => {
  const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'So far' }, finish_reason: null }] })}\n\n`
  await using slow = await providerServer(replyHanging(piece))
  await setVariable('OPENAI_BASE_URL', slow.url)
  await runnel.client.call(updateFlow, {
    params: { flow_id: flowId },
    body: { data: await withTwin('LanguageModelComponent') },
  })
  await page.reload()
  await expect.poll(() => node('LanguageModelComponent').count()).toBe(2)
  await page.getByTestId('dock-timeline').click()
  await page.getByTestId('run-flow').click()
  const statuses = () =>
    node('LanguageModelComponent')
      .getByTestId('div-generic-node')
      .evaluateAll((nodes) => nodes.map((one) => one.getAttribute('data-status')))
  await expect.poll(statuses).toEqual(['running', 'running'])
  const rows = page.getByTestId('run-timeline').getByRole('listitem')
  await expect.poll(() => rows.filter({ hasText: 'Language Model' }).count()).toBe(2)
  // What is at work takes longer and longer, and nothing is told of it meanwhile.
  const told = await rows.allTextContents()
  await expect.poll(() => rows.allTextContents()).not.toEqual(told)
  await rows.filter({ hasText: 'Language Model' }).last().getByRole('button').click()
  await expect.poll(() => page.locator('.react-flow__node.selected').count()).toBe(1)
  await page.getByRole('banner').getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Build stopped').waitFor()
  await expect.poll(statuses).toEqual(['idle', 'idle'])
})

/** The graph of the flow with another node of one type, fed by the same nodes. */
async function withTwin(type: string): Promise<FlowCreate['data']> {
  const { data } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  const { nodes, edges } = JSON.parse(JSON.stringify(data))
  const own = nodes.find(({ id }: { readonly id: string }) => id.startsWith(`${type}-`))
  const twin = JSON.parse(JSON.stringify(own).replaceAll(own.id, `${type}-twin1`))
  const fed = edges.filter(({ target }: { readonly target: string }) => target === own.id)
  const copies = JSON.parse(JSON.stringify(fed).replaceAll(own.id, `${type}-twin1`))
  const place = { x: own.position.x, y: own.position.y + 500 }
  return { nodes: [...nodes, { ...twin, position: place }], edges: [...edges, ...copies] }
}

test.each(['streaming', 'polling'])(
  'an agent waits until its tool is allowed, over a page that is loaded again, with the arguments one gives, by %s',
  async (delivery) => {
    await using asking = await providerServer(...CALLS_THEN_ANSWERS)
    await page.addInitScript((panels) => localStorage.setItem('runnel.panels', panels), JSON.stringify({ delivery }))
    await page.goto(`${runnel.address}/flow/${await askingFlow(runnel.client, `Asks by ${delivery}`, asking.url)}`)
    await node('CalculatorComponent').getByLabel('Ask first').waitFor()
    await page.getByTestId('run-flow').click()
    const card = page.getByTestId('approval-card')
    await card.waitFor()
    await page.reload()
    await card.waitFor()
    expect(await seriousFindings(page)).toEqual([])
    // The chat takes over what it asks.
    await page.getByTestId('playground-btn-flow-io').click()
    await page.getByTestId('playground-panel').getByTestId('approval-arguments').fill('{ "expression": "6*8" }')
    await page.getByTestId('approval-approve').click()
    await card.waitFor({ state: 'detached' })
    await page.getByTestId('playground-panel').getByText('That is all').waitFor()
    expect(JSON.stringify(asking.requests.at(-1)?.body)).toContain('48')
    // The node that was asked as a tool has run like the others.
    await page.getByTestId('node_duration_calculator').waitFor()
  },
)

test('a run that a webhook began is made again with what was posted', async () => {
  const data = await flowData(
    runnel.client,
    [{ type: 'Webhook' }, { type: 'ChatOutput' }],
    [{ from: ['Webhook', 'output_data'], to: ['ChatOutput', 'input_value'], types: ['Data'] }],
  )
  const { id: flow_id } = await runnel.client.call(createFlow, { body: { name: 'Hooked', data: { ...data } } })
  await fetch(`${runnel.address}/api/v1/webhook/${flow_id}`, { method: 'POST', body: '{"order": "forty-two"}' })
  const ended = async () =>
    (await runnel.client.call(listRuns, { query: { flow_id, status: 'succeeded' } })).runs.map(({ id, output }) => ({
      id,
      hasOrder: output?.includes('forty-two'),
    }))
  await expect.poll(async () => (await ended()).length).toBe(1)
  await page.goto(`${runnel.address}/flow/${flow_id}/runs/${(await ended())[0]?.id}`)
  await page.getByTestId('retry-run').click()
  await page.getByRole('menuitem', { name: 'With this input on the flow as it is now' }).click()
  await expect.poll(async () => (await ended()).map(({ hasOrder }) => hasOrder)).toEqual([true, true])
})
