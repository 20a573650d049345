import { listFlows, readFlow } from '@runnel/protocol/flows'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { startJourney } from './journey.ts'
import { addComponent, quickAdd, saved } from './on-canvas.ts'

const { runnel, newPage } = startJourney()
let page: Page

beforeEach(async () => {
  page = await newPage()
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('new-project-btn').or(page.getByTestId('new_project_btn_empty_page')).first().click()
  await page.getByTestId('template_basic-prompting').waitFor()
  return () => page.context().close()
})

/** Names of the flows the server has. */
async function stored(): Promise<readonly string[]> {
  const answer = await runnel.client.call(listFlows, { query: { header_flows: true } })
  return Array.isArray(answer) ? answer.map(({ name }) => name).sort() : []
}

test('a new flow that is left as it is leaves nothing behind, also after a reload', async () => {
  const before = await stored()
  expect(await seriousFindings(page)).toEqual([])
  await page.reload()
  await page.getByTestId('new-flow-overlay').waitFor()
  await page.getByTestId('blank-flow').click()
  await page.getByTestId('new-flow-overlay').waitFor({ state: 'detached' })
  await page.getByTestId('back_page_button').click()
  await page.getByTestId('mainpage_title').waitFor()
  await expect.poll(stored).toEqual(before)
})

test('the first change stores it, under the next free name, and its page goes on', async () => {
  const before = await stored()
  const address = new URL(page.url()).pathname
  for (const name of ['New flow', 'New flow (1)']) {
    await page.getByTestId('blank-flow').click()
    await page.locator('.react-flow__pane').dblclick({ position: { x: 300, y: 300 } })
    await quickAdd(page, 'Chat Output')
    await page.getByTestId('div-generic-node').waitFor()
    await saved(page)
    await expect.poll(() => page.getByTestId('flow_name').textContent()).toBe(name)
    await expect.poll(() => new URL(page.url()).search).toBe('')
    await page.reload()
    await page.getByTestId('div-generic-node').waitFor()
    await page.getByTestId('back_page_button').click()
    await page.getByTestId('new-project-btn').click()
  }
  await expect.poll(stored).toEqual([...before, 'New flow', 'New flow (1)'].sort())
  expect(new URL(page.url()).pathname).not.toBe(address)
})

test('what is added from the list lands in the middle, wherever the mouse was left', async () => {
  // The mouse stays where the button was, which is the canvas now.
  await page.getByTestId('blank-flow').click()
  await addComponent(page, 'Chat Output')
  const place = (of: string) =>
    page.locator(of).evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    })
  const [middle, node] = [await place('.react-flow'), await place('.react-flow__node')]
  expect(Math.hypot(node.x - middle.x, node.y - middle.y)).toBeLessThan(200)
})

test('a template takes the place of the empty flow', async () => {
  const before = await stored()
  const address = new URL(page.url()).pathname
  await page.getByTestId('template_basic-prompting').click()
  await page.getByTestId('input-chat-playground').waitFor()
  await expect.poll(() => page.getByTestId('flow_name').textContent()).toBe('Basic Prompting')
  expect(new URL(page.url()).pathname).toBe(address)
  await expect.poll(stored).toEqual([...before, 'Basic Prompting'].sort())
})

test('a name given before anything else stores it', async () => {
  const before = await stored()
  await page.getByTestId('flow_name').click()
  await page.getByTestId('input-flow-name').fill('Named first')
  await page.getByRole('button', { name: '🚀' }).click()
  await page.getByRole('button', { name: '#1d4ed8' }).click()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('save-flow-settings').click()
  await expect.poll(() => page.getByTestId('flow_name').textContent()).toBe('Named first')
  await expect.poll(stored).toEqual([...before, 'Named first'].sort())
  const params = { flow_id: new URL(page.url()).pathname.split('/').at(-1) ?? '' }
  const flow = await runnel.client.call(readFlow, { params })
  expect(flow).toMatchObject({ icon: '🚀', icon_bg_color: '#1d4ed8' })
})
