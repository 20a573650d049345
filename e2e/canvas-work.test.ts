import { createFlow, type FlowCreate } from '@runnel/protocol/flows'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startJourney } from './journey.ts'
import { viewAtRest } from './on-canvas.ts'

/*
 * What a large flow costs, counted and not timed, so that it is the same on any machine: the elements in the page,
 * and those a gesture changes. A figure may grow by 15 % before somebody has to look at it. Frames and milliseconds are
 * measured by `npm run bench:web`.
 */
const SLACK = 1.15
/** Elements in the page when all of the flow is in view, whatever its size. */
const FROM_AFAR = 1015
/** Elements of a node of three fields, and how many nodes may be elements: in view, and kept or made ahead around it. */
const OF_NODE = 84
const MOST_NODES = 40 + 48

const { runnel, newPage } = startJourney()

const OUTPUT = { name: 'value', types: ['Message'], selected: 'Message', display_name: 'Value' }
const COMPONENT = {
  display_name: 'Step',
  description: 'A step of a long way',
  icon: 'Type',
  template: Object.fromEntries(
    ['first', 'second', 'third'].map((name) => [
      name,
      { type: 'str', name, display_name: name, value: name, show: true, input_types: ['Message'] },
    ]),
  ),
  outputs: [OUTPUT],
}

/** Nodes in rows, each fed by the one before it. */
function rowsOf(count: number): FlowCreate['data'] {
  const ids = Array.from({ length: count }, (_, index) => `Step-${index}`)
  const nodes = ids.map((id, index) => ({
    id,
    type: 'genericNode',
    position: { x: (index % 40) * 420, y: Math.floor(index / 40) * 460 },
    data: { id, type: 'CombineText', node: COMPONENT },
  }))
  const edges = ids.slice(1).map((target, index) => {
    const source = ids[index] ?? ''
    const sourceHandle = { dataType: 'CombineText', id: source, name: 'value', output_types: ['Message'] }
    const targetHandle = { fieldName: 'first', id: target, inputTypes: ['Message'], type: 'str' }
    const print = (handle: object): string => JSON.stringify(handle).replaceAll('"', 'œ')
    return {
      id: `edge-${index}`,
      source,
      target,
      sourceHandle: print(sourceHandle),
      targetHandle: print(targetHandle),
      data: { sourceHandle, targetHandle },
    }
  })
  return { nodes, edges }
}

const elements = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length)

/**
 * Waits until nothing of the canvas changes any more: what comes into view is drawn, what left it goes, and what is heard
 * of nodes is shown when there is time for it.
 */
async function drawn(page: Page): Promise<void> {
  await viewAtRest(page)
  await page.evaluate(async () => {
    const canvas = document.querySelector('.react-flow')
    if (!canvas) throw new Error('There is no canvas')
    let since = performance.now()
    let frames = 0
    const watch = new MutationObserver(() => {
      since = performance.now()
      frames = 0
    })
    watch.observe(canvas, { subtree: true, attributes: true, childList: true, characterData: true })
    for (; performance.now() - since < 1000 || frames < 12; frames++) await new Promise(requestAnimationFrame)
    watch.disconnect()
  })
}

/** The nodes and edges that were there before and that something changes. */
async function changedBy(page: Page, act: () => Promise<void>) {
  await page.evaluate(() => {
    const changed = new Set<Element>()
    const before = new Set(document.querySelectorAll('.react-flow__node, .react-flow__edge'))
    const watch = new MutationObserver((records) => {
      for (const { target } of records) if (target instanceof Element) changed.add(target)
    })
    const canvas = document.querySelector('.react-flow')
    if (canvas) watch.observe(canvas, { subtree: true, attributes: true, childList: true, characterData: true })
    Object.assign(window, { changed, before })
  })
  await act()
  await viewAtRest(page)
  return page.evaluate(() => {
    const changed: ReadonlySet<Element> = Reflect.get(window, 'changed')
    const before: ReadonlySet<Element> = Reflect.get(window, 'before')
    const within = (kind: string): readonly string[] => {
      const whole = [...changed].flatMap((element) => element.closest(kind) ?? [])
      return [...new Set(whole.filter((one) => before.has(one)).map((one) => one.getAttribute('data-id') ?? ''))]
    }
    return { nodes: within('.react-flow__node'), edges: within('.react-flow__edge') }
  })
}

/** A place of the canvas where nothing lies. */
const freePlace = (page: Page): Promise<readonly [number, number]> =>
  page.evaluate(() => {
    for (let x = 380; x < 1300; x += 7) {
      for (let y = 150; y < 700; y += 7) {
        if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return [x, y] as const
      }
    }
    throw new Error('Nothing of the canvas is free')
  })

async function pan(page: Page): Promise<void> {
  const [x, y] = await freePlace(page)
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 1; step <= 20; step++) await page.mouse.move(x + step, y + step)
  await page.mouse.up()
}

async function zoom(page: Page): Promise<void> {
  await page.keyboard.down('Control')
  for (let step = 0; step < 5; step++) await page.mouse.wheel(0, -4)
  await page.keyboard.up('Control')
}

test.each([100, 300, 1000])(
  'a flow of %i nodes draws what is seen, and a gesture changes what it moves',
  async (count) => {
    const body = { name: `Work of ${count}`, data: rowsOf(count) }
    const { id } = await runnel.client.call(createFlow, { body })
    const page = await newPage()
    await page.goto(`${runnel.address}/flow/${id}`)
    await page.locator('[data-overview="drawn"]').waitFor()
    await page.getByTestId('disclosure-input / output').waitFor()
    await drawn(page)
    const still = { nodes: [], edges: [] }
    await expect.poll(() => elements(page)).toBeLessThan(FROM_AFAR * SLACK)
    for (const gesture of [pan, zoom]) expect(await changedBy(page, () => gesture(page))).toEqual(still)

    await page.keyboard.press('Control+0')
    await page.getByTestId('title-Step').first().waitFor()
    await drawn(page)
    const nodes = (): Promise<number> => page.locator('.react-flow__node').count()
    await expect.poll(nodes).toBeLessThanOrEqual(MOST_NODES)
    const most = (FROM_AFAR + (await nodes()) * OF_NODE) * SLACK
    await expect.poll(() => elements(page)).toBeLessThan(most)
    await page.context().close()
  },
)

test('a drag among a thousand nodes changes the node and its edges, and no other', async () => {
  const { id } = await runnel.client.call(createFlow, { body: { name: 'Drag of one', data: rowsOf(1000) } })
  const page = await newPage()
  await page.goto(`${runnel.address}/flow/${id}`)
  await page.locator('[data-overview="drawn"]').waitFor()
  // What the list of components says of nodes is drawn when it comes.
  await page.getByTestId('disclosure-input / output').waitFor()
  await page.keyboard.press('Control+0')
  const title = page
    .locator('.react-flow__node[data-id="Step-499"], .react-flow__node')
    .getByTestId('title-Step')
    .first()
  await title.waitFor()
  await drawn(page)
  const place = await page.evaluate(() => {
    for (const one of document.querySelectorAll('.react-flow__node [data-testid="title-Step"]')) {
      const { x, y, width, height } = one.getBoundingClientRect()
      const [left, top] = [x + width / 2, y + height / 2]
      const onTop = document.elementFromPoint(left, top)
      if (onTop && one.contains(onTop))
        return { left, top, id: one.closest('.react-flow__node')?.getAttribute('data-id') }
    }
    throw new Error('No node is in view')
  })
  const index = Number(place.id?.slice('Step-'.length))
  await page.mouse.move(place.left, place.top)
  await page.mouse.down()
  await page.mouse.move(place.left + 10, place.top + 10)
  await page.locator('.react-flow__node.dragging').waitFor()
  await drawn(page)
  const { nodes, edges } = await changedBy(page, async () => {
    for (let step = 11; step <= 40; step++) await page.mouse.move(place.left + step, place.top + step)
  })
  await page.mouse.up()
  expect(nodes).toEqual([place.id])
  expect([`edge-${index - 1}`, `edge-${index}`]).toEqual(expect.arrayContaining([...edges]))
  await page.context().close()
})

test('what is typed into a field draws no small picture of the flow anew, and a node that moves does', async () => {
  const { id } = await runnel.client.call(createFlow, { body: { name: 'Typed into', data: rowsOf(3) } })
  const page = await newPage()
  await page.addInitScript(() => {
    let count = 0
    const { fillRect } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.fillRect = function (...box) {
      if (this.canvas.closest('[data-testid="minimap"]')) count++
      fillRect.apply(this, box)
    }
    Object.assign(window, { spotsDrawn: () => count })
  })
  await page.goto(`${runnel.address}/flow/${id}`)
  const field = page.locator('.react-flow__node').getByTestId('popover-anchor-input-second').first()
  await field.waitFor()
  await page.getByRole('button', { name: 'Minimap' }).click()
  await page.getByTestId('minimap').waitFor()
  await page.getByTestId('disclosure-input / output').waitFor()
  await field.click()
  await drawn(page)
  const spots = () => page.evaluate(() => Number(Reflect.get(window, 'spotsDrawn')()))
  const before = await spots()
  expect(before).toBeGreaterThan(0)
  await field.pressSequentially(' and words')
  await expect.poll(() => field.inputValue()).toBe('second and words')
  await drawn(page)
  expect(await spots()).toBe(before)
  await page.locator('.react-flow__node').getByTestId('title-Step').first().click()
  await page.keyboard.press('ArrowRight')
  await expect.poll(spots).toBeGreaterThan(before)
  await page.context().close()
})
