import { createFlow, listFlows, readFlow, updateFlow } from '@runnel/protocol/flows'
import { readSession } from '@runnel/protocol/login'
import { createMcpServer } from '@runnel/protocol/mcp-servers'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { nodeOf, quickAdd, viewAtRest } from './on-canvas.ts'

const { runnel, newPage } = startJourney({ LANGFLOW_ALLOW_CUSTOM_COMPONENTS: 'true' })
let page: Page
let flowId: string
let made = 0

beforeEach(async () => {
  flowId = (await runnel.client.call(createFlow, { body: await echoFlow(`Echo ${++made}`) })).id
  page = await openFlow()
  return () => page.context().close()
})

async function openFlow(): Promise<Page> {
  const opened = await newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  await opened.goto(`${runnel.address}/flow/${flowId}`)
  await opened.getByTestId('sidebar-search-input').waitFor()
  return opened
}

const node = (type: string): Locator => nodeOf(page, type)
const pane = () => page.locator('.react-flow__pane')
/** The upper left corner of the canvas, where no node lies. */
const CORNER = { position: { x: 30, y: 30 } } as const

interface StoredNode {
  readonly id: string
  readonly type: string
  readonly data: {
    readonly node: {
      readonly description: string
      readonly template: Record<string, { readonly [key: string]: unknown }>
    }
  }
}

async function storedNodes(): Promise<readonly StoredNode[]> {
  const { data } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  // The file as this page has saved it.
  return (data as unknown as { readonly nodes: readonly StoredNode[] }).nodes
}

test('the name of the flow opens its settings, which are checked while they are typed', async () => {
  const other = await runnel.client.call(createFlow, {
    body: { name: `Other ${made}`, endpoint_name: `other-${made}`, data: { nodes: [], edges: [] } },
  })
  await page.getByTestId('flow_name').click()
  const save = page.getByTestId('save-flow-settings')
  await expect.poll(() => save.isDisabled()).toBe(true)
  await page.getByTestId('input-endpoint-name').fill('not this')
  await page.getByText('Use only letters, numbers, hyphens, and underscores.').waitFor()
  await page.getByTestId('input-endpoint-name').fill(other.endpoint_name ?? '')
  await page.getByText('Another flow has this endpoint name.').waitFor()
  await page.getByTestId('input-endpoint-name').fill(`mail-${made}`)
  await page.getByTestId('input-flow-name').fill(`Mail ${made}`)
  await page.getByTestId('input-flow-tags').fill('work')
  await page.keyboard.press('Enter')
  await page.getByTestId('lock-flow-switch').click()
  expect(await seriousFindings(page)).toEqual([])
  await save.click()
  await expect.poll(() => page.getByTestId('flow_name').textContent()).toBe(`Mail ${made}`)
  await expect.poll(() => page.title()).toBe(`Mail ${made} – Runnel`)
  await page.getByRole('button', { name: 'Unlock the flow' }).waitFor()
  const { name, endpoint_name, tags, locked } = await runnel.client.call(readFlow, { params: { flow_id: flowId } })
  expect({ name, endpoint_name, tags, locked }).toEqual({
    name: `Mail ${made}`,
    endpoint_name: `mail-${made}`,
    tags: ['work'],
    locked: true,
  })
  await runnel.client.call(updateFlow, { params: { flow_id: flowId }, body: { locked: false } })
})

test('a right click on the empty canvas adds where it was, and folds all nodes', async () => {
  await pane().click({ button: 'right', ...CORNER })
  await page.getByTestId('menu-note').click()
  await page.getByTestId('note_node').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByTestId('note_node').waitFor({ state: 'detached' })
  await pane().click({ button: 'right', ...CORNER })
  await page.getByTestId('menu-expand-all').click()
  await node('ChatInput').getByTestId('textarea_str_input_value').waitFor()
  await pane().click({ button: 'right', ...CORNER })
  await page.getByTestId('menu-minimise-all').click()
  await node('ChatInput').getByTestId('textarea_str_input_value').waitFor({ state: 'detached' })
  await pane().click({ button: 'right', ...CORNER })
  await page.getByTestId('menu-quick-add').click()
  await quickAdd(page, 'Combine Text')
  await node('CombineText').waitFor()
})

test('a right click on an edge inserts a component that fits, or deletes it', async () => {
  const edge = page.locator('.react-flow__edge-interaction').first()
  await edge.waitFor({ state: 'attached' })
  await viewAtRest(page)
  await edge.click({ button: 'right', force: true })
  await page.getByTestId('menu-insert-node').click()
  await quickAdd(page, 'Combine Text')
  await node('CombineText').waitFor()
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(2)
  await page.keyboard.press('Control+z')
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1)
  await viewAtRest(page)
  await edge.click({ button: 'right', force: true })
  await page.getByTestId('menu-delete').click()
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(0)
})

test('a right click on several nodes offers what can be done with them together', async () => {
  await pane().click(CORNER)
  await page.keyboard.press('Control+a')
  await node('ChatInput').getByTestId('generic-node-title-arrangement').click({ button: 'right' })
  await page.getByTestId('menu-group').waitFor()
  await page.getByTestId('menu-delete').click()
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(0)
})

test('text that is pasted becomes a note or a text input, an address of a flow its nodes', async () => {
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text)
    await pane().click(CORNER)
    await page.keyboard.press('Control+v')
  }
  await paste('remember the milk')
  await page.getByTestId('paste-as-note').click()
  await page.getByText('remember the milk').waitFor()
  await paste('a prompt of mine')
  await page.getByTestId('paste-as-text').click()
  await node('TextInput').waitFor()
  const value = async () =>
    (await storedNodes()).find(({ id }) => id.startsWith('TextInput'))?.data.node.template.input_value?.value
  await expect.poll(value).toBe('a prompt of mine')
  await paste(`${runnel.address}/flow/${flowId}`)
  await expect.poll(() => node('ChatOutput').count()).toBe(2)
  const strange = { display_name: 'From afar', template: {}, outputs: [{ name: 'out', types: ['Message'] }] }
  const nodes = [{ id: 'Afar-1', type: 'genericNode', data: { id: 'Afar-1', type: 'Afar', node: strange } }]
  const edges = [{ id: 'e', source: 'Afar-1', target: 'Gone-1' }]
  await paste(JSON.stringify({ data: { nodes, edges } }))
  await node('Afar').waitFor()
  await page.getByText('This server has no component From afar.').first().waitFor()
  await page.getByText('1 edge cannot be drawn').first().waitFor()
})

test('a file that is dropped is uploaded and read by a node', async () => {
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['a,b\n1,2\n'], 'numbers.csv', { type: 'text/csv' }))
    return transfer
  })
  await pane().dispatchEvent('drop', { dataTransfer: data, clientX: 500, clientY: 200 })
  await node('File').getByText('numbers').waitFor()
  const path = async () => (await storedNodes()).find(({ id }) => id.startsWith('File-'))?.data.node.template.path
  await expect.poll(async () => (await path())?.file_path).toEqual([expect.stringMatching(/\.csv$/)])
  const recording = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['ID3'], 'speech.mp3', { type: 'audio/mpeg' }))
    return transfer
  })
  await pane().dispatchEvent('drop', { dataTransfer: recording, clientX: 500, clientY: 400 })
  await node('AssemblyAITranscriptionJobCreator').getByText('speech').waitFor()
  await page
    .getByText(/speech\.mp3 went to AssemblyAI Start Transcript/)
    .first()
    .waitFor()
  const refused = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['x'], 'program.exe'))
    return transfer
  })
  await pane().dispatchEvent('drop', { dataTransfer: refused, clientX: 500, clientY: 200 })
  await page
    .getByText(/program\.exe cannot be read/)
    .first()
    .waitFor()
})

test('Tab adds where the mouse has clicked, and walks the nodes for who came by the keyboard', async () => {
  const input = page.getByTestId('quick-add-input')
  const selected = page.locator('.react-flow__node.selected')
  await pane().click(CORNER)
  await page.keyboard.press('Tab')
  await input.fill('Combine Text')
  await page.getByRole('option', { name: 'Combine Text', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await node('CombineText').waitFor()
  await input.waitFor({ state: 'detached' })
  await page.getByRole('application').press('Home')
  const first = await selected.getAttribute('data-id')
  await page.keyboard.press('Tab')
  await expect.poll(() => selected.getAttribute('data-id')).not.toBe(first)
  expect(await input.count()).toBe(0)
})

test('the sidebar is made wider, walked by arrows, and begins a component of the user', async () => {
  const sidebar = page.getByRole('complementary', { name: 'Components' })
  await page.getByRole('separator', { name: 'Width of the sidebar' }).press('ArrowRight')
  await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(280)
  await page.reload()
  await expect.poll(async () => (await sidebar.boundingBox())?.width).toBe(280)
  // What the arrows walk over comes with the catalogue.
  await page.getByTestId('disclosure-processing').waitFor()
  await page.getByTestId('sidebar-search-input').press('ArrowDown')
  // Past what the user has saved.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  // The first there is Chat Input, of which a flow has one.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(3)
  await page.getByTestId('sidebar-custom-component-button').click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await node('CustomComponent').waitFor()
})

test('the strip opens one part of the sidebar at a time, and the dock lists the variables that are read', async () => {
  await page.getByTestId('sidebar-nav-bundles').click()
  await page.getByTestId('disclosure-bundles-openai').waitFor()
  expect(await page.getByTestId('disclosure-processing').count()).toBe(0)
  await page.getByTestId('sidebar-nav-bundles').click()
  await page.getByTestId('sidebar-search-input').waitFor({ state: 'detached' })
  await page.getByTestId('sidebar-nav-components').click()
  await page.getByTestId('disclosure-processing').waitFor()
  // Whoever searches, searches everywhere.
  await page.getByTestId('sidebar-search-input').fill('OpenAI')
  await page.getByTestId('disclosure-bundles-openai').waitFor()
  await page.getByTestId('dock-variables').click()
  await page.getByText('No field of this flow reads a global variable.').waitFor()
  await page.getByTestId('toggle-inspector').click()
  await page.getByRole('separator', { name: 'Width of the inspector' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await page.getByTestId('inspector').boundingBox())?.width).toBe(384)
  await page.getByTestId('sidebar-nav-runs').click()
  await page.waitForURL(`**/monitor/runs?flow=*${flowId}*`)
})

test('an MCP server of the user is added as a node that uses it', async () => {
  await runnel.client.call(createMcpServer, {
    params: { server_name: `weather-${made}` },
    body: { url: 'http://127.0.0.1:9/mcp' },
  })
  await page.getByTestId('sidebar-nav-mcp').click()
  await page.getByTestId(`mcp-server-weather-${made}`).dblclick()
  await node('MCPTools').waitFor()
  const server = async () =>
    (await storedNodes()).find(({ id }) => id.startsWith('MCPTools-'))?.data.node.template.mcp_server?.value
  await expect.poll(server).toEqual({ name: `weather-${made}`, config: {} })
})

test('the dock shows the last run by node, and what is missing as it is edited', async () => {
  await page.getByTestId('run-flow').click()
  await page.getByTestId('node_duration_chat output').waitFor()
  await page.getByTestId('dock-timeline').click()
  await expect.poll(() => page.getByTestId('run-timeline').locator('li').count()).toBe(2)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('run-timeline').getByText('Chat Output').click()
  await page.locator('.react-flow__node.selected[data-id^="ChatOutput-"]').waitFor()
  await page.getByTestId('dock-problems').click()
  await page.getByText('Nothing stops this flow from running.').waitFor()
  await page.keyboard.press('Escape')
  await viewAtRest(page)
  await page.locator('.react-flow__edge-interaction').first().click({ force: true })
  await page.keyboard.press('Delete')
  await page.getByTestId('flow-hints').getByText('Chat Output is connected with nothing.').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('tabpanel').getByText('Chat Output is missing Inputs.').click()
  await page.locator('.react-flow__node.selected[data-id^="ChatOutput-"]').waitFor()
  await page.getByTestId('dock-toggle').click()
  await page.getByRole('tabpanel').waitFor({ state: 'detached' })
})

test('a flow opens with the view it was left with', async () => {
  const zoom = page.getByTestId('canvas_controls_dropdown')
  await page.getByRole('application').focus()
  await viewAtRest(page)
  const user = await runnel.client.call(readSession, {})
  const key = `runnel.views.${user.user?.id}`
  await page.evaluate((name) => localStorage.removeItem(name), key)
  // Once: of two, the view in between may be stored and read as well.
  await page.keyboard.press('Control+-')
  await page.waitForFunction((name) => localStorage.getItem(name) !== null, key)
  await viewAtRest(page)
  const stored = await page.evaluate(
    ([name, id]) => {
      const views: readonly (readonly [string, { readonly zoom: number }])[] = JSON.parse(
        localStorage.getItem(name) ?? '[]',
      )
      return views.find(([flow]) => flow === id)?.[1].zoom
    },
    [key, flowId] as const,
  )
  await page.reload()
  await expect.poll(() => zoom.textContent()).toBe(`${Math.round((stored ?? 0) * 100)} %`)
})

test('a rectangle drawn with Shift selects what is inside, of a large flow too', async () => {
  const nodes = Array.from({ length: 80 }, (_, index) => ({
    id: `note-${index}`,
    type: 'noteNode',
    position: { x: (index % 10) * 400, y: Math.floor(index / 10) * 300 },
    data: { id: `note-${index}`, type: 'note', node: { display_name: '', description: `${index}`, template: {} } },
  }))
  const large = await runnel.client.call(createFlow, { body: { name: `Large ${made}`, data: { nodes, edges: [] } } })
  await page.goto(`${runnel.address}/flow/${large.id}`)
  await page.locator('[data-overview="drawn"]').waitFor()
  await viewAtRest(page)
  const box = await pane().boundingBox()
  if (!box) throw new Error('the canvas is not on the screen')
  await page.keyboard.down('Shift')
  await page.mouse.move(box.x + 4, box.y + 4)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await page.getByText('80 selected').waitFor()
})

test('a version is kept by name, restored as a step that can be undone, and deleted', async () => {
  await page.getByRole('button', { name: 'Versions' }).click()
  await page.getByTestId('version-name').fill('before the note')
  await page.getByTestId('keep-version').click()
  await page.getByText('before the note').waitFor()
  await pane().click({ button: 'right', ...CORNER })
  await page.getByTestId('menu-note').click()
  await page.getByTestId('note_node').waitFor()
  await page.getByRole('button', { name: 'Restore v1' }).click()
  await page.getByTestId('note_node').waitFor({ state: 'detached' })
  await expect.poll(async () => (await storedNodes()).length).toBe(2)
  await pane().click(CORNER)
  await page.keyboard.press('Control+z')
  await page.getByTestId('note_node').waitFor()
  await expect.poll(async () => (await storedNodes()).length).toBe(3)
  await page.getByRole('button', { name: 'Delete v1' }).click()
  await page.getByRole('button', { name: 'Delete version' }).click()
  await page.getByText('before the note').waitFor({ state: 'detached' })
})

/** Makes another flow of the echo's nodes, changed, and opens it. */
async function openChanged(change: (nodes: EchoNode[], edges: EchoEdge[]) => void): Promise<void> {
  const { data } = await echoFlow('')
  // The nodes of a file.
  const { nodes, edges } = data as unknown as { readonly nodes: EchoNode[]; readonly edges: EchoEdge[] }
  change(nodes, edges)
  const body = { name: `Changed ${made}`, data: { nodes, edges: [...edges] } }
  flowId = (await runnel.client.call(createFlow, { body })).id
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await page.locator('.react-flow__node').first().waitFor()
}

interface EchoNode {
  readonly id: string
  readonly data: {
    type: string
    showNode?: boolean
    node: { template: Record<string, { value?: unknown }>; outputs: { name: string }[]; metadata?: object }
  }
}

interface EchoEdge {
  sourceHandle: string
  readonly data: { readonly sourceHandle: { name: string } }
}
const isOf = (type: string) => (one: EchoNode) => one.data.type === type

test('a component the server lacks is grey, keeps what it holds, and is told before a run', async () => {
  await openChanged((nodes) => {
    const chat = nodes.find(isOf('ChatOutput'))
    if (!chat) throw new Error('the echo has no Chat Output')
    chat.data.type = 'TelegraphOutput'
    chat.data.showNode = true
    chat.data.node.metadata = {}
  })
  await page.getByTestId('unknown-banner').getByText('TelegraphOutput').waitFor()
  await page.getByTestId('dock-problems').getByText('1 problem').click()
  await page.getByRole('button', { name: 'Chat Output: this server has no component' }).click()
  expect(await seriousFindings(page)).toEqual([])
  const stored = await storedNodes()
  expect(stored.find(({ id }) => id.startsWith('ChatOutput'))?.data.node.template.input_value).toBeDefined()
})

test('nodes of an older form are updated at once, their values kept, after a look at what breaks', async () => {
  await openChanged((nodes) => {
    for (const { data } of nodes) {
      delete data.node.template.should_store_message
      data.showNode = true
    }
    const chat = nodes.find(isOf('ChatInput'))
    if (chat) chat.data.node.template.input_value = { ...chat.data.node.template.input_value, value: 'kept' }
  })
  const bar = page.getByTestId('updates-bar')
  await bar.getByText('Updates are available for 2 components').waitFor()
  await page.getByTestId('update-banner').first().waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('review-all-button').click()
  await page.getByText('New fields: Store Messages').first().waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('update-chosen').click()
  await page.getByText('2 components updated').first().waitFor()
  await bar.waitFor({ state: 'detached' })
  const input = async () => (await storedNodes()).find(({ id }) => id.startsWith('ChatInput'))?.data.node.template
  await expect.poll(input).toMatchObject({ should_store_message: {}, input_value: { value: 'kept' } })
  const names = (await runnel.client.call(listFlows, { query: { header_flows: true } })) as readonly { name: string }[]
  expect(names.map(({ name }) => name)).toContain(`Changed ${made} (backup)`)
  await page.locator('.react-flow__pane').click(CORNER)
  await page.keyboard.press('Control+z')
  await bar.getByText('Updates are available for 2 components').waitFor()
  await page.getByTestId('update-all-button').click()
  await bar.waitFor({ state: 'detached' })
})

test('an update that costs a connection is chosen by hand and says what went, and updates are put off', async () => {
  await openChanged((nodes, edges) => {
    const [output] = nodes.find(isOf('ChatInput'))?.data.node.outputs ?? []
    for (const { data } of nodes) delete data.node.template.should_store_message
    for (const edge of edges) {
      edge.sourceHandle = edge.sourceHandle.replace('œmessageœ', 'œsaidœ')
      edge.data.sourceHandle.name = 'said'
    }
    if (output) output.name = 'said'
  })
  const bar = page.getByTestId('updates-bar')
  await bar.getByText('Updates are available for 2 components').waitFor()
  await bar.getByText('Review all', { exact: true }).waitFor()
  expect(await page.getByTestId('update-all-button').count()).toBe(0)
  await bar.getByRole('button', { name: 'Dismiss all' }).click()
  await bar.waitFor({ state: 'detached' })
  await page.reload()
  await bar.getByText('Review all', { exact: true }).click()
  const breaking = page.getByRole('checkbox', { name: 'Update Chat Input' })
  expect(await breaking.isChecked()).toBe(false)
  expect(await page.getByRole('checkbox', { name: 'Update Chat Output' }).isChecked()).toBe(true)
  await page.getByText('A breaking update may disconnect edges.').waitFor()
  await breaking.click()
  await page.getByTestId('update-chosen').click()
  await page.getByText('One connection no longer fits and was removed').first().waitFor()
  await page.getByText('2 components updated').first().waitFor()
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(0)
})

test('a node is pinned to what it gave, and switched off, from the keyboard', async () => {
  await openChanged((nodes) => {
    const chat = nodes.find(isOf('ChatInput'))
    if (chat) chat.data.node.template.input_value = { ...chat.data.node.template.input_value, value: 'hello' }
    for (const { data } of nodes) data.showNode = true
  })
  await page.getByTestId('run-flow').click()
  await page.getByTestId('node_duration_chat output').waitFor()
  const input = node('ChatInput')
  await input.getByTestId('generic-node-title-arrangement').click()
  await page.keyboard.press('Shift+p')
  await input.getByText('Pinned').waitFor()
  await page.keyboard.press('Shift+p')
  await input.getByText('Pinned').waitFor({ state: 'detached' })
  await input.getByTestId('generic-node-title-arrangement').click({ button: 'right' })
  await page.getByTestId('edit-pin-button-modal').click()
  await page.getByTestId('json-editor').locator('.cm-content').fill('{ "message": "by hand" }')
  await page.getByTestId('json-editor-save').click()
  await input.getByText('Pinned').waitFor()
  await page.getByTestId('run-flow').click()
  await page.getByTestId('output-inspection-output message-chatoutput').click()
  await page.getByTestId('output-inspector').getByText('by hand').waitFor()
  await page.keyboard.press('Escape')
  await input.getByTestId('generic-node-title-arrangement').click()
  await page.keyboard.press('Shift+p')
  await input.getByText('Pinned').waitFor({ state: 'detached' })
  await page.keyboard.press('d')
  await input.getByText('Disabled').waitFor()
  await page.getByTestId('run-flow').click()
  await page.getByTestId('node_status_icon_chat output_inactive').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('d')
  await input.getByText('Disabled').waitFor({ state: 'detached' })
  await page.getByTestId('run-flow').click()
  await page.getByTestId('node_duration_chat output').waitFor()
})

test('the rest of a long output is read when it is asked for', async () => {
  await openChanged((nodes) => {
    const chat = nodes.find(isOf('ChatInput'))
    if (chat)
      chat.data.node.template.input_value = {
        ...chat.data.node.template.input_value,
        value: `${'ab '.repeat(3000)}end`,
      }
    for (const { data } of nodes) data.showNode = true
  })
  await page.getByTestId('run-flow').click()
  await page.getByTestId('node_duration_chat output').waitFor()
  await page.getByTestId('output-inspection-chat message-chatinput').click()
  await page.getByTestId('open-whole-output').click()
  await expect.poll(() => page.getByTestId('output-inspector').getByTestId('textarea').textContent()).toMatch(/ab end$/)
})

test('a version is looked at on the canvas without changing the flow, then taken', async () => {
  await page.getByRole('button', { name: 'Versions' }).click()
  await page.getByTestId('keep-version').click()
  await page.getByRole('button', { name: 'Restore v1' }).waitFor()
  await pane().click({ button: 'right', ...CORNER })
  await page.getByTestId('menu-note').click()
  await page.getByTestId('note_node').waitFor()
  await page.getByRole('button', { name: 'Look at v1' }).click()
  await page.getByTestId('version-preview').waitFor()
  await page.getByTestId('note_node').waitFor({ state: 'detached' })
  expect(await seriousFindings(page)).toEqual([])
  await pane().click(CORNER)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  expect(await page.locator('.react-flow__node').count()).toBe(2)
  await page.getByTestId('close-preview').click()
  await page.getByTestId('note_node').waitFor()
  await page.getByRole('button', { name: 'Look at v1' }).click()
  await page.getByTestId('restore-preview').click()
  await page.getByTestId('version-preview').waitFor({ state: 'detached' })
  await expect.poll(async () => (await storedNodes()).length).toBe(2)
})

test('a node is saved to the sidebar, used again, and deleted from there', async () => {
  await node('ChatOutput').getByTestId('generic-node-title-arrangement').click({ button: 'right' })
  await page.getByTestId('save-button-modal').click()
  await page.getByText('Chat Output is in the sidebar').first().waitFor()
  await page.getByTestId('disclosure-saved').click()
  const item = page.getByTestId('savedChat Output')
  await item.press('Enter')
  await expect.poll(() => node('ChatOutput').count()).toBe(2)
  expect(await seriousFindings(page)).toEqual([])
  // Dropped on an edge it fits into, it splits it.
  await page.keyboard.press('Control+z')
  await expect.poll(() => node('ChatOutput').count()).toBe(1)
  const edges = page.locator('.react-flow__edge')
  const before = await edges.count()
  const pane = page.locator('.react-flow__pane')
  const { x = 0, y = 0 } = (await pane.boundingBox()) ?? {}
  const middle = await edges
    .locator('.react-flow__edge-path')
    .first()
    .evaluate((path) => {
      if (!(path instanceof SVGPathElement)) throw new Error('an edge is no path')
      const { x, y } = path
        .getPointAtLength(path.getTotalLength() / 2)
        .matrixTransform(path.getScreenCTM() ?? undefined)
      return { x, y }
    })
  await item.dragTo(pane, { targetPosition: { x: middle.x - x, y: middle.y - y } })
  await expect.poll(() => edges.count()).toBe(before + 1)
  await item.click({ button: 'right' })
  await page.getByTestId('delete-saved').click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Delete' }).click()
  await item.waitFor({ state: 'detached' })
  await expect.poll(() => node('ChatOutput').count()).toBe(2)
})

test('the inspector tells what came in, keeps notes, and how fields were changed', async () => {
  await openChanged((nodes) => {
    for (const { data } of nodes) data.showNode = true
  })
  await node('ChatInput').getByTestId('textarea_str_input_value').fill('good morning')
  await page.getByTestId('run-flow').click()
  await page.getByTestId('node_duration_chat output').waitFor()
  await node('ChatOutput').getByTestId('generic-node-title-arrangement').click()
  await page.keyboard.press('i')
  const inspector = page.getByTestId('inspector')
  await inspector
    .getByRole('button', { name: 'Input', exact: true })
    .or(inspector.getByRole('radio', { name: 'Input', exact: true }))
    .click()
  await inspector.getByText('good morning').waitFor()
  await inspector.getByText('Notes', { exact: true }).click()
  await page.getByTestId('node-notes').fill('says it all')
  expect(await seriousFindings(page)).toEqual([])
  const chat = async () => (await storedNodes()).find(({ id }) => id.startsWith('ChatOutput'))?.data.node
  await expect.poll(chat).toMatchObject({ notes: 'says it all' })
  await node('ChatInput').getByTestId('generic-node-title-arrangement').click()
  await inspector.getByText('History', { exact: true }).click()
  await page.getByTestId('field-history').getByText('good morning').waitFor()
})
