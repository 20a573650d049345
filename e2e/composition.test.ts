import { createFlow, readFlow } from '@runnel/protocol/flows'
import { listProjects } from '@runnel/protocol/projects'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { compose, composeWith } from './compose.ts'
import { flowData, type NodeToBe } from './flow-data.ts'
import { startJourney } from './journey.ts'
import { storedNode } from './stored-node.ts'

const { runnel, newPage } = startJourney()
let page: Page

beforeEach(async () => {
  page = await newPage({ locale: 'zh-CN' })
  return () => page.context().close()
})

let flowId: string

/** Opens a flow of one node. */
async function open(type: string, fields: NodeToBe['fields'] = {}): Promise<void> {
  const data = await flowData(runnel.client, [{ type, fields }])
  const flow = await runnel.client.call(createFlow, { body: { name: `输入法 ${crypto.randomUUID()}`, data } })
  flowId = flow.id
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await node(type).waitFor()
}

const node = (type: string): Locator => page.locator(`.react-flow__node[data-id="${type}-00000"]`)

/** The value of a field of the only node, once all is saved. */
const storedValue = async (type: string, field: string): Promise<unknown> =>
  (await storedNode(runnel.client, page, flowId, type)).node.template[field]?.value

/** Writes as one does in Chinese: Enter takes what is composed, and nothing else. */
async function write(box: Locator, sounds: string, text: string): Promise<void> {
  await box.click()
  await composeWith(page, 'Enter', sounds, text)
  await expect.poll(() => box.inputValue()).toBe(text)
}

test('several lines are written on the node and in the large dialog; giving a candidate up closes nothing', async () => {
  await open('TextInput')
  const area = page.getByTestId('textarea_str_input_value')
  await area.click()
  await compose(page, 'duohang', '多行')
  await expect.poll(() => storedValue('TextInput', 'input_value')).toBe('多行')
  await page.getByTestId('button_open_text_area_modal_textarea_str_input_value').click()
  const large = page.getByTestId('text-area-modal')
  await large.fill('')
  await large.click()
  await compose(page, 'changwen', '长文')
  await composeWith(page, 'Escape', 'fangqi', '本')
  await expect.poll(() => large.textContent()).toBe('长文本')
  await page.getByTestId('genericModalBtnSave').click()
  await expect.poll(() => storedValue('TextInput', 'input_value')).toBe('长文本')
})

test('a word of a list that takes new ones is chosen by the Enter after the composition', async () => {
  const choice = { type: 'str', _input_type: 'DropdownInput', combobox: true, options: ['甲'], value: '', show: true }
  await open('TextInput', { choice: { ...choice, display_name: 'Choice' } })
  await page.getByTestId('dropdown_str_choice').click()
  const search = page.getByTestId('dropdown_search_input')
  await write(search, 'xinci', '新词')
  await composeWith(page, 'Escape', 'fangqi', '汇')
  await expect.poll(() => search.inputValue()).toBe('新词汇')
  await search.press('Enter')
  await search.waitFor({ state: 'detached' })
  await expect.poll(() => storedValue('TextInput', 'choice')).toBe('新词汇')
})

test('code and JSON are written with words of any language', async () => {
  const json = { type: 'NestedDict', _input_type: 'NestedDictInput', value: {}, show: true, display_name: 'Json' }
  await open('TextInput', { json })
  await page.getByTestId('field-json').getByRole('button').last().click()
  const editor = page.getByTestId('json-editor')
  await editor.locator('.cm-content').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText('{"a": "')
  await composeWith(page, 'Enter', 'zhi', '值')
  await page.keyboard.insertText('"}')
  await page.getByTestId('json-editor-save').click()
  await expect.poll(() => storedValue('TextInput', 'json')).toEqual({ a: '值' })

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

  await open('TextInput')
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

test('Chinese is written into every kind of text as it is chosen', async () => {
  const hello = async (box: Locator): Promise<void> => {
    await box.click()
    await compose(page, 'nihao', '你好')
  }
  await open('URLComponent')
  await hello(node('URLComponent').getByTestId('inputlist_str_urls_0'))
  await expect.poll(() => storedValue('URLComponent', 'urls')).toEqual(['你好'])

  await open('Prompt')
  await page.getByTestId('promptarea_prompt_template').click()
  await page.locator('.cm-focused').waitFor()
  await compose(page, 'wen', '问{名字}')
  await page.getByTestId('badge0').waitFor()
  await page.getByTestId('genericModalBtnSave').click()
  await node('Prompt').getByTestId('field-名字').waitFor()
  await hello(node('Prompt').getByTestId('textarea_str_名字'))
  await expect.poll(() => storedValue('Prompt', '名字')).toBe('你好')

  await open('SmartRouter')
  await page.getByTestId('div-table-input-routes').click()
  await page.getByLabel('路由名称 1').fill('')
  await hello(page.getByLabel('路由名称 1'))
  await page.keyboard.press('Enter')
  await page.getByTestId('table-save').click()
  await expect.poll(() => storedValue('SmartRouter', 'routes')).toMatchObject([{ route_category: '你好' }, {}])

  await open('EmbeddingModel')
  await node('EmbeddingModel').click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('i')
  const inspector = page.getByTestId('inspector')
  await hello(inspector.getByTestId('keypair0_edit_model_kwargs'))
  await hello(inspector.getByTestId('keypair100_edit_model_kwargs'))
  await expect.poll(() => storedValue('EmbeddingModel', 'model_kwargs')).toEqual([{ 你好: '你好' }])
})

test('the Enter that takes a candidate commits nothing, whatever is being written', async () => {
  await open('OpenAIModel')
  const key = node('OpenAIModel').getByTestId('field-api_key')
  await key.getByRole('button', { name: '从此字段移除变量' }).click()
  await key.locator('input').click()
  await composeWith(page, 'Enter', 'mimi', '秘密')
  await expect.poll(() => storedValue('OpenAIModel', 'api_key')).toBe('秘密')

  await node('OpenAIModel').click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('F2')
  const title = page.getByTestId('input-title-OpenAI')
  await title.fill('')
  await composeWith(page, 'Enter', 'moxing', '模型')
  await expect.poll(() => title.inputValue()).toBe('模型')
  await page.keyboard.press('Enter')
  await node('OpenAIModel').getByText('模型', { exact: true }).waitFor()

  await page.keyboard.press('i')
  const inspector = page.getByTestId('inspector')
  const number = inspector.getByTestId('int_int_edit_max_tokens')
  await number.click()
  await composeWith(page, 'Enter', 'yi', '128')
  await expect.poll(() => storedValue('OpenAIModel', 'max_tokens')).toBe(128)
  const text = inspector.getByTestId('popover-anchor-input-edit_openai_api_base')
  await text.fill('')
  await composeWith(page, 'Enter', 'dizhi', '地址')
  await expect.poll(() => storedValue('OpenAIModel', 'openai_api_base')).toBe('地址')
  await inspector.getByTestId('keypair0_edit_model_kwargs').click()
  await composeWith(page, 'Enter', 'jian', '键')
  await inspector.getByTestId('keypair100_edit_model_kwargs').click()
  await composeWith(page, 'Enter', 'zhi', '值')
  await expect.poll(() => storedValue('OpenAIModel', 'model_kwargs')).toEqual({ 键: '值' })

  const search = page.getByTestId('sidebar-search-input')
  await search.click()
  await composeWith(page, 'Enter', 'liaotian', 'Chat Input')
  await expect.poll(() => search.inputValue()).toBe('Chat Input')
  expect(await page.locator('.react-flow__node').count()).toBe(1)
  await search.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
  await composeWith(page, 'Enter', 'yunxing', '运行')
  await expect.poll(() => page.getByRole('dialog').getByRole('combobox').inputValue()).toBe('运行')
})
