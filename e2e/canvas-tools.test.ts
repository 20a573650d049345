import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFlowVersion } from '@runnel/protocol/flow-versions'
import { createFlow, type FlowCreate, readFlow } from '@runnel/protocol/flows'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { startJourney } from './journey.ts'
import { nodeOf, saved, viewAtRest } from './on-canvas.ts'

let model: ChatServer
const { runnel, newPage } = startJourney(async () => {
  model = await chatServer()
  return { OPENAI_BASE_URL: model.url, LANGFLOW_VARIABLES_TO_GET_FROM_ENVIRONMENT: 'OPENAI_BASE_URL' }
})
let page: Page
let flowId: string

afterAll(async () => {
  await model[Symbol.asyncDispose]()
})
beforeEach(async () => {
  const starter: FlowCreate = JSON.parse(
    await readFile(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8'),
  )
  flowId = (await runnel.client.call(createFlow, { body: starter })).id
  page = await newPage()
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await node('ChatInput').waitFor()
  await viewAtRest(page)
  return () => page.context().close()
})

const node = (type: string) => nodeOf(page, type)
const head = async (type: string) => {
  const box = await node(type).boundingBox()
  if (!box) throw new Error(`${type} is not in view`)
  return { x: box.x + 80, y: box.y + 16, top: box.y }
}
const view = () => page.locator('.react-flow__viewport').evaluate((element) => element.style.transform)

/** Where the server has the nodes of a type, and their fields. */
async function stored(type: string) {
  const { data } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  // A starter of this repository.
  const nodes = (data?.nodes ?? []) as readonly {
    readonly id: string
    readonly position: { readonly x: number; readonly y: number }
    readonly data: { readonly node: { readonly template: Readonly<Record<string, { readonly value?: unknown }>> } }
  }[]
  const found = nodes.find(({ id }) => id.startsWith(`${type}-`))
  if (!found) throw new Error(`no ${type} is stored`)
  return found
}

test('what is dragged lines up with nothing once the help menu says so', async () => {
  const guides = page.getByTestId('smart_guides')
  const switchGuides = async () => {
    await page.getByTestId('help-menu').click()
    await guides.click()
    await guides.waitFor({ state: 'detached' })
  }
  await switchGuides()
  const [from, to] = [await head('ChatOutput'), await head('ChatInput')]
  const drag = async () => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x + 20, from.y + 60)
    await page.mouse.move(from.x + 40, from.y + (to.top - from.top) + 2)
  }
  await drag()
  expect(await page.getByTestId('guide-y').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await page.keyboard.press('ControlOrMeta+z')
  await switchGuides()
})

test('a dragged node shows the line it is in line with, and is dropped on it', async () => {
  const [from, to] = [await head('ChatOutput'), await head('ChatInput')]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 20, from.y + 60)
  await page.mouse.move(from.x + 40, from.y + (to.top - from.top) + 2)
  const line = await page.getByTestId('guide-y').evaluate((element) => Number.parseFloat(element.style.top))
  const zoom = Number(/scale\((.*?)\)/.exec(await view())?.[1])
  const height = ((await node('ChatOutput').boundingBox())?.height ?? 0) / zoom
  await page.mouse.up()
  await page.getByTestId('guide-y').waitFor({ state: 'detached' })
  /** How far the line is from the top, the middle or the foot of the node, whichever is nearest. */
  const away = async (): Promise<number> => {
    const { y } = (await stored('ChatOutput')).position
    return Math.min(...[y, y + height / 2, y + height].map((mark) => Math.abs(mark - line)))
  }
  await expect.poll(away).toBeLessThan(2)
})

test('arrows move what was selected with the mouse, eight pixels or far, and one undo takes a burst back', async () => {
  const { position } = await stored('ChatOutput')
  // One burst, however slowly the keys arrive.
  await page.clock.setFixedTime(Date.now())
  const at = await head('ChatOutput')
  await page.mouse.click(at.x, at.y)
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key)
  const moved = { x: position.x + 16, y: position.y + 64 }
  await expect.poll(async () => (await stored('ChatOutput')).position).toEqual(moved)
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(async () => (await stored('ChatOutput')).position).toEqual(position)
})

test('two fingers move the view, a pinch zooms it', async () => {
  const zoomOf = (transform: string): string | undefined => /scale\((.*?)\)/.exec(transform)?.[1]
  const before = await view()
  await page.mouse.move(700, 120)
  await page.mouse.wheel(13, 40)
  await expect.poll(view).not.toBe(before)
  const panned = await view()
  expect(zoomOf(panned)).toBe(zoomOf(before))
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -60)
  await page.keyboard.up('Control')
  await expect.poll(async () => zoomOf(await view())).not.toBe(zoomOf(panned))
})

test('the view is dragged from a node too while Space is held', async () => {
  const before = await view()
  const { position } = await stored('ChatInput')
  const at = await head('ChatInput')
  await page.mouse.move(at.x, at.y)
  await page.keyboard.down('Space')
  await page.mouse.down()
  await page.mouse.move(at.x + 60, at.y + 40, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up('Space')
  await expect.poll(view).not.toBe(before)
  const moved = await head('ChatInput')
  expect([Math.round(moved.x - at.x), Math.round(moved.y - at.y)]).toEqual([60, 40])
  expect((await stored('ChatInput')).position).toEqual(position)
})

test('a text is replaced everywhere, after a question', async () => {
  const field = node('Prompt').locator('textarea, [contenteditable]').first()
  const before = String((await stored('Prompt')).data.node.template.template?.value)
  const [word = ''] = /\p{L}{4,}/u.exec(before) ?? []
  expect(word).not.toBe('')
  await field.or(page.locator('.react-flow__pane')).first().waitFor()
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } })
  await page.keyboard.press('ControlOrMeta+f')
  await page.getByRole('search').getByRole('textbox').first().fill(word)
  await page.getByTestId('show-replace').click()
  await page.getByRole('search').getByRole('textbox').nth(1).fill('WORD')
  await page.getByTestId('replace-all').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Replace all' }).click()
  const after = before.replaceAll(new RegExp(word, 'gi'), 'WORD')
  await expect.poll(async () => (await stored('Prompt')).data.node.template.template?.value).toBe(after)
})

test('a frame takes along what stands in it, and folds it away until it is opened again', async () => {
  const { position } = await stored('ChatInput')
  const at = await head('ChatInput')
  await page.mouse.click(at.x, at.y)
  await page.keyboard.press('f')
  await page.getByTestId('frame-title').fill('Asking')
  await page.getByTestId('frame-title').press('Enter')
  const box = await page.getByTestId('frame_node').locator('.frame-head').boundingBox()
  if (!box) throw new Error('the frame is not in view')
  await page.mouse.move(box.x + box.width / 2, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 30, box.y + 40, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await stored('ChatInput')).position.y).toBeGreaterThan(position.y)
  const edges = await page.locator('.react-flow__edge').count()
  await page.getByTestId('fold-frame').click()
  await node('ChatInput').waitFor({ state: 'detached' })
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(edges)
  await expect
    .poll(async () => (await stored('note')).data)
    .toMatchObject({ frame: { folded: true }, node: { description: 'Asking' } })
  await page.reload()
  await page.getByTestId('fold-frame').waitFor()
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(edges)
  await page.getByTestId('fold-frame').click()
  await node('ChatInput').waitFor()
})

test('a note of the strip follows the pointer until a click puts it down', async () => {
  const notes = await page.getByTestId('note_node').count()
  await page.getByTestId('sidebar-nav-add_note').click()
  await page.getByTestId('place-note').click({ position: { x: 500, y: 60 } })
  await expect.poll(() => page.getByTestId('note_node').count()).toBe(notes + 1)
  const note = page.locator('.react-flow__node-note').filter({ has: page.getByTestId('color_picker') })
  const look = (): Promise<string> =>
    note.getByTestId('note_node').evaluate((element) => getComputedStyle(element).backgroundColor)
  await page.getByTestId('color_picker').click()
  const rose = page.getByRole('menuitemcheckbox', { name: 'Rose' })
  const swatch = await rose
    .locator('span')
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(swatch).not.toBe(await look())
  await rose.click()
  await expect.poll(look).toBe(swatch)
  await page.getByTestId('sidebar-nav-add_note').click()
  await page.getByTestId('place-note').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('place-note').waitFor({ state: 'detached' })
  expect(await page.getByTestId('note_node').count()).toBe(notes + 1)
})

test('from afar fields are bars, and nodes are cards in the colour of their category', async () => {
  const detail = () => page.locator('#react-flow-id').getAttribute('data-detail')
  const zoomOutTo = async (wanted: string): Promise<void> => {
    while ((await detail()) !== wanted) {
      await page.keyboard.press('Control+-')
      await viewAtRest(page)
    }
  }
  const field = node('ChatInput').getByTestId('field-input_value')
  const opacity = () => field.evaluate((element) => getComputedStyle(element).opacity)
  const cardOf = (type: string) =>
    node(type)
      .locator('.node-head')
      .evaluate((head) => getComputedStyle(head, '::before').backgroundColor)
  await page.getByTestId('disclosure-input / output').waitFor()
  expect([await detail(), await opacity()]).toEqual(['full', '1'])
  const { height } = (await node('ChatInput').boundingBox()) ?? { height: 0 }
  const zoom = async () => Number(/scale\((.*?)\)/.exec(await view())?.[1])
  const full = height / (await zoom())
  await zoomOutTo('bars')
  expect(await opacity()).toBe('0')
  await field.hover()
  expect(await opacity()).toBe('1')
  await page.mouse.move(0, 0)
  await zoomOutTo('card')
  expect(await cardOf('ChatInput')).toBe(await cardOf('ChatOutput'))
  expect(await cardOf('ChatInput')).not.toBe(await cardOf('LanguageModelComponent'))
  // It keeps its size, and so do its edges their ends.
  const small = ((await node('ChatInput').boundingBox())?.height ?? 0) / (await zoom())
  expect(small).toBeCloseTo(full, 0)
})

test('the minimap goes where it is clicked', async () => {
  await page.getByRole('button', { name: 'Minimap' }).click()
  const before = await view()
  await page.getByTestId('minimap').click({ position: { x: 20, y: 20 } })
  await expect.poll(view).not.toBe(before)
})

test('a run without any model sets one up in place and goes on', async () => {
  await page.getByTestId('run-flow').click()
  const dialog = page.getByTestId('model-setup-dialog')
  await dialog.getByRole('button', { name: 'OpenAI', exact: true }).click()
  await dialog.locator('input[type="password"]').first().fill('sk-typed')
  await dialog.locator('button[type="submit"]').click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Flow built successfully').waitFor()
  const chosen = async () => (await stored('LanguageModelComponent')).data.node.template.model?.value
  await expect.poll(chosen).toMatchObject([{ provider: 'OpenAI' }])
})

test("a flow's versions, what differs between two, and a flow by its project have addresses of their own", async () => {
  await page.goto(`${runnel.address}/flow/${flowId}/versions`)
  await page.getByText('No version of this flow is kept yet.').waitFor()
  await node('ChatInput').waitFor()
  await runnel.client.call(createFlowVersion, { params: { flow_id: flowId }, body: { description: 'First' } })
  await node('ChatInput').locator('textarea').first().fill('Hello\nthere')
  await saved(page)
  await page.reload()
  await page.getByRole('link', { name: 'Compare v1 with the draft' }).click()
  const change = page.getByTestId(`change-${(await stored('ChatInput')).id}`)
  await change.getByText('Input Text').waitFor()
  await change.getByText('there').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('compare-from').click()
  await page.getByRole('option', { name: 'Draft' }).click()
  await page.getByText('Nothing differs.').waitFor()
  expect(new URL(page.url()).searchParams.get('to')).toBe('draft')
  const { folder_id } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  await page.goto(`${runnel.address}/flow/${flowId}/project/${folder_id}`)
  await page.waitForURL(`${runnel.address}/flow/${flowId}`)
  await node('ChatInput').waitFor()
})
