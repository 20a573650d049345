import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFlow } from '@runnel/protocol/flows'
import { createMcpServer } from '@runnel/protocol/mcp-servers'
import { setDefaultModel } from '@runnel/protocol/models'
import { readCatalogue } from '@runnel/protocol/server-info'
import { createVariable, listVariables } from '@runnel/protocol/variables'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { composeWith } from './compose.ts'
import { type EdgeToBe, flowData } from './flow-data.ts'
import { startJourney } from './journey.ts'
import { storedNode } from './stored-node.ts'

const { runnel, newPage } = startJourney()
let page: Page
let flowId: string
const opened: Page[] = []

beforeEach(() => () => Promise.all(opened.splice(0).map((one) => one.context().close())))

/** Opens a flow of one node of each type, side by side. */
async function open(
  types: readonly string[],
  edges: readonly EdgeToBe[] = [],
  options: BrowserContextOptions = {},
): Promise<void> {
  const wanted = types.map((type) => ({ type }))
  await openData(await flowData(runnel.client, wanted, edges), options)
}

/** Opens a flow, and waits for its first node. */
async function openData(data: FlowData, options: BrowserContextOptions = {}): Promise<void> {
  const flow = await runnel.client.call(createFlow, { body: { name: `Flow ${Date.now()}`, data: { ...data } } })
  flowId = flow.id
  page = await newPage({ permissions: ['clipboard-read', 'clipboard-write'], ...options })
  opened.push(page)
  await page.goto(`${runnel.address}/flow/${flow.id}`)
  await page.locator(`.react-flow__node[data-id="${data.nodes[0]?.id}"]`).waitFor()
}

interface FlowData {
  readonly nodes: { readonly id: string; readonly [more: string]: unknown }[]
  readonly edges: { readonly id: string; readonly [more: string]: unknown }[]
}

const node = (type: string): Locator => page.locator(`.react-flow__node[data-id="${type}-00000"]`)

const stored = (type: string) => storedNode(runnel.client, page, flowId, type)
const storedValue = async (type: string, field: string): Promise<unknown> =>
  (await stored(type)).node.template[field]?.value

test('a prompt gets a field with a handle for each variable, and loses it with the variable', async () => {
  await open(['Prompt'])
  await page.getByTestId('promptarea_prompt_template').click()
  await page.getByTestId('modal-promptarea_prompt_template').fill('Tell {who} about {topic}, {who}!')
  await expect.poll(() => page.getByTestId('badge0').textContent()).toBe('who')
  await expect.poll(() => page.getByTestId('badge1').textContent()).toBe('topic')
  await page.getByTestId('genericModalBtnSave').click()
  await node('Prompt').getByTestId('handle-prompt-shownode-who-left').waitFor()
  await node('Prompt').getByTestId('field-topic').getByRole('textbox').fill('the sea')
  await expect.poll(() => storedValue('Prompt', 'topic')).toBe('the sea')

  await page.getByTestId('promptarea_prompt_template').click()
  await page.getByTestId('modal-promptarea_prompt_template').fill('About {topic}')
  await page.getByTestId('genericModalBtnSave').click()
  await node('Prompt').getByTestId('field-who').waitFor({ state: 'detached' })
  await expect.poll(async () => Object.keys((await stored('Prompt')).node.template)).not.toContain('who')
  expect(await storedValue('Prompt', 'topic')).toBe('the sea')
})

test('a click on a prompt opens it at that place', async () => {
  await open(['Prompt'])
  await page.getByTestId('promptarea_prompt_template').click()
  await page.getByTestId('modal-promptarea_prompt_template').fill('Tell {who} about it')
  await page.getByTestId('genericModalBtnSave').click()
  const part = page.getByTestId('promptarea_prompt_template').getByText('{who}')
  const box = await part.boundingBox()
  if (!box) throw new Error('the variable is not in view')
  await page.mouse.click(box.x + 1, box.y + box.height / 2)
  await page.getByTestId('modal-promptarea_prompt_template').waitFor()
  await page.keyboard.type('all ')
  await expect
    .poll(() => page.getByTestId('modal-promptarea_prompt_template').textContent())
    .toBe('Tell all {who} about it')
})

test('a name that can be no variable is said to be none', async () => {
  await open(['Prompt'])
  await page.getByTestId('promptarea_prompt_template').click()
  await page.getByTestId('modal-promptarea_prompt_template').fill('Hello {first name}')
  await page.getByText('“first name” is no name for a variable').waitFor()
  await page.getByTestId('genericModalBtnSave').click()
  await page.getByText('Invalid variables: first name').waitFor()
})

test('a field that reshapes its node brings other fields and keeps what was written, in one step', async () => {
  await open(['Memory'])
  expect(await node('Memory').getByTestId('field-memory').count()).toBe(0)
  await node('Memory').getByRole('radio', { name: 'Store' }).click()
  await node('Memory').getByTestId('field-message').waitFor()
  await expect.poll(() => storedValue('Memory', 'mode')).toBe('Store')
  await page.keyboard.press('Control+z')
  await node('Memory').getByTestId('field-message').waitFor({ state: 'detached' })
  await expect.poll(() => storedValue('Memory', 'mode')).toBe('Retrieve')
})

test('a slider is moved by keys, dragged without its node, and undone from where it is', async () => {
  const temperature = { type: 'slider', show: true, value: 0.1, range_spec: { min: 0, max: 1, step: 0.01 } }
  await openData(await flowData(runnel.client, [{ type: 'ChatInput', fields: { temperature } }]))
  const bar = node('ChatInput').getByRole('slider')
  const place = () => node('ChatInput').evaluate((element: HTMLElement) => element.style.transform)
  const before = await place()
  await bar.focus()
  for (const key of ['End', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key)
  await expect.poll(() => storedValue('ChatInput', 'temperature')).toBe(0.98)
  await bar.hover({ position: { x: 4, y: 12 } })
  await page.mouse.down()
  const { x = 0, y = 0, width = 0, height = 0 } = (await bar.boundingBox()) ?? {}
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => storedValue('ChatInput', 'temperature')).toBeCloseTo(0.5, 1)
  expect(await place()).toBe(before)
  await page.keyboard.press('Control+z')
  await expect.poll(() => storedValue('ChatInput', 'temperature')).not.toBeCloseTo(0.5, 1)
})

test('a secret is kept as a variable and taken from one', async () => {
  await open(['OpenAIModel'])
  const key = node('OpenAIModel').getByTestId('field-api_key')
  // A new node names the usual variable, which nobody has made yet.
  await key.getByTestId('variable-badge-OPENAI_API_KEY').getByText('There is no variable').waitFor()
  await key.getByRole('button', { name: 'Remove the variable from this field' }).click()
  await key.locator('input').fill('sk-secret')
  await expect.poll(() => key.locator('input').getAttribute('type')).toBe('password')
  await key.getByTestId('store-as-variable-api_key').click()
  await page.getByTestId('save-variable-btn').click()
  await key.getByTestId('variable-badge-OPENAI_API_KEY').waitFor()
  await expect
    .poll(async () => (await stored('OpenAIModel')).node.template.api_key)
    .toMatchObject({
      value: 'OPENAI_API_KEY',
      load_from_db: true,
    })
  await key.getByRole('button', { name: 'Remove the variable from this field' }).click()
  await key.getByTestId('variable-button-api_key').click()
  await page.getByRole('option', { name: /OPENAI_API_KEY/ }).click()
  await key.getByTestId('variable-badge-OPENAI_API_KEY').waitFor()
})

test('a table is edited, pasted into and saved, and makes outputs', async () => {
  await open(['SmartRouter'])
  await page.getByTestId('div-table-input-routes').click()
  await page.getByTestId('add-row-button').click()
  await page.getByLabel('Route Name 3').fill('Neutral')
  await page.getByLabel('Route Name 3').press('Enter')
  // Escape gives up what is written in a cell, and the table stays.
  await page.getByLabel('Route Name 3').fill('Given up')
  await page.getByLabel('Route Name 3').press('Escape')
  await expect.poll(() => page.getByLabel('Route Name 3').inputValue()).toBe('Neutral')
  await page.getByLabel('Route Name 3').focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'Odd\tnot usual\nNew\tunheard of\n')
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  })
  await expect.poll(() => page.getByLabel('Route Description 4').inputValue()).toBe('unheard of')
  await page.getByLabel('Select row 1', { exact: true }).check()
  await page.getByTestId('delete-row-button').click()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('table-save').click()
  await node('SmartRouter').getByText('New', { exact: true }).waitFor()
  await expect
    .poll(() => storedValue('SmartRouter', 'routes'))
    .toMatchObject([
      { route_category: 'Negative' },
      { route_category: 'Odd', route_description: 'not usual' },
      { route_category: 'New' },
    ])
})

test('decisions, times, accounts and cards of a newer file are edited, and edges keep to a new name', async () => {
  const id = 'HumanInput-00000'
  const branch = (name: string, title: string) => ({
    name,
    display_name: title,
    types: ['Message'],
    method: 'route_branch',
    group_outputs: true,
  })
  const template = {
    decisions: { type: 'actionPicker', display_name: 'Decisions', list: true, value: ['Approve', 'Reject'] },
    timeout: { type: 'duration', display_name: 'Timeout', value: { value: 3, unit: 'Days' } },
    account: { type: 'connection_ref', display_name: 'Account', required_scopes: ['mail.read'], value: '' },
    card: { type: 'data_display', display_name: 'Card', value: { title: 'The agent', chips: ['fast'], sections: [] } },
    secret: {
      type: 'str',
      _input_type: 'MultilineSecretInput',
      display_name: 'Secret',
      multiline: true,
      password: true,
      load_from_db: false,
      value: '',
    },
  }
  const described = {
    display_name: 'Human Input',
    description: '',
    template: Object.fromEntries(
      Object.entries(template).map(([name, field]) => [name, { name, show: true, advanced: false, ...field }]),
    ),
    outputs: [branch('branch_approve', 'Approve'), branch('branch_reject', 'Reject')],
  }
  const listed = Object.values(await runnel.client.call(readCatalogue, {})).flatMap((one) => Object.entries(one))
  const say = listed.find(([name]) => name === 'ChatOutput')?.[1]
  const nodeOf = (type: string, x: number, component: unknown) => ({
    id: `${type}-00000`,
    type: 'genericNode',
    position: { x, y: 0 },
    data: { id: `${type}-00000`, type, node: component, showNode: true },
  })
  const edge = {
    id: 'decided',
    source: id,
    target: 'ChatOutput-00000',
    data: {
      sourceHandle: { dataType: 'HumanInput', id, name: 'branch_approve', output_types: ['Message'] },
      targetHandle: { fieldName: 'input_value', id: 'ChatOutput-00000', inputTypes: ['Message'], type: 'str' },
    },
  }
  const data = { nodes: [nodeOf('HumanInput', 0, described), nodeOf('ChatOutput', 500, say)], edges: [edge] }
  await openData(data)
  const human = node('HumanInput')
  await human.getByTestId('action_decisions_0').fill('')
  await composeWith(page, 'Enter', 'tongyi', '同意')
  await page.keyboard.press('Enter')
  await expect.poll(() => storedValue('HumanInput', 'decisions')).toEqual(['同意', 'Reject'])
  const branches = async () => (await stored('HumanInput')).node.outputs.map(({ name }) => name)
  await expect.poll(branches).toEqual(['branch_同意', 'branch_reject'])
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1)
  await human.getByTestId('action_decisions_1').fill('同意')
  await human.getByText('Another choice has this name.').waitFor()
  await human.getByTestId('action_decisions_1').press('Enter')
  await human.getByTestId('action_add_decisions').click()
  await expect.poll(() => storedValue('HumanInput', 'decisions')).toEqual(['同意', 'Reject', 'Choice 3'])

  await human.getByTestId('duration_value_timeout').fill('90')
  await human.getByTestId('duration_unit_timeout').click()
  await page.getByRole('option', { name: 'Minutes' }).click()
  await expect.poll(() => storedValue('HumanInput', 'timeout')).toEqual({ value: 90, unit: 'Minutes' })

  await human.getByTestId('connection_ref_account').fill('gmail')
  await human.getByText('Write provider/name.').waitFor()
  await human.getByTestId('connection_ref_account').fill('gmail/工作')
  await human.getByText('mail.read').waitFor()
  await expect.poll(() => storedValue('HumanInput', 'account')).toBe('gmail/工作')
  await human.getByTestId('data_display_card').getByText('The agent').waitFor()

  await human.getByTestId('textarea_str_secret').fill('line one\nline two')
  await human.getByTestId('variable-button-secret').click()
  await page.getByTestId('add-new-variable').click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('SECRET_LINES')
  await page.getByRole('dialog').locator('input[type="password"], textarea').first().fill('kept')
  await page.getByTestId('save-variable-btn').click()
  await human.getByTestId('variable-badge-SECRET_LINES').waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('the caret stays in the middle of a text that is saved meanwhile, and typing is one step to undo', async () => {
  await open(['ChatInput'])
  const box = node('ChatInput').getByTestId('textarea_str_input_value')
  // One burst of typing, however slowly the keys arrive, and apart from what came before it.
  const now = Date.now()
  await page.clock.setFixedTime(now)
  await box.fill('one three')
  await expect.poll(() => storedValue('ChatInput', 'input_value')).toBe('one three')
  await page.clock.setFixedTime(now + 10_000)
  await box.press('Home')
  for (let step = 0; step < 4; step++) await box.press('ArrowRight')
  await box.pressSequentially('two ')
  await expect.poll(() => box.inputValue()).toBe('one two three')
  await expect.poll(() => box.evaluate((element: HTMLTextAreaElement) => element.selectionStart)).toBe(8)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => box.inputValue()).toBe('one three')
})

test('a node becomes a tool whose actions are renamed, and back', async () => {
  await open(['CalculatorComponent'])
  await node('CalculatorComponent').click({ position: { x: 60, y: 16 } })
  await page.getByTestId('tool-mode-button').click()
  await node('CalculatorComponent').getByText('Toolset').waitFor()
  await node('CalculatorComponent').getByText('Used as a tool').waitFor()
  await page.getByTestId('button_open_actions').click()
  await page.getByTestId('input_update_name').fill('Work It Out')
  await page.getByTestId('input_update_name').blur()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('tools-close').click()
  await node('CalculatorComponent').getByTestId('tool_work_it_out').waitFor()
  const outputs = async () => (await stored('CalculatorComponent')).node.outputs.map(({ name }) => name)
  await expect.poll(outputs).toEqual(['component_as_tool'])
  await page.keyboard.press('Control+Shift+M')
  await node('CalculatorComponent').getByText('Toolset').waitFor({ state: 'detached' })
  await expect.poll(async () => (await stored('CalculatorComponent')).node.tool_mode).toBe(false)
})

test('the actions of a tool are found, opened anywhere in their row, and switched together', async () => {
  await open(['YouTubeTranscripts'])
  await node('YouTubeTranscripts').click({ position: { x: 60, y: 16 } })
  await page.getByTestId('tool-mode-button').click()
  await expect.poll(() => page.getByTestId('tool-mode-button').getAttribute('aria-pressed')).toBe('true')
  await page.getByTestId('button_open_actions').click()
  const editor = page.getByTestId('tools-editor')
  const rows = editor.locator('tbody tr')
  const { width, height } = (await rows.last().boundingBox()) ?? { width: 0, height: 0 }
  await rows.last().click({ position: { x: width / 2, y: height / 2 } })
  await expect.poll(() => page.getByTestId('input_update_name').inputValue()).toBe('get_data_output')
  const all = editor.getByRole('checkbox', { name: 'Enable all actions' })
  await rows.first().getByRole('checkbox').click()
  await expect.poll(() => all.getAttribute('aria-checked')).toBe('mixed')
  const search = editor.getByRole('textbox', { name: 'Search actions…' })
  await search.fill('data_output')
  await expect.poll(() => rows.count()).toBe(1)
  await all.click()
  await search.fill('no such action')
  await editor.getByRole('button', { name: 'Clear search' }).click()
  await page.getByTestId('tools-close').click()
  const chips = node('YouTubeTranscripts').locator('[data-testid^="tool_"]')
  await expect.poll(() => chips.allTextContents()).toEqual(['get_message_output'])
})

test('a node is renamed, folded, frozen with all before it, and shows what it gave', async () => {
  await open(
    ['ChatInput', 'ChatOutput'],
    [{ from: ['ChatInput', 'message'], to: ['ChatOutput', 'input_value'], types: ['Message'] }],
  )
  await node('ChatInput').getByTestId('textarea_str_input_value').fill('hello there')
  await node('ChatOutput').getByTestId('button_run_chat output').click()
  await node('ChatOutput').getByTestId('node_duration_chat output').waitFor()
  await node('ChatOutput').getByTestId('output-inspection-output message-chatoutput').click()
  const inspected = page.getByTestId('output-inspector')
  await expect.poll(() => inspected.getByTestId('textarea').textContent()).toBe('hello there')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('close-output').click()

  const long = 'A long story. '.repeat(500)
  await node('ChatInput').getByTestId('textarea_str_input_value').fill(long)
  const stale = node('ChatOutput').getByTestId('node_status_icon_chat output_stale')
  await stale.waitFor()
  await node('ChatOutput').getByTestId('button_run_chat output').click()
  await stale.waitFor({ state: 'detached' })
  await node('ChatOutput').getByTestId('node_duration_chat output').waitFor()
  await node('ChatOutput').getByTestId('output-inspection-output message-chatoutput').click()
  await inspected.getByRole('button', { name: 'Open full' }).click()
  await inspected.getByRole('button', { name: 'Open full' }).waitFor({ state: 'detached' })
  await expect.poll(async () => (await inspected.getByTestId('textarea').textContent())?.length).toBe(long.length)
  await page.getByTestId('close-output').click()

  await node('ChatInput').getByTestId('textarea_str_input_value').fill('something else')
  await node('ChatOutput').getByTestId('node_status_icon_chat output_stale').waitFor()

  await node('ChatOutput').click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('F2')
  await page.getByTestId('input-title-Chat Output').fill('Answer')
  await page.keyboard.press('Enter')
  await node('ChatOutput').getByText('Answer', { exact: true }).waitFor()
  await page.keyboard.press('Control+Shift+F')
  await expect.poll(async () => (await stored('ChatInput')).node.frozen).toBe(true)
  await page.keyboard.press('Control+.')
  await expect.poll(async () => (await stored('ChatOutput')).showNode).toBe(false)
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1)
})

test('fields are shown on the node, given to the API and reset in the inspector', async () => {
  await open(['OpenAIModel'])
  await node('OpenAIModel').click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('i')
  const row = page.getByTestId('inspector-row-max_tokens')
  await row.getByTestId('showmax_tokens').click()
  await node('OpenAIModel').getByTestId('field-max_tokens').waitFor()
  await row.getByTestId('exposemax_tokens').click()
  await row.getByTestId('int_int_edit_max_tokens').fill('1,5')
  await row.getByText('Enter a whole number.').waitFor()
  await row.getByTestId('int_int_edit_max_tokens').fill('64')
  await expect
    .poll(async () => (await stored('OpenAIModel')).node.template.max_tokens)
    .toMatchObject({ value: 64, advanced: false, api_editable: true })
  await page.getByTestId('reset-all-fields').click()
  await expect.poll(async () => (await stored('OpenAIModel')).node.template.max_tokens).toMatchObject({ value: '' })
  await page.getByTestId('reset-all-fields').waitFor({ state: 'detached' })
  expect(await seriousFindings(page)).toEqual([])
})

test("a component of one's own is written, checked and saved, and gets the fields its source names", async () => {
  await open(['CustomComponent'])
  await node('CustomComponent').click({ position: { x: 60, y: 16 } })
  await page.getByTestId('code-button-modal').click()
  const source = page.getByTestId('code-area')
  await source.getByText('input_value: field').waitFor()
  // biome-ignore lint/performance/useDomNodeTextContent: the text of the editor has its line ends only as it is laid out
  const good = (await source.innerText())
    .replace('input_value: field', 'topic: field')
    .replaceAll('inputs.input_value', 'inputs.topic')
  await source.fill("import { field } from 'runnel'\nexport default {{\n}\n")
  await page.getByRole('button', { name: 'Compare with original' }).click()
  await page.getByTestId('checkAndSaveBtn').click()
  await page.getByRole('button', { name: 'Line 2:' }).waitFor()
  await expect.poll(() => page.locator('.cm-activeLine').textContent()).toBe('export default {{')
  await page.keyboard.press('Control+z')
  await source.getByText('input_value: field').waitFor()
  await page.getByTestId('title_error_code_modal').waitFor({ state: 'detached' })
  await source.fill('')
  await page.getByTestId('checkAndSaveBtn').click()
  await page.getByTestId('title_error_code_modal').waitFor()
  await source.fill(good)
  await page.getByTestId('checkAndSaveBtn').click()
  await node('CustomComponent').getByTestId('field-topic').waitFor()
  await node('CustomComponent').getByTestId('field-input_value').waitFor({ state: 'detached' })
})

test('words are offered while code is written, a click takes one, and Escape closes their list before the dialog', async () => {
  await open(['CustomComponent'])
  await node('CustomComponent').click({ position: { x: 60, y: 16 } })
  await page.getByTestId('code-button-modal').click()
  const source = page.getByTestId('code-area')
  await source.getByText('input_value: field').waitFor()
  await source.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nfield.')
  const words = page.getByTestId('code-editor').getByRole('option')
  await words.filter({ hasText: /^multiline$/ }).click()
  await expect.poll(() => source.textContent()).toContain('field.multiline')
  await page.keyboard.type('\ncontext.')
  await words.filter({ hasText: /^runId$/ }).waitFor()
  await page.keyboard.press('Escape')
  await words.first().waitFor({ state: 'detached' })
  await page.keyboard.type('(')
  await expect.poll(() => source.textContent()).toContain('context.(')
  await page.keyboard.press('Escape')
  await page.getByTestId('unsaved-code').waitFor()
})

test('code and the search in it are legible in the dark, and the search speaks Chinese', async () => {
  await open(['CustomComponent'], [], { locale: 'zh-CN', colorScheme: 'dark' })
  await node('CustomComponent').click({ position: { x: 60, y: 16 } })
  await page.getByTestId('code-button-modal').click()
  await page.getByTestId('code-area').getByText('input_value: field').click()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('field')
  await page.getByRole('button', { name: '全部替换' }).waitFor()
  await page.getByRole('button', { name: '下一个' }).click()
  expect(await seriousFindings(page, '[data-testid="code-editor"]')).toEqual([])
})

test('a file is uploaded in the picker, chosen and taken away again', async () => {
  await open(['File'])
  await page.getByTestId('button_open_file_management').click()
  await page.getByTestId('select-files-modal-button').click()
  const refusal = page.getByRole('dialog').getByRole('alert').getByText('Please select at least one file')
  await refusal.waitFor()
  await page
    .getByTestId('file-input')
    .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  await page.getByTestId('file-item-notes').getByRole('checkbox').and(page.locator(':checked')).waitFor()
  await refusal.waitFor({ state: 'detached' })
  expect(await seriousFindings(page)).toEqual([])
  const name = page.getByTestId('file-item-notes').getByRole('button', { name: 'notes.txt', exact: true })
  await name.dblclick()
  await page.getByTestId('file-item-notes').getByRole('textbox').fill('given up')
  await page.keyboard.press('Escape')
  await name.waitFor()
  await page.getByTestId('file-item-notes').getByRole('checkbox').and(page.locator(':checked')).waitFor()
  await page.getByTestId('select-files-modal-button').click()
  await node('File').getByText('notes.txt').waitFor()
  await expect
    .poll(async () => (await stored('File')).node.template.path)
    .toMatchObject({
      value: ['notes.txt'],
      file_path: [expect.stringMatching(/\.txt$/)],
    })
  const folder = await mkdtemp(join(tmpdir(), 'runnel-folder-'))
  await writeFile(join(folder, 'deep.txt'), 'of a folder')
  await writeFile(join(folder, '.hidden.txt'), 'not to be sent')
  await page.getByTestId('button_open_file_management').click()
  await page.getByTestId('folder-input').setInputFiles(folder)
  await page.getByTestId('file-item-deep').getByRole('checkbox').and(page.locator(':checked')).waitFor()
  await page.getByText('1 hidden file').first().waitFor()
  await rm(folder, { recursive: true })
  await page.keyboard.press('Escape')
  await node('File').getByRole('button', { name: 'Remove notes.txt' }).click()
  await expect.poll(async () => (await stored('File')).node.template.path).toMatchObject({ value: [], file_path: [] })
})

test('a model is chosen once its provider is set up in place', async () => {
  await open(['LanguageModelComponent'])
  await page.getByTestId('model_model').click()
  await page.getByRole('option', { name: /^Anthropic/ }).click()
  const dialog = page.getByTestId('provider-dialog')
  await dialog.getByRole('textbox').or(dialog.locator('input')).first().fill('sk-ant-test')
  expect(await seriousFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => storedValue('LanguageModelComponent', 'model')).toMatchObject([{ provider: 'Anthropic' }])
  await page.getByTestId('model_model').getByText('Anthropic').waitFor()
})

test('a model that is in no list is taken as one of a provider that is set up, and a search finds no foreign ones', async () => {
  const body = { name: 'MISTRAL_API_KEY', value: 'a key', type: 'Credential' as const }
  await runnel.client.call(createVariable, { body })
  await open(['LanguageModelComponent'])
  const field = page.getByTestId('model_model')
  const search = page.getByTestId('dropdown_search_input')
  await field.click()
  await search.fill('mistral')
  const options = page.getByRole('listbox').getByRole('option')
  await expect.poll(() => options.filter({ hasText: 'claude' }).count()).toBe(0)
  expect(await page.getByRole('group', { name: 'Mistral' }).getByRole('option').count()).toBeGreaterThan(1)
  await search.fill('my-own')
  await page.getByRole('option', { name: 'Use “my-own” of Mistral' }).click()
  await expect
    .poll(() => storedValue('LanguageModelComponent', 'model'))
    .toMatchObject([{ name: 'my-own', provider: 'Mistral' }])
  // Another name is most likely of the same provider.
  await field.click()
  await search.fill('my-other')
  await page.getByRole('option', { name: 'Use “my-other” of Mistral', selected: true }).waitFor()
  await search.press('Enter')
  await field.getByText('my-otherMistral').waitFor()
})

test.each([
  ['en-US', 'Default and recent', 'default', 'old'],
  ['zh-CN', '默认与最近使用', '默认', '旧版'],
])(
  'the default model and those chosen last are listed first, with what each can, in %s',
  async (locale, onTop, usual, old) => {
    const provider = 'Anthropic'
    const key = { name: 'ANTHROPIC_API_KEY', value: 'sk-ant-test', type: 'Credential' as const }
    const has = (await runnel.client.call(listVariables, {})).some(({ name }) => name === key.name)
    if (!has) await runnel.client.call(createVariable, { body: key })
    const body = { provider, model_name: 'claude-haiku-4-5-20251001', model_type: 'language' as const }
    await runnel.client.call(setDefaultModel, { body })
    await open(['LanguageModelComponent'], [], { locale })
    const field = page.getByTestId('model_model')
    const group = page.getByRole('group', { name: onTop }).getByRole('option')
    await field.click()
    await group
      .filter({ hasText: `${body.model_name}Anthropic · ${usual} · ` })
      .getByText('200k')
      .waitFor()
    await page.getByRole('option', { name: new RegExp(`claude-3-opus-latest.*${old}`) }).click()
    await field.getByText('claude-3-opus-latest').waitFor()
    await field.click()
    await group.nth(1).getByText('claude-3-opus-latest').waitFor()
    expect(await group.count()).toBe(2)
    expect(await seriousFindings(page)).toEqual([])
    await page.getByTestId('manage-model-providers').click()
    await page.waitForURL('**/settings/model-providers')
  },
)

test('the tools of a server cannot be chosen from while those of another are on their way', async () => {
  for (const server_name of ['first', 'second']) {
    await runnel.client.call(createMcpServer, { params: { server_name }, body: { url: 'http://127.0.0.1:9/mcp' } })
  }
  const data = await flowData(runnel.client, [{ type: 'MCPTools' }], [])
  const template = data.nodes[0]?.data.node.template
  Object.assign(template?.mcp_server ?? {}, { value: { name: 'first', config: {} } })
  Object.assign(template?.tool ?? {}, { value: 'look', options: ['look'], show: true })
  await openData(data)
  const tool = node('MCPTools').getByTestId('field-tool').getByRole('combobox')
  await expect.poll(() => tool.isDisabled()).toBe(false)
  const held = Promise.withResolvers<void>()
  await page.route('**/custom_component/update', async (route) => {
    await held.promise
    await route.continue()
  })
  await node('MCPTools').getByTestId('mcp-server-dropdown').click()
  await page.getByRole('option', { name: /second/ }).click()
  await expect.poll(() => tool.isDisabled()).toBe(true)
  held.resolve()
  await expect.poll(() => tool.isDisabled()).toBe(false)
})

test('a node is made wider, and its menu opens at the pointer and does what it says', async () => {
  await open(['ChatInput', 'ChatOutput'])
  await node('ChatOutput').click({ button: 'right', position: { x: 60, y: 16 } })
  await page.getByRole('menuitem', { name: 'Minimise' }).click()
  await expect.poll(async () => (await stored('ChatOutput')).showNode).toBe(false)
  await node('ChatInput').click({ position: { x: 60, y: 16 } })
  const widthOf = (): Promise<number> =>
    node('ChatInput')
      .getByTestId('div-generic-node')
      .evaluate((element: HTMLElement) => element.offsetWidth)
  const before = await widthOf()
  await page.getByTestId('node-width').press('ArrowRight')
  await page.getByTestId('node-width').press('ArrowRight')
  await expect.poll(widthOf).toBe(before + 2 * 16)
  await node('ChatOutput').click({ button: 'right', position: { x: 60, y: 16 } })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await node('ChatOutput').waitFor({ state: 'detached' })
})

test('a list of options is read again without losing what was typed elsewhere', async () => {
  await runnel.client.call(createFlow, { body: { name: 'A flow to run', data: { nodes: [], edges: [] } } })
  await open(['RunFlow'])
  await node('RunFlow').getByTestId('refresh-button-flow_name_selected').click()
  await node('RunFlow').getByTestId('dropdown_str_flow_name_selected').click()
  await page.getByRole('option', { name: 'A flow to run' }).click()
  await expect.poll(() => storedValue('RunFlow', 'flow_name_selected')).toBe('A flow to run')
})
