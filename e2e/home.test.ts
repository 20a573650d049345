import { readFile } from 'node:fs/promises'
import { createFlow, listFlows, readFlow } from '@runnel/protocol/flows'
import { listProjects } from '@runnel/protocol/projects'
import { publishFlow } from '@runnel/protocol/publications'
import { runFlow } from '@runnel/protocol/runs'
import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { cutWords } from './cut-words.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { pressInToast } from './toasts.ts'

const { runnel, newPage } = startJourney()
let page: Page

beforeAll(async () => {
  for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta']) {
    await runnel.client.call(createFlow, { body: { name, data: { nodes: [], edges: [] } } })
  }
})
beforeEach(async () => {
  page = await newPage()
  await page.goto(`${runnel.address}/flows`)
  return () => page.context().close()
})

const names = () => page.getByTestId('flow-name-div').allTextContents()
const stored = async (): Promise<readonly string[]> => {
  const flows = await runnel.client.call(listFlows, { query: { header_flows: true } })
  return Array.isArray(flows) ? flows.map(({ name }) => name) : []
}
const menuOf = async (name: string): Promise<void> => {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
}

test('a search, an order and a view stay in the address, so that a shared link shows the same', async () => {
  await page.getByTestId('search-store-input').fill('a')
  await page.waitForURL(/q=a/)
  await page.getByRole('combobox', { name: 'Order' }).click()
  await page.getByRole('option', { name: 'Name' }).click()
  await page.waitForURL(/sort=name/)
  await expect.poll(names).toEqual(['Alpha', 'Beta', 'Delta', 'Gamma'])
  await page.getByRole('button', { name: 'List', exact: true }).click()
  await page.waitForURL(/view=list/)
  const other = await newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: 'List', exact: true, pressed: true }).waitFor()
  await other.context().close()
  await page.goto(`${runnel.address}/flows?q=eta`)
  await page.getByText('Beta').waitFor()
  await expect.poll(names).toEqual(['Beta'])
  // This browser remembers it.
  await page.getByRole('button', { name: 'List', exact: true, pressed: true }).waitFor()
  await page.goto(`${runnel.address}/flows?q=nothing+like+it`)
  await page.getByRole('button', { name: 'Clear search and filters' }).click()
  await page.getByText('Gamma').waitFor()
})

test('Back undoes what was chosen in the list, and leads out of a search at once', async () => {
  await page.getByTestId('published-btn').click()
  await page.waitForURL(/kind=published/)
  await page.getByRole('button', { name: 'Show the flows' }).click()
  await expect.poll(names).toContain('Gamma')
  await page.getByTestId('search-store-input').fill('a')
  await page.waitForURL(/q=a$/)
  await page.getByTestId('search-store-input').fill('alp')
  await page.waitForURL(/q=alp$/)
  await page.goBack()
  await expect.poll(names).toContain('Delta')
  await expect.poll(() => new URL(page.url()).search).toBe('')
  await page.goBack()
  await page.waitForURL(/kind=published/)
})

test('a new flow begins from a template, opens, and says what it lacks to run', async () => {
  await page.getByTestId('new-project-btn').click()
  await page.getByTestId('browse-templates').click()
  await page.getByTestId('search-input-template').fill('remembers')
  await page.getByRole('dialog').getByTestId('template_memory-chatbot').click()
  await page.getByTestId('div-generic-node').first().waitFor()
  await expect.poll(stored).toContain('Memory Chatbot')
  await page.getByTestId('dock-problems').getByText('1 problem').click()
  await page.getByText('Language Model asks a language model, and no provider is set up.').click()
  await page.locator('.react-flow__node.selected[data-id^="LanguageModel"]').waitFor()
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('mcp-btn').getByText('MCP server (1)').waitFor()
})

test('a category of templates and a search in it stay in the address', async () => {
  await page.goto(`${runnel.address}/templates`)
  await page.getByRole('button', { name: 'Agents', exact: true }).click()
  await page.getByTestId('search-input-template').fill('wikipedia')
  await page.waitForURL(/category=agents.*q=wikipedia|q=wikipedia.*category=agents/)
  await page.reload()
  await page.getByTestId('category_title_agents').waitFor()
  await page.getByTestId('template_encyclopedia-tutor').waitFor()
  await page.getByTestId('template_simple-agent').waitFor({ state: 'detached' })
})

test('a flow is duplicated, renamed and exported from its menu', async () => {
  await menuOf('Alpha')
  await page.getByTestId('btn-duplicate-flow').click()
  await page.getByText('Alpha (copy)', { exact: true }).waitFor()
  await menuOf('Alpha (copy)')
  await page.getByTestId('btn-edit-flow').click()
  await page.getByTestId('input-flow-name').fill('Epsilon')
  await page.getByTestId('input-endpoint-name').fill('not allowed')
  await page.getByText('Use only letters, numbers, hyphens, and underscores.').waitFor()
  await page.getByTestId('input-endpoint-name').fill('epsilon')
  await page.getByTestId('save-flow-settings').click()
  await page.getByText('/epsilon').waitFor()
  await menuOf('Epsilon')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('btn-download-json').click()])
  expect(download.suggestedFilename()).toBe('Epsilon.json')
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ name: 'Epsilon' })
})

test('the hint of a button does not lie on the menu that it opened', async () => {
  await page.clock.install()
  await page.reload()
  await menuOf('Alpha')
  await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor()
  await page.clock.fastForward(1000)
  expect(await page.getByRole('tooltip').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.clock.fastForward(1000)
  await page.getByRole('tooltip').waitFor()
})

test('a deleted flow can be brought back whole, and is gone once the time is over', async () => {
  await menuOf('Delta')
  await page.getByTestId('btn_delete_dropdown_menu').click()
  await pressInToast(page, {
    button: 'Undo',
    after: () => page.getByTestId('btn_delete_delete_confirmation_modal').click(),
    when: 'body:not(:has([aria-label="Actions for Delta"]))',
  })
  await page.getByText('Delta', { exact: true }).waitFor()
  await expect.poll(stored).toContain('Delta')

  await menuOf('Delta')
  await page.getByTestId('btn_delete_dropdown_menu').click()
  const gone = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByTestId('btn_delete_delete_confirmation_modal').click()
  await gone
  expect(await stored()).not.toContain('Delta')
})

test('closing the page deletes what waits to be deleted', async () => {
  await runnel.client.call(createFlow, { body: { name: 'Zeta', data: { nodes: [], edges: [] } } })
  await page.reload()
  await menuOf('Zeta')
  await page.getByTestId('btn_delete_dropdown_menu').click()
  await page.getByTestId('btn_delete_delete_confirmation_modal').click()
  await page.getByText('Zeta', { exact: true }).waitFor({ state: 'detached' })
  await page.goto('about:blank')
  await expect.poll(stored).not.toContain('Zeta')
})

test('a flow is published and taken back from its card, and the list knows', async () => {
  await page.goto(`${runnel.address}/flows`)
  await menuOf('Gamma')
  await page.getByTestId('btn-publish-flow').click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  // An empty flow cannot be called: what is to be mended is listed.
  await page.getByText('“Gamma” cannot be published yet').waitFor()
  await runnel.client.call(createFlow, { body: await echoFlow('Echo') })
  await page.goto(`${runnel.address}/flows`)
  await menuOf('Echo')
  await page.getByTestId('btn-publish-flow').click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('img', { name: 'Published, version 1' }).waitFor()
  await page.getByTestId('published-btn').click()
  await page.waitForURL(/kind=published/)
  await expect.poll(() => page.getByTestId('list-card').count()).toBe(1)
  expect(await seriousFindings(page)).toEqual([])
  await menuOf('Echo')
  await page.getByTestId('btn-unpublish-flow').click()
  const unpublish = page.getByRole('button', { name: 'Unpublish', exact: true })
  await expect.poll(() => unpublish.isDisabled()).toBe(true)
  await page.getByTestId('type-to-confirm').fill('Echo')
  await unpublish.click()
  await page.getByText('No published flows').waitFor()
})

test('several flows are selected with Shift and move to a project made in the rail', async () => {
  await page.getByTestId('add-project-button').click()
  await page.waitForURL(/\/projects\//)
  await page.getByTestId('more-options-button_new-project').click()
  await page.getByTestId('btn-rename-project').click()
  await page.getByTestId('input-project').fill('客服')
  await page.getByTestId('input-project').press('Enter')
  await page.getByTestId('mainpage_title').getByText('客服').waitFor()
  await page.getByTestId('sidebar-nav-My Projects').click()
  await page.getByText('Alpha', { exact: true }).waitFor()
  const boxes = page.getByTestId(/^checkbox-/)
  await boxes.nth(0).click()
  await boxes.nth(2).click({ modifiers: ['Shift'] })
  await page.getByText('3 selected').waitFor()
  await page.getByRole('toolbar').getByRole('button', { name: 'Move to…' }).click()
  await page.getByRole('menuitem', { name: '客服' }).click()
  await page.getByText('3 flows moved to 客服').first().waitFor()
  await page.getByTestId('sidebar-nav-客服').click()
  await expect.poll(async () => (await names()).length).toBe(3)
})

test('a flow is dragged to a project, and a file dropped on the page is imported', async () => {
  const [project] = await runnel.client.call(listProjects, {})
  await page.getByTestId('list-card').first().waitFor()
  const [first = ''] = await names()
  await page.getByTestId('list-card').first().dragTo(page.getByTestId('sidebar-nav-客服'))
  await page.getByText(first, { exact: true }).waitFor({ state: 'detached' })

  // As a program may write it: a component of another server, without a place.
  const nowhere = { id: 'Nowhere-1', type: 'genericNode', data: { id: 'Nowhere-1', type: 'Nowhere', node: {} } }
  const collection = {
    flows: [
      { name: 'Eta', data: { nodes: [], edges: [] } },
      { name: 'Theta', data: { nodes: [nowhere], edges: [] } },
    ],
  }
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'collection.json', { type: 'application/json' }))
    data.items.add(new File(['[]'], 'nothing.json', { type: 'application/json' }))
    return data
  }, JSON.stringify(collection))
  await page.getByTestId('cards-wrapper').dispatchEvent('dragenter', { dataTransfer: transfer })
  await page.getByText('Drop your flows or components here').waitFor()
  await page.getByTestId('cards-wrapper').dispatchEvent('drop', { dataTransfer: transfer })
  const told = page.getByRole('status').filter({ hasText: '2 flows imported' })
  await told.getByText('“Theta” has a component that is not here: Nowhere.').waitFor()
  await page.getByRole('alert').getByText('nothing.json: no flows in it').waitFor()
  const here = await runnel.client.call(listFlows, { query: { folder_id: project?.id, header_flows: true } })
  expect(Array.isArray(here) ? here.map(({ name }) => name) : []).toEqual(expect.arrayContaining(['Eta', 'Theta']))
  await page.getByText('Theta', { exact: true }).click()
  await page.locator('.react-flow__node').getByText('Nowhere').first().waitFor()
})

test('a line of the list has room in a narrow window, however long ago its flow was edited', async () => {
  const data = await echoFlow('Long ago')
  const { id } = await runnel.client.call(createFlow, { body: { ...data, access_type: 'PUBLIC' } })
  await runnel.client.call(publishFlow, { params: { flow_id: id } })
  await runnel.client.call(runFlow, { params: { flow_id_or_name: id }, body: { input_value: 'Hello' } })
  await page.setViewportSize({ width: 320, height: 810 })
  await page.evaluate(() => localStorage.setItem('runnel.homeView', 'list'))
  const { updated_at } = await runnel.client.call(readFlow, { params: { flow_id: id } })
  await page.clock.setFixedTime(Date.parse(updated_at) + 24 * 60_000)
  await page.reload()
  await page.getByText('24 minutes ago').first().waitFor()
  await page.getByRole('img', { name: 'Published, version 1' }).waitFor()
  expect(await cutWords(page)).toEqual([])
})

test.each([
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)(
  'the list and the gallery have no serious accessibility findings in %s, %s',
  async (locale, colorScheme) => {
    await page.context().close()
    page = await newPage({ locale, colorScheme })
    await page.goto(`${runnel.address}/flows`)
    await page.getByTestId('list-card').first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.getByTestId('new-project-btn').click()
    await page.getByTestId('browse-templates').click()
    await page.getByRole('dialog').getByTestId('template_basic-prompting').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  },
)
