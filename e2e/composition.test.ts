import { createFlow, readFlow } from '@runnel/protocol/flows'
import { listProjects } from '@runnel/protocol/projects'
import { readCatalogue } from '@runnel/protocol/server-info'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { compose, composeWith } from './compose.ts'
import { startJourney } from './journey.ts'
import { saved } from './on-canvas.ts'

const { runnel, newPage } = startJourney()
let page: Page

beforeEach(async () => {
  page = await newPage({ locale: 'zh-CN' })
  return () => page.context().close()
})

/** Opens a flow of one node. @returns its id */
async function open(type: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const listed = Object.values(await runnel.client.call(readCatalogue, {})).flatMap((one) => Object.entries(one))
  const found = listed.find(([name]) => name === type)?.[1]
  const template = { ...Object(found).template, ...more }
  const id = `${type}-00000`
  const node = { id, type: 'genericNode', position: { x: 0, y: 0 } }
  const data = { id, type, node: { ...Object(found), template }, showNode: true }
  const body = { name: `输入法 ${crypto.randomUUID()}`, data: { nodes: [{ ...node, data }], edges: [] } }
  const flow = await runnel.client.call(createFlow, { body })
  await page.goto(`${runnel.address}/flow/${flow.id}`)
  await page.locator(`.react-flow__node[data-id="${id}"]`).waitFor()
  return flow.id
}

/** The value of a field of the only node, once all is saved. */
async function storedValue(flowId: string, field: string): Promise<unknown> {
  await saved(page)
  const { data } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  // The test has stored it itself.
  const [node] = (data as unknown as { readonly nodes: readonly { readonly data: unknown }[] }).nodes
  return Object(Object(Object(Object(node).data).node).template)[field]?.value
}

/** Writes as one does in Chinese: Enter takes what is composed, and nothing else. */
async function write(box: Locator, sounds: string, text: string): Promise<void> {
  await box.click()
  await composeWith(page, 'Enter', sounds, text)
  await expect.poll(() => box.inputValue()).toBe(text)
}

test('several lines are written on the node and in the large dialog; giving a candidate up closes nothing', async () => {
  const flowId = await open('TextInput')
  const area = page.getByTestId('textarea_str_input_value')
  await area.click()
  await compose(page, 'duohang', '多行')
  await expect.poll(() => storedValue(flowId, 'input_value')).toBe('多行')
  await page.getByTestId('button_open_text_area_modal_textarea_str_input_value').click()
  const large = page.getByTestId('text-area-modal')
  await large.fill('')
  await large.click()
  await compose(page, 'changwen', '长文')
  await composeWith(page, 'Escape', 'fangqi', '本')
  await expect.poll(() => large.textContent()).toBe('长文本')
  await page.getByTestId('genericModalBtnSave').click()
  await expect.poll(() => storedValue(flowId, 'input_value')).toBe('长文本')
})

test('a word of a list that takes new ones is chosen by the Enter after the composition', async () => {
  const choice = { type: 'str', _input_type: 'DropdownInput', combobox: true, options: ['甲'], value: '', show: true }
  const flowId = await open('TextInput', { choice: { ...choice, name: 'choice', display_name: 'Choice' } })
  await page.getByTestId('dropdown_str_choice').click()
  const search = page.getByTestId('dropdown_search_input')
  await write(search, 'xinci', '新词')
  await composeWith(page, 'Escape', 'fangqi', '汇')
  await expect.poll(() => search.inputValue()).toBe('新词汇')
  await search.press('Enter')
  await search.waitFor({ state: 'detached' })
  await expect.poll(() => storedValue(flowId, 'choice')).toBe('新词汇')
})

test('code and JSON are written with words of any language', async () => {
  const json = { type: 'NestedDict', _input_type: 'NestedDictInput', value: {}, show: true, display_name: 'Json' }
  const flowId = await open('TextInput', { json: { ...json, name: 'json' } })
  await page.getByTestId('field-json').getByRole('button').last().click()
  const editor = page.getByTestId('json-editor')
  await editor.locator('.cm-content').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText('{"a": "')
  await composeWith(page, 'Enter', 'zhi', '值')
  await page.keyboard.insertText('"}')
  await page.getByTestId('json-editor-save').click()
  await expect.poll(() => storedValue(flowId, 'json')).toEqual({ a: '值' })

  await page.getByTestId('sidebar-custom-component-button').click()
  const code = page.getByTestId('code-area')
  await code.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText('\n# ')
  await composeWith(page, 'Enter', 'zhushi', '注释')
  await expect.poll(() => code.textContent()).toContain('# 注释')
  await composeWith(page, 'Escape', 'fangqi', '好')
  await expect.poll(() => code.textContent()).toContain('# 注释好')
})

test('names, tags and searches are committed by the Enter after the composition', async () => {
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('add-project-button').click()
  await page.waitForURL(/\/projects\//)
  await page.locator('[data-testid^="sidebar-nav-"][aria-current="page"]').dblclick()
  const project = page.getByTestId('input-project')
  const names = async () => (await runnel.client.call(listProjects, {})).map(({ name }) => name)
  await project.fill('')
  await composeWith(page, 'Enter', 'xiangmu', '项目甲')
  await expect.poll(() => project.inputValue()).toBe('项目甲')
  expect(await names()).not.toContain('项目甲')
  await project.press('Enter')
  await expect.poll(names).toContain('项目甲')

  const flowId = await open('TextInput')
  await page.getByTestId('flow_name').click()
  const tags = page.getByTestId('input-flow-tags')
  await write(tags, 'biaoqian', '标签')
  await tags.press('Enter')
  await page.getByTestId('save-flow-settings').click()
  await expect
    .poll(async () => (await runnel.client.call(readFlow, { params: { flow_id: flowId } })).tags)
    .toEqual(['标签'])

  await page.getByTestId('save-flow-settings').waitFor({ state: 'detached' })
  await page.getByRole('application').focus()
  await page.keyboard.press('Control+f')
  const find = page.getByRole('search').getByRole('textbox')
  await write(find, 'chazhao', '查找')
  await page.goto(`${runnel.address}/flows`)
  await write(page.getByTestId('search-store-input'), 'gongzuoliu', '工作流')
  await page.goto(`${runnel.address}/templates`)
  await write(page.getByTestId('search-input-template'), 'moban', '模板')
})
