import { patchGraph } from '@runnel/protocol/flow-changes'
import { listFlowVersions } from '@runnel/protocol/flow-versions'
import { createFlow, type FlowRead, readFlow } from '@runnel/protocol/flows'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { saved } from './on-canvas.ts'

const { runnel, newPage } = startJourney()
let page: Page
let flow: FlowRead

beforeEach(async () => {
  flow = await runnel.client.call(createFlow, { body: await echoFlow('Together') })
  page = await newPage()
  await page.goto(`${runnel.address}/flow/${flow.id}`)
  await name(0).waitFor()
  return () => page.context().close()
})

const params = () => ({ flow_id: flow.id })
/** Another program saves a name for a node. */
async function rename(index: number, value: string): Promise<void> {
  const { version_token } = await runnel.client.call(readFlow, { params: params() })
  const patch = [{ op: 'replace' as const, path: `/nodes/${index}/data/node/display_name`, value }]
  await runnel.client.call(patchGraph, { params: params(), headers: { 'if-match': version_token }, body: { patch } })
}
const nodeIds = (): readonly string[] =>
  ((flow.data?.nodes ?? []) as readonly { readonly id: string }[]).map(({ id }) => id)
const name = (index: number) => page.locator(`.react-flow__node[data-id="${nodeIds()[index]}"] [data-testid^="title-"]`)
/** Renames a node by hand. */
async function renameHere(index: number, value: string): Promise<void> {
  await name(index).click()
  await page.keyboard.press('F2')
  const title = page.locator('[data-testid^="input-title-"]')
  await title.fill(value)
  await title.press('Enter')
}
async function names(): Promise<readonly string[]> {
  const { data } = await runnel.client.call(readFlow, { params: params() })
  // Made by `echoFlow`.
  const nodes = (data?.nodes ?? []) as readonly {
    readonly data: { readonly node: { readonly display_name: string } }
  }[]
  return nodes.map((node) => node.data.node.display_name)
}

test('what another program saves appears on the open canvas, with its name', async () => {
  await rename(0, 'From elsewhere')
  await page.getByText('From elsewhere', { exact: true }).waitFor()
  await page.getByText(/changed From elsewhere/).waitFor()
  await saved(page)
})

test('a tab beside this one takes in at once what is saved here, and saves nothing itself', async () => {
  const beside = await page.context().newPage()
  // It may not ask the server who has saved: this tab tells it.
  await beside.route('**/flows/*/events*', (route) => route.abort())
  const writes: string[] = []
  beside.on('request', (request) => void (request.method() === 'PATCH' && writes.push(request.url())))
  await beside.goto(`${runnel.address}/flow/${flow.id}`)
  await beside.locator('.react-flow__node').first().waitFor()
  await renameHere(0, 'Told by a tab')
  await beside.getByText('Told by a tab', { exact: true }).waitFor()
  await saved(beside)
  expect(writes).toEqual([])
})

test('a changed name is saved by a request of its size, and a reload keeps undo', async () => {
  const [before] = await names()
  // The first save may bring old edges up to date as well.
  await renameHere(1, 'Renamed before')
  await expect.poll(names).toContain('Renamed before')
  await saved(page)
  const sent = page.waitForRequest((request) => request.url().endsWith('/graph'))
  await renameHere(0, 'Renamed')
  expect((await sent).postDataBuffer()?.length).toBeLessThan(200)
  await saved(page)
  await expect.poll(names).toContain('Renamed')
  await page.reload()
  await page.getByText('Renamed', { exact: true }).waitFor()
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  await expect.poll(() => undo.isEnabled()).toBe(true)
  await undo.click()
  await expect.poll(async () => (await names())[0]).toBe(before)
})

test('what a tab could not save is put back over what others have saved since', async () => {
  await page.context().setOffline(true)
  await renameHere(0, 'Left here')
  await page.locator('[data-testid="save-state"][data-state="offline"]').waitFor()
  await rename(1, 'Saved since')
  const again = await page.context().newPage()
  await page.close()
  page = again
  await page.context().setOffline(false)
  await page.goto(`${runnel.address}/flow/${flow.id}`)
  await page.getByTestId('restore-draft').click()
  await expect.poll(names).toEqual(['Left here', 'Saved since'])
  await page.getByText('Saved since', { exact: true }).waitFor()
})

test('where both changed the same, each side is shown, the chosen one is saved, and the other kept as a version', async () => {
  await page.route('**/events**', (route) => route.abort())
  await page.route('**/graph', (route) => route.abort())
  await renameHere(0, 'Mine 1')
  await renameHere(1, 'Mine 2')
  await rename(0, 'Theirs 1')
  await rename(1, 'Theirs 2')
  await page.unroute('**/graph')
  const dialog = page.getByTestId('conflict-dialog')
  await dialog.getByText('Theirs 1', { exact: true }).waitFor()
  expect(await dialog.getByRole('rowheader', { name: 'Name', exact: true }).count()).toBe(2)
  await page.keyboard.press('Escape')
  await page.getByTestId('run-flow').click()
  await page.getByText('Choose what to keep before you run it', { exact: false }).waitFor()
  // In a narrow window too the bar covers nothing.
  await page.setViewportSize({ width: 1024, height: 768 })
  await page.getByTestId('sidebar-search-input').click()
  await page.getByTestId('conflict-bar').getByRole('button').click()
  const second = dialog.getByTestId(`conflict-${nodeIds()[1]}`)
  await second.getByRole('button', { name: 'Take theirs' }).click()
  await dialog.getByTestId('conflict-apply').click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(names).toEqual(expect.arrayContaining(['Mine 1', 'Theirs 2']))
  const { entries } = await runnel.client.call(listFlowVersions, { params: params() })
  expect(entries.map(({ description }) => description)).toEqual([
    'Set aside: theirs was taken in a conflict',
    'Replaced by a newer edit in a conflict',
  ])
})
