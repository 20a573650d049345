import { createClient } from '@runnel/client'
import { createFlow, listFlows, readFlow, updateFlow } from '@runnel/protocol/flows'
import { listMcpServers } from '@runnel/protocol/mcp-servers'
import { createProject } from '@runnel/protocol/projects'
import { readCurrentUser } from '@runnel/protocol/users'
import { listVariables } from '@runnel/protocol/variables'
import { type ProviderServer, providerServer, reply } from '@runnel/testing/provider-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { startJourney } from './journey.ts'

let releases: ProviderServer
const { runnel, newPage } = startJourney(async () => {
  releases = await providerServer(reply({ version: '0.0.9' }), reply({ version: '9.0.0' }))
  return {
    RUNNEL_UPDATE_ADDRESS: `${releases.url}/runnel/latest`,
    RUNNEL_MCP_COMMANDS: 'no-such-program --in two words',
    RUNNEL_MCP_ENVIRONMENT: 'DEPTH',
  }
})
let page: Page

afterAll(() => releases[Symbol.asyncDispose]())

beforeEach(async () => {
  page = await newPage()
  return () => page.context().close()
})
const open = (section: string) => page.goto(`${runnel.address}/settings/${section}`)

test('a credential is stored, never shown again, and deleting it names the flows that use it', async () => {
  await open('global-variables')
  await page.getByRole('button', { name: 'Add variable' }).first().click()
  await page.getByLabel('Name').fill('MY_KEY')
  await page.getByLabel('Value', { exact: false }).fill('top-secret')
  await page.getByRole('button', { name: 'Apply to fields' }).click()
  await page.getByRole('textbox', { name: 'Search the list' }).fill('OpenAI API')
  await page.getByRole('checkbox', { name: 'OpenAI API Key', exact: true }).click()
  await page.keyboard.press('Escape')
  await page.getByTestId('save-variable-btn').click()
  await page.getByRole('row', { name: 'MY_KEY' }).getByText('OpenAI API Key').click()
  await expect.poll(() => page.getByLabel('Value', { exact: false }).inputValue()).toBe('')
  expect(await page.content()).not.toContain('top-secret')
  await page.keyboard.press('Escape')
  const stored = await runnel.client.call(listVariables, {})
  expect(stored).toMatchObject([{ name: 'MY_KEY', type: 'Credential', default_fields: ['OpenAI API Key'] }])

  const template = { api_key: { value: 'MY_KEY', load_from_db: true } }
  const node = {
    id: 'n',
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: { id: 'n', type: 'X', node: { template } },
  }
  await runnel.client.call(createFlow, { body: { name: 'Needs a key', data: { nodes: [node], edges: [] } } })
  await page.getByRole('button', { name: 'Flows that use MY_KEY' }).click()
  await page.getByRole('link', { name: 'Needs a key' }).waitFor()
  expect(await page.getByTestId('save-variable-btn').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('checkbox', { name: 'Select MY_KEY' }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('1 flow uses it and will fail without it:').waitFor()
  await page.getByText('Needs a key').waitFor()
  // What could not be deleted stays selected.
  const one = '**/api/v1/variables/*'
  await page.route(one, (route) => route.fulfill({ status: 500, json: { detail: 'The disk is full' } }))
  await page.getByTestId('btn_delete_delete_confirmation_modal').click()
  await page.getByText('The disk is full').first().waitFor()
  await page.getByRole('checkbox', { name: 'Select MY_KEY', checked: true }).waitFor()
  await page.unroute(one)
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByTestId('btn_delete_delete_confirmation_modal').click()
  await page.getByText('No variables').waitFor()
})

test('a key is shown once, and opens the API', async () => {
  await open('api-keys')
  await page.getByRole('button', { name: 'Create new key' }).first().click()
  await page.getByLabel('Name').fill('Website')
  await page.getByTestId('secret_key_modal_submit_button').click()
  const apiKey = await page.getByRole('textbox', { name: 'Key' }).inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('cell', { name: 'Website', exact: true }).waitFor()
  expect(await page.content()).not.toContain(apiKey)
  const client = createClient({ baseUrl: runnel.address, apiKey })
  await expect(client.call(readCurrentUser, {})).resolves.toMatchObject({ is_active: true })
})

test('MCP servers are pasted as another program keeps them, and a name is taken once', async () => {
  await open('mcp-servers')
  const paste = async (text: string): Promise<void> => {
    await page.getByTestId('add-mcp-server-button-page').first().click()
    await page.getByTestId('json-input').fill(text)
    await page.getByTestId('add-mcp-server-button').click()
  }
  await paste('{ not json')
  await page.getByText('This is not valid JSON.').waitFor()
  await page.keyboard.press('Escape')
  const servers = { docs: { url: 'http://127.0.0.1:1/mcp' }, shop: { url: 'http://127.0.0.1:1/mcp' } }
  await paste(JSON.stringify({ mcpServers: servers }))
  await page.getByRole('button', { name: 'Actions for docs' }).waitFor()
  const names = async () => (await runnel.client.call(listMcpServers, {})).map(({ name }) => name)
  await expect.poll(names).toEqual(['docs', 'shop'])
  await paste(JSON.stringify({ mcpServers: { docs: servers.docs } }))
  await page.getByText('Server already exists').waitFor()
  await page.keyboard.press('Escape')
  // Of several, what was refused is named, and only that is left to be tried again.
  await paste(JSON.stringify({ mcpServers: { more: servers.shop, docs: servers.docs } }))
  await page.getByText('“docs”: Server already exists').waitFor()
  await page.getByText('Added: more.').waitFor()
  expect(JSON.parse(await page.getByTestId('json-input').inputValue())).toMatchObject({
    mcpServers: { docs: { url: servers.docs.url } },
  })
  await expect.poll(names).toEqual(['docs', 'shop', 'more'])
})

test('a server that is a program is typed without a pointer, and shown again in every field', async () => {
  await open('mcp-servers')
  await page.getByTestId('add-mcp-server-button-page').first().click()
  await page.getByTestId('stdio-tab').click()
  await page.getByTestId('stdio-name-input').fill('local')
  await page.getByTestId('stdio-command-input').fill('no-such-program')
  const addLine = (of: string) => page.getByRole('group', { name: of }).getByRole('button', { name: 'Add line' })
  for (const argument of ['--in', 'two words']) {
    await addLine('Arguments').press('Enter')
    await page.keyboard.type(argument)
  }
  await addLine('Environment variables').press('Enter')
  await page.keyboard.type('DEPTH')
  await page.keyboard.press('Tab')
  await page.keyboard.type('3')
  await page.keyboard.press('Enter')
  await page.getByTestId('mcp-server-menu-button-local').click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  const tabs = page.getByRole('dialog').getByRole('tab')
  await expect.poll(() => tabs.and(page.locator(':disabled')).allTextContents()).toEqual(['JSON', 'HTTP/SSE'])
  expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('STDIO')
  const inputs = page.getByRole('dialog').locator('input')
  const values = () => inputs.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
  await expect.poll(values).toEqual(['local', 'no-such-program', '--in', 'two words', 'DEPTH', '*******'])
  expect(await seriousFindings(page)).toEqual([])
})

test('a provider without a working key is refused when it is tested', async () => {
  await open('model-providers')
  await page.getByTestId('provider-item-openai').click()
  await page.getByLabel(/API Key/).fill('sk-wrong')
  await page.getByLabel(/Base URL/).fill('http://127.0.0.1:1/v1')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('is saved').first().waitFor()
})

test('a coding agent is given the flows with a key made for it, which runs them and no more', async () => {
  await open('coding-agents')
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).toContain('YOUR_API_KEY')
  await page.getByTestId('make-agent-key').click()
  await page.getByText('The key stands below').waitFor()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).not.toContain('YOUR_API_KEY')
  const { mcpServers } = JSON.parse((await page.getByTestId('mcp-config').textContent()) ?? '')
  const { url, headers } = mcpServers.runnel
  await expect
    .poll(() => page.getByTestId('mcp-command').textContent())
    .toBe(`claude mcp add --transport http runnel ${url} --header "x-api-key: ${headers['x-api-key']}"`)
  expect(await seriousFindings(page)).toEqual([])
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  })
  expect(await answer.json()).toMatchObject({ result: { tools: expect.any(Array) } })
  const agent = createClient({ baseUrl: runnel.address, apiKey: headers['x-api-key'] })
  await expect(agent.call(createFlow, { body: { name: 'Mine' } })).rejects.toMatchObject({ status: 403 })
})

test('models show what they can, are searched, and answer a test message as a run would', async () => {
  const answer = reply({ choices: [{ message: { content: 'I am a test.' }, finish_reason: 'stop' }] })
  const models = reply({ data: [{ id: 'newest-model' }, { id: 'bge-m3' }, { id: 'whisper-1' }] })
  await using provider = await providerServer((response) =>
    response.req.url?.endsWith('/models') ? models(response) : answer(response),
  )
  await open('model-providers')
  await page.getByTestId('provider-item-openai').click()
  await page.getByLabel(/API Key/).fill('sk-fine')
  await page.getByLabel(/Base URL/).fill(`${provider.url}/v1`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const offered = page.getByRole('switch', { name: 'Offer text-embedding-3-small in flows' })
  await expect.poll(() => offered.isChecked()).toBe(true)
  await page.getByText(/^\d deprecated models$/).waitFor()
  expect(await page.getByRole('switch', { name: 'Offer gpt-3.5-turbo in flows' }).isVisible()).toBe(false)
  await page.getByText('The provider has 2 models now.').waitFor()
  const newest = page.getByRole('switch', { name: 'Offer newest-model in flows' })
  expect(await newest.isChecked()).toBe(false)
  await newest.click()
  await expect.poll(() => newest.isChecked()).toBe(true)
  await page.getByRole('listitem').filter({ hasText: 'bge-m3' }).getByText('Embeddings').waitFor()
  await page.getByRole('searchbox', { name: 'Search models…' }).fill('4o-mini')
  const row = page.getByRole('listitem').filter({ hasText: 'gpt-4o-mini' })
  await row.getByText('Vision').waitFor()
  await row.getByRole('button', { name: 'Send gpt-4o-mini a test message' }).click()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('I am a test.').waitFor()
  expect(provider.requests[0]?.headers.authorization).toBe('Bearer sk-fine')
  expect(await seriousFindings(page)).toEqual([])
})

test('a key of the editor is changed unless another action has it, and the usual ones come back', async () => {
  await open('shortcuts')
  const recorder = page.getByTestId('shortcut-recorder')
  await page.getByRole('row', { name: /note/i }).getByRole('button').first().click()
  await recorder.press('Control+k')
  await page.getByText(/^Taken by: /).waitFor()
  await recorder.press('Control+Alt+9')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Ctrl+Alt+9').waitFor()
  // One without a key is given one by a click on its row.
  await page.getByText('Expand all', { exact: true }).click()
  await page.getByRole('dialog', { name: 'Expand all' }).getByRole('button', { name: 'Cancel' }).click()
  await page.reload()
  await page.getByText('Ctrl+Alt+9').waitFor()
  await page.getByTestId('restore-button').click()
  await page.getByText('Ctrl+Alt+9').waitFor({ state: 'detached' })
  // A set that was begun from is named, and its keys hold at once.
  const beside = await page.context().newPage()
  await beside.goto(`${runnel.address}/flows`)
  await beside.getByTestId('open-palette').getByText('Ctrl+K').waitFor()
  const begunFrom = page.getByRole('combobox', { name: 'Set of keys' })
  await begunFrom.click()
  await page.getByRole('option', { name: 'Langflow classic' }).click()
  await expect.poll(() => begunFrom.textContent()).toBe('Langflow classic')
  await page.keyboard.press('Control+Shift+K')
  await page.getByRole('dialog', { name: 'Go to' }).waitFor()
  await beside.getByTestId('open-palette').getByText('Ctrl+Shift+K').waitFor()
})

test('the server says its version, how it does and what it goes by', async () => {
  await open('server')
  await page.getByText('Healthy').nth(1).waitFor()
  await page.getByText('1,024 MB').waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('a newer release is found at the address of the settings, and marked in the menu of the account', async () => {
  await open('server')
  await page.getByText('This is the newest release').waitFor()
  await page.getByTestId('check-update').click()
  await page.getByText('Update available: 9.0.0').waitFor()
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('user-profile-settings').click()
  await page.getByTestId('update-available').click()
  await page.waitForURL(/settings\/server/)
  expect(releases.requests.map(({ path }) => path)).toEqual(['/runnel/latest', '/runnel/latest'])
})

test('components that do not load are named with their flow, the reason and where it happened', async () => {
  const code = `import { defineComponent } from 'runnel'
throw new Error('no luck')
export default defineComponent({ displayName: 'Own', outputs: { said: { type: 'Message', run: () => 'x' } } })`
  const outputs = [{ name: 'said', display_name: 'Said', types: ['Message'], method: 'said' }]
  const node = {
    id: 'CustomComponent-1',
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: {
      id: 'CustomComponent-1',
      type: 'CustomComponent',
      node: { display_name: 'Own', template: { code: { value: code } }, outputs },
    },
  }
  await runnel.client.call(createFlow, { body: { name: 'Unlucky', data: { nodes: [node], edges: [] } } })
  await open('server')
  await page.getByTestId('check-components').click()
  const failure = page.getByTestId('component-failure').filter({ hasText: 'Unlucky' })
  await failure.getByText('Line 2: no luck').waitFor()
  await failure.getByText('Traceback').click()
  await failure.getByText('component:2').waitFor()
  await page.getByTestId('all-settings').locator('summary').click()
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('RUNNEL_UPDATE')
  await page.getByRole('cell', { name: 'RUNNEL_UPDATE_ADDRESS' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('all flows, or those of a project, are taken out as a zip and brought back in each of three ways', async () => {
  const { client } = runnel
  const { id: folder_id } = await client.call(createProject, { body: { name: 'Desk' } })
  const { id } = await client.call(createFlow, { body: { name: 'Answer', description: 'first', folder_id } })
  await client.call(createFlow, { body: { name: 'Apart' } })
  const described = async () => (await client.call(readFlow, { params: { flow_id: id } })).description
  await open('backup')
  const taken = async (): Promise<string> => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-backup').click()])
    expect(file.suggestedFilename()).toMatch(/^\d{4}-\d\d-\d\d_backup\.zip$/)
    return file.path()
  }
  const all = await taken()
  await page.getByRole('combobox', { name: 'What' }).click()
  await page.getByRole('option', { name: 'Desk' }).click()
  const desk = await taken()
  await client.call(updateFlow, { params: { flow_id: id }, body: { description: 'second' } })
  const brought = async (file: string, how: string, said: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: 'When a name is taken' }).click()
    await page.getByRole('option', { name: how }).click()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByTestId('import-backup').click()])
    await chooser.setFiles(file)
    await page.getByTestId('backup-restored').getByText(said).waitFor()
  }
  await brought(desk, 'Leave mine as it is', 'Flows: 0 added, 0 replaced, 1 left out')
  expect(await described()).toBe('second')
  await brought(desk, 'Replace mine', 'Flows: 0 added, 1 replaced, 0 left out')
  expect(await described()).toBe('first')
  await brought(all, 'Add it under a new name', /^Flows: \d+ added, 0 replaced, 0 left out$/)
  expect(await seriousFindings(page)).toEqual([])
  const own = await client.call(listFlows, { query: { get_all: true, header_flows: true } })
  const names = (Array.isArray(own) ? own : own.items).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['Answer', 'Answer (1)', 'Apart', 'Apart (1)']))
})

test('an unknown part of the settings is the first, and Back leaves the settings', async () => {
  await page.goto(`${runnel.address}/files`)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Appearance' }).click()
  await page.getByText('Dark', { exact: true }).click()
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await page.getByTestId('back_page_button').click()
  await page.waitForURL(/\/files$/)
  await open('nothing-like-it')
  await page.waitForURL(/\/settings\/general$/)
})

const sections = [
  'general',
  'model-providers',
  'coding-agents',
  'global-variables',
  'mcp-servers',
  'api-keys',
  'shortcuts',
  'messages',
  'appearance',
  'server',
]
test.each([
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)('no part of the settings has serious accessibility findings in %s, %s', async (locale, colorScheme) => {
  await page.context().close()
  page = await newPage({ locale, colorScheme })
  for (const section of sections) {
    await open(section)
    await page.locator('main h2').first().waitFor()
    expect([section, await seriousFindings(page)]).toEqual([section, []])
  }
})
