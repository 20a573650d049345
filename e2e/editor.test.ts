import { createFlow, readFlow, updateFlow } from '@runnel/protocol/flows'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { startJourney } from './journey.ts'
import { addComponent as add, nodeOf as node, saved, tidyUp } from './on-canvas.ts'

const { runnel, newPage } = startJourney()
let page: Page
let flowId: string

beforeEach(async () => {
  const flow = await runnel.client.call(createFlow, {
    body: { name: `Flow ${Date.now()}`, data: { nodes: [], edges: [] } },
  })
  flowId = flow.id
  page = await openFlow()
  return () => page.context().close()
})

async function openFlow(): Promise<Page> {
  const opened = await newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  await opened.goto(`${runnel.address}/flow/${flowId}`)
  await opened.getByTestId('sidebar-search-input').waitFor()
  return opened
}

interface Stored {
  readonly nodes: readonly {
    readonly id: string
    readonly position: { readonly x: number }
    readonly data: { readonly node: { readonly template: Readonly<Record<string, { readonly value?: unknown }>> } }
  }[]
  readonly edges: readonly { readonly source: string; readonly target: string }[]
}

async function stored(): Promise<Stored> {
  const { data } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  return data as unknown as Stored
}

/** What the server has as the text of the first node. */
const firstValue = async (): Promise<unknown> => (await stored()).nodes[0]?.data.node.template.input_value?.value

/** Chat Input above Chat Output, side by side, connected by two clicks. */
async function chat(on: Page): Promise<void> {
  await add(on, 'Chat Input')
  await add(on, 'Chat Output')
  await tidyUp(on)
  await node(on, 'ChatInput').locator('.flow-handle.source').first().click()
  await node(on, 'ChatOutput').locator('.flow-handle.target').first().click()
  await on.locator('.react-flow__edge').waitFor()
}

test('a flow is built by hand, saved, run and undone', async () => {
  await chat(page)
  const drawn = async () => {
    const { nodes, edges } = await stored()
    return {
      nodes: nodes.map(({ id }) => id.split('-')[0]),
      edges: edges.map(({ source, target }) => [source.split('-')[0], target.split('-')[0]]),
    }
  }
  await expect.poll(drawn).toEqual({ nodes: ['ChatInput', 'ChatOutput'], edges: [['ChatInput', 'ChatOutput']] })

  await page.getByTestId('run-flow').click()
  await page.getByTestId('node_duration_chat output').waitFor()

  for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z')
  await page.locator('.react-flow__node').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Shift+z')
  await node(page, 'ChatInput').waitFor()
})

test('what is doubled leaves out what a flow has one of, which a group cannot take in either', async () => {
  await chat(page)
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+d')
  await page.getByText('Only one Chat Input is allowed in a flow.').waitFor()
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(3)
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+g')
  await page.getByText('Inputs and outputs of the flow cannot be inside a group.').first().waitFor()
})

test('components are listed as the browser keeps them, before the server says whether there are others', async () => {
  const category = page.getByTestId('disclosure-input / output')
  await category.waitFor()
  const kept = (): Promise<boolean> =>
    page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const opened = indexedDB.open('keyval-store')
          opened.onsuccess = () => {
            const found = opened.result.transaction('keyval').objectStore('keyval').getKey('runnel.catalogue')
            found.onsuccess = () => resolve(found.result !== undefined)
          }
        }),
    )
  await expect.poll(kept).toBe(true)
  const asked = page.waitForRequest('**/api/v1/all')
  await page.route('**/api/v1/all', () => undefined)
  await page.reload()
  expect((await asked).headers()['if-none-match']).toMatch(/^W\//)
  await category.waitFor()
})

test('an edge that cannot fit says why', async () => {
  await add(page, 'Chat Input')
  await add(page, 'Language Model')
  await tidyUp(page)
  await node(page, 'LanguageModelComponent').locator('.flow-handle.source').last().hover()
  const from = await node(page, 'LanguageModelComponent').locator('.flow-handle.source').last().boundingBox()
  const to = await node(page, 'ChatInput').locator('.flow-handle').first().boundingBox()
  if (!from || !to) throw new Error('a handle is not on the screen')
  await page.mouse.down()
  await page.mouse.move(to.x + 12, to.y + 12, { steps: 8 })
  await page.mouse.up()
  expect(await page.locator('.react-flow__edge').count()).toBe(0)
})

test('two tabs never overwrite one another', async () => {
  await chat(page)
  await saved(page)
  const other = await openFlow()
  await other.getByTestId('title-Chat Input').click()
  await other.keyboard.press('Control+.')
  await node(other, 'ChatInput').getByTestId('textarea_str_input_value').fill('from the other tab')
  await saved(other)
  await expect.poll(firstValue).toBe('from the other tab')
  // Of another browser the first tab hears nothing; its save is refused and both changes are kept.
  await add(page, 'Prompt Template')
  await expect.poll(async () => (await stored()).nodes.length).toBe(3)
  expect(await firstValue()).toBe('from the other tab')
  await other.context().close()
})

test('what is edited without a network is saved when it is back', async () => {
  await add(page, 'Chat Input')
  await page.keyboard.press('Control+.')
  await saved(page)
  await page.context().setOffline(true)
  await node(page, 'ChatInput').getByTestId('textarea_str_input_value').fill('written offline')
  await page.locator('[data-testid="save-state"][data-state="offline"]').waitFor()
  await page.context().setOffline(false)
  await expect.poll(firstValue).toBe('written offline')
})

test('a tab that was closed before it could save offers its changes again', async () => {
  await add(page, 'Chat Input')
  await page.keyboard.press('Control+.')
  await saved(page)
  await page.context().setOffline(true)
  await node(page, 'ChatInput').getByTestId('textarea_str_input_value').fill('nearly lost')
  await page.locator('[data-testid="save-state"][data-state="offline"]').waitFor()
  const again = await page.context().newPage()
  await page.close()
  await again.context().setOffline(false)
  await again.goto(`${runnel.address}/flow/${flowId}`)
  await again.getByTestId('restore-draft').click()
  await expect.poll(firstValue).toBe('nearly lost')
})

test('a locked flow can be looked at and run, not changed', async () => {
  await chat(page)
  await saved(page)
  await page.getByTestId('lock-flow').click()
  await page.getByRole('button', { name: 'Unlock the flow' }).waitFor()
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  expect(await page.locator('.react-flow__node').count()).toBe(2)
  await runnel.client.call(updateFlow, { params: { flow_id: flowId }, body: { locked: false } })
})

test('a flow that does not save itself is not left without its changes unasked', async () => {
  const config = await (await fetch(`${runnel.address}/api/v1/config`)).json()
  await page.route('**/api/v1/config', (route) => route.fulfill({ json: { ...config, auto_saving: false } }))
  await page.reload()
  await add(page, 'Chat Input')
  await page.locator('[data-testid="save-state"][data-state="unsaved"]').waitFor()
  const home = page.getByTestId('back_page_button')
  await home.click()
  const asked = page.getByTestId('leave-dialog')
  await asked.getByRole('button', { name: 'Stay' }).click()
  await node(page, 'ChatInput').waitFor()
  // The mark leads home, too, and asks as well.
  await page.getByTestId('icon-ChevronLeft').click()
  expect(await seriousFindings(page)).toEqual([])
  await asked.getByTestId('save-and-leave').click()
  await page.waitForURL(/\/flows$|\/projects\/[^/]+$/)
  const storedText = async () =>
    JSON.stringify((await runnel.client.call(readFlow, { params: { flow_id: flowId } })).data)
  expect(await storedText()).toContain('ChatInput-')

  await page.goto(`${runnel.address}/flow/${flowId}`)
  await add(page, 'Chat Output')
  await page.locator('[data-testid="save-state"][data-state="unsaved"]').waitFor()
  await home.click()
  await asked.getByTestId('leave-unsaved').click()
  await page.waitForURL(/\/projects\/[^/]+$/)
  // What is opened anew is as it was saved, and nothing is offered to be restored.
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await node(page, 'ChatInput').waitFor()
  expect(await node(page, 'ChatOutput').count()).toBe(0)
  expect(await page.getByTestId('restore-draft').count()).toBe(0)
  expect(await storedText()).not.toContain('ChatOutput-')
})

/** Goes back with Shift+Tab until something has the focus. */
async function tabBackTo(target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await hasFocus(target)) return
    await page.keyboard.press('Shift+Tab')
  }
  throw new Error('Tab does not lead there')
}

const hasFocus = (target: Locator): Promise<boolean> => target.evaluate((element) => element === document.activeElement)

test('three nodes are added, connected, run and read with the keyboard alone', async () => {
  await page.locator('body').press('Tab')
  await page.getByRole('link', { name: 'Skip to the content' }).press('Enter')
  await expect.poll(() => hasFocus(page.getByRole('application'))).toBe(true)
  const addByKey = async (name: string): Promise<void> => {
    await page.keyboard.press('a')
    await page.getByTestId('quick-add-input').waitFor()
    await page.keyboard.type(name)
    await page.getByRole('option', { name, exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByTestId('quick-add-input').waitFor({ state: 'detached' })
  }
  const connectByKey = async (to: string): Promise<void> => {
    await page.keyboard.press('c')
    await page.getByPlaceholder('Connect to…').waitFor()
    await page.keyboard.type(to)
    await page.getByRole('option', { name: to }).first().waitFor()
    await page.keyboard.press('Enter')
  }
  await addByKey('Chat Input')
  await addByKey('Combine Text')
  await connectByKey('Chat Input: Chat Message → Combine Text: First Text')
  await addByKey('Chat Output')
  await connectByKey('Combine Text: Combined Text → Chat Output: Inputs')
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(2)
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('node_duration_chat output').waitFor()
  await page.keyboard.press('Home')
  const said = (): Promise<string | null> => page.getByTestId('announcer').textContent()
  await expect.poll(said).toContain('Chat Input, node 1 of 3, built in')

  await page.keyboard.press('Control+Shift+Enter')
  await expect.poll(() => hasFocus(page.getByTestId('input-chat-playground'))).toBe(true)
  await page.keyboard.type('Read by key')
  await page.keyboard.press('Enter')
  const answer = page.locator('[data-testid="div-chat-message"][data-state="complete"]').last()
  await answer.getByText('Read by key').waitFor()
  await tabBackTo(answer.getByRole('button', { name: 'Copy message' }))
  await tabBackTo(page.getByRole('log'))
})

test('a handle that has the focus lists what it can be connected to, and Tab leaves the canvas in one step', async () => {
  await add(page, 'Chat Input')
  await add(page, 'Chat Output')
  await tidyUp(page)
  const canvas = page.getByRole('application')
  const list = page.getByPlaceholder('Connect to…')
  const output = page.getByRole('button', { name: /^Output Chat Message of Chat Input/ })
  await output.press('Enter')
  await list.waitFor()
  await expect
    .poll(() => page.getByRole('option').allTextContents())
    .toEqual(['Chat Input: Chat Message → Chat Output: Inputs', 'New component…'])
  await page.keyboard.press('Escape')
  await expect.poll(() => hasFocus(output)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Chat Output: Inputs', selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.react-flow__edge').waitFor()
  await expect.poll(() => hasFocus(canvas)).toBe(true)
  await page.getByRole('button', { name: /^Input Inputs of Chat Output/ }).press('Enter')
  await page.getByRole('option', { name: 'New component…' }).click()
  await page.getByTestId('quick-add-input').press('Escape')
  await canvas.press('End')
  await page.keyboard.press('Tab')
  await expect.poll(() => canvas.evaluate((element) => element.contains(document.activeElement))).toBe(false)
})

test('a node is moved by keys, which is saved and undone like a drag, and given up with Escape', async () => {
  await add(page, 'Chat Input')
  await tidyUp(page)
  await saved(page)
  const x = async (): Promise<number | undefined> => (await stored()).nodes[0]?.position.x
  const place = () => node(page, 'ChatInput').evaluate((element) => element.style.transform)
  const before = await x()
  await page.getByRole('application').press('Home')
  for (const key of ['m', 'ArrowRight', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key)
  await expect.poll(x).toBe(Number(before) + 72)
  await page.keyboard.press('Control+z')
  await expect.poll(x).toBe(before)
  const kept = await place()
  for (const key of ['m', 'ArrowDown']) await page.keyboard.press(key)
  await expect.poll(place).not.toBe(kept)
  await page.keyboard.press('Escape')
  await expect.poll(place).toBe(kept)
})

test.each([
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)('the workspace has no serious accessibility findings in %s, %s', async (locale, colorScheme) => {
  await chat(page)
  await saved(page)
  const reader = await newPage({ locale, colorScheme })
  await reader.goto(`${runnel.address}/flow/${flowId}`)
  await node(reader, 'ChatOutput').click()
  await reader.getByTestId('run-flow').click()
  await reader.getByTestId('node_duration_chat output').waitFor()
  expect(await seriousFindings(reader)).toEqual([])
  await reader.context().close()
})
