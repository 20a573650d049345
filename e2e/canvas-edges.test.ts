import { createFlow } from '@runnel/protocol/flows'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { startJourney } from './journey.ts'
import { addComponent, nodeOf, quickAdd, tidyUp } from './on-canvas.ts'
import { pressInToast } from './toasts.ts'

const { runnel, newPage } = startJourney()
let page: Page
let made = 0

beforeEach(async () => {
  const flow = await runnel.client.call(createFlow, {
    body: { name: `Edges ${++made}`, data: { nodes: [], edges: [] } },
  })
  page = await newPage()
  await page.goto(`${runnel.address}/flow/${flow.id}`)
  for (const name of ['Prompt Template', 'Prompt Template', 'Chat Output']) await addComponent(page, name)
  await tidyUp(page)
  return () => page.context().close()
})

const node = (type: string, index = 0): Locator => nodeOf(page, type).nth(index)
const output = (index: number): Locator => node('Prompt', index).locator('.flow-handle.source')
const input = (): Locator => node('ChatOutput').locator('.flow-handle.target').first()
const edges = (): Promise<number> => page.locator('.react-flow__edge').count()
/** Selects the edge from a prompt. */
const edgeOf = async (index: number): Promise<string> =>
  `.react-flow__edge[data-id*="${await node('Prompt', index).getAttribute('data-id')}"]`
const edgeFrom = async (index: number): Promise<boolean> => (await page.locator(await edgeOf(index)).count()) === 1

async function placeOf(handle: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await handle.boundingBox()
  if (!box) throw new Error('a handle is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
/** Once the nodes have come to rest. */
async function atRest(handle: Locator): Promise<{ readonly x: number; readonly y: number }> {
  await handle.hover()
  return placeOf(handle)
}
async function drag(from: Locator, to: { readonly x: number; readonly y: number }): Promise<void> {
  const { x, y } = await placeOf(from)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move((x + to.x) / 2, (y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
}

test('an output and then an input are clicked, and an edge joins them', async () => {
  await output(0).click()
  await page.getByTestId('sidebar-filter-reset').waitFor()
  await expect.poll(() => input().getAttribute('data-fit')).toBe('fits')
  await input().click()
  await expect.poll(edges).toBe(1)
  await page.getByTestId('sidebar-filter-reset').waitFor({ state: 'detached' })
  // A click that is thought better of leaves nothing behind.
  await output(1).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => input().getAttribute('data-fit')).toBe('none')
  await input().click()
  await page.keyboard.press('Escape')
  expect(await edges()).toBe(1)
})

test('a field that takes one edge offers to take another for it, and the former back', async () => {
  await drag(output(0), await atRest(input()))
  await page.mouse.up()
  await expect.poll(() => edgeFrom(0)).toBe(true)
  await drag(output(1), await atRest(input()))
  await expect.poll(() => input().getAttribute('data-fit')).toBe('replaces')
  const [former, latter] = [await edgeOf(0), await edgeOf(1)]
  await pressInToast(page, {
    button: 'Take back',
    after: () => page.mouse.up(),
    when: `body:has(${latter}):not(:has(${former}))`,
  })
  await expect.poll(() => edgeFrom(0)).toBe(true)
  expect(await edges()).toBe(1)
  // Its menu moves an end of it too.
  await page.locator('.react-flow__edge').dispatchEvent('contextmenu', { clientX: 700, clientY: 300 })
  await page.getByTestId('menu-reconnect-source').click()
  await output(1).click()
  await expect.poll(() => edgeFrom(1)).toBe(true)
  expect(await edges()).toBe(1)
})

test('an end of an edge is let go of with Alt and finds a new component, without it the edge goes', async () => {
  await output(0).click()
  await input().click()
  await expect.poll(edges).toBe(1)
  const empty = await page.locator('.react-flow__pane').boundingBox()
  if (!empty) throw new Error('no canvas')
  const free = { x: empty.x + empty.width * 0.75, y: empty.y + 60 }
  const end = page.locator('.react-flow__edgeupdater-target')
  // Escape gives the way up, wherever the button is let go of then.
  await drag(end, free)
  await page.locator('.react-flow__connection').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.react-flow__connection').waitFor({ state: 'detached' })
  await page.mouse.up()
  expect(await edges()).toBe(1)
  await page.keyboard.down('Alt')
  await drag(end, free)
  await page.mouse.up()
  await page.keyboard.up('Alt')
  await quickAdd(page, 'Language Model')
  await node('LanguageModelComponent').waitFor()
  await expect.poll(() => edgeFrom(0)).toBe(true)
  expect(await edges()).toBe(1)
  await expect.poll(() => input().getAttribute('data-fit')).toBe('none')
  await drag(end, { x: empty.x + 30, y: empty.y + 30 })
  await page.mouse.up()
  await expect.poll(edges).toBe(0)
})
