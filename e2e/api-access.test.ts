import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@runnel/client'
import { createApiKey } from '@runnel/protocol/api-keys'
import { listExampleFlows } from '@runnel/protocol/example-flows'
import { createFlow, type FlowCreate } from '@runnel/protocol/flows'
import { isObject } from '@runnel/protocol/json'
import { publishFlow } from '@runnel/protocol/publications'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow, readerFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'

/** Everything a shell, a program or a replacement of words could stumble over. */
const SAID = `it's "True" or null, $HOME \`date\` 你好`
const READ = `It's what the file says: 你好`
const python = (() => {
  try {
    execFileSync('python3', ['-c', 'import requests'], { stdio: 'ignore' })
    return true
  } catch {
    process.stderr.write('SKIPPED: printed Python is not run: python3 with the package requests is not here.\n')
    return false
  }
})()

const modules = join(import.meta.dirname, '..', 'node_modules')
/** What of the printed code that uses OpenAI's clients can be run here; that for JavaScript comes with the repository. */
const openAiLanguages = (['python', 'javascript', 'curl'] as const).filter((language) => {
  if (language !== 'python' || spawnSync('python3', ['-c', 'import openai'], { stdio: 'ignore' }).status === 0)
    return true
  process.stderr.write("SKIPPED: printed calls by OpenAI's client for Python are not run: its package is not here.\n")
  return false
})

// Of this machine, the browser signs in by itself, but programs need a key.
const { runnel, newPage } = startJourney({
  LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'false',
  LANGFLOW_WEBHOOK_AUTH_ENABLE: 'true',
})
let page: Page
let folder: string
let apiKey: string

/** Sets the text the flow begins with. */
function saying(flow: FlowCreate, text: string): FlowCreate {
  const changed = structuredClone(flow)
  for (const node of changed.data?.nodes ?? []) {
    const data: unknown = isObject(node) ? node.data : undefined
    const inner = isObject(data) && data.type === 'ChatInput' && isObject(data.node) ? data.node : undefined
    const template = isObject(inner?.template) ? inner.template : {}
    if (isObject(template.input_value)) Reflect.set(template.input_value, 'value', text)
  }
  return changed
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-snippets-'))
  page = await newPage()
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('mainpage_title').waitFor()
  const made = await page.request.post(runnel.address + createApiKey.path, { data: { name: 'Snippets' } })
  apiKey = (await made.json()).api_key
  const client = createClient({ baseUrl: runnel.address, apiKey })
  await client.call(createFlow, { body: saying(await echoFlow('Echo'), SAID) })
  await client.call(createFlow, { body: await readerFlow('Reader') })
  const hook = (await client.call(listExampleFlows, {})).find(({ name }) => name === 'Webhook Summary')
  await client.call(createFlow, {
    body: { name: 'Hook', endpoint_name: 'hook-desk', data: hook?.data as FlowCreate['data'] },
  })
  await symlink(modules, join(folder, 'node_modules'))
  await writeFile(join(folder, 'your_image_1.jpg'), Buffer.from('not much of a picture'))
  await writeFile(join(folder, 'your_file_1.txt'), READ)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const open = async (flow: string, shown = 'tweaks-button'): Promise<void> => {
  await page.goto(`${runnel.address}/flows`)
  await page.getByRole('button', { name: `Actions for ${flow}`, exact: true }).click()
  await page.getByTestId('api-access-item').click()
  await page.getByTestId(shown).waitFor()
}
const printed = async (
  mode: string,
  language: 'python' | 'javascript' | 'curl',
  part = 'api-code',
): Promise<string> => {
  await page.getByTestId(`api-mode-${mode}`).click()
  await page.getByTestId(`api_tab_${language}`).click()
  if (language === 'curl') await page.getByTestId('api_tab_unix').click()
  return (await page.getByTestId(part).textContent()) ?? ''
}
/** Stands in printed commands for what the first of them answers. */
const JOB = 'REPLACE_WITH_JOB_ID_FROM_START'
/** Runs printed code as a caller would: with the key in the environment. @returns what it printed */
async function execute(language: 'python' | 'javascript' | 'curl', code: string): Promise<string> {
  const [program, file] = (
    { python: ['python3', 'call.py'], javascript: [process.execPath, 'call.mjs'], curl: ['bash', 'call.sh'] } as const
  )[language]
  await writeFile(join(folder, file), code)
  const env = { PATH: process.env.PATH, HOME: folder, LANGFLOW_API_KEY: apiKey }
  const { stdout, stderr } = await promisify(execFile)(program, [file], { cwd: folder, env })
  return `${stdout}${/fail|Error/i.test(stderr) ? stderr : ''}`
}
interface Described {
  readonly requestBody: { readonly content: { readonly 'application/json': { readonly example: unknown } } }
}
/** The text in the answer, wherever it is. */
const plain = (output: string): string =>
  output
    .replaceAll('\\"', '"')
    .replaceAll(/\\u([\da-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))

const languages = (['python', 'javascript', 'curl'] as const).filter((language) => language !== 'python' || python)

test.each(languages)('the printed run works in %s, whatever the text holds', async (language) => {
  await open('Echo')
  expect(plain(await execute(language, await printed('run', language)))).toContain(SAID)
})

test.each(languages)('the printed stream works in %s', async (language) => {
  await open('Echo')
  const output = await execute(language, await printed('stream', language))
  // An echo has no words that come one by one: the end is what counts.
  if (language === 'curl') expect(output).toContain('"event": "end"')
  if (language === 'javascript') expect(output).toContain('Done:')
  expect(output).not.toMatch(/"event": "error"|failed/)
})

test.each(languages)(
  'the printed upload for a chat works in %s, and the run reads what was uploaded',
  async (language) => {
    await open('Echo')
    if (language !== 'curl') {
      const output = await execute(language, await printed('upload', language))
      expect(output).toMatch(/your_image_1\.jpg/)
      return expect(plain(output)).toContain(SAID)
    }
    const uploaded = await execute(language, await printed('upload', language, 'api-code-upload'))
    const { file_path }: { readonly file_path: string } = JSON.parse(uploaded)
    const run = await printed('upload', language, 'api-code-run')
    const output = await execute(language, run.replace('REPLACE_WITH_FILE_PATH_FROM_UPLOAD_1', file_path))
    expect(output).toContain(file_path.split('/').pop())
  },
)

test.each(languages)('the printed upload for a node that reads files works in %s', async (language) => {
  await open('Reader')
  // A text is made quicker than a PDF.
  const ofText = async (part?: string): Promise<string> =>
    (await printed('upload', language, part)).replace('your_file_1.pdf', 'your_file_1.txt')
  if (language !== 'curl') return expect(plain(await execute(language, await ofText()))).toContain(READ)
  const { path } = JSON.parse(await execute(language, await ofText('api-code-upload')))
  const run = await printed('upload', language, 'api-code-run')
  expect(plain(await execute(language, run.replace('REPLACE_WITH_FILE_PATH_FROM_UPLOAD_1', path)))).toContain(READ)
})

test('printed webhook calls arrive in every language, and are seen as they do', async () => {
  await open('Hook')
  for (const language of languages) {
    const output = await execute(language, await printed('webhook', language))
    expect(output).toMatch(/in progress/)
  }
  await expect.poll(() => page.getByTestId('webhook-call').count()).toBe(languages.length)
  expect(await seriousFindings(page)).toEqual([])
})

test.each(languages)('the printed background run works in %s, and tells how it went', async (language) => {
  await open('Echo')
  if (language !== 'curl') {
    return expect(plain(await execute(language, await printed('background', language)))).toContain(SAID)
  }
  const start = await execute(language, await printed('background', language, 'api-code-start'))
  const { job_id }: { readonly job_id: string } = JSON.parse(start)
  const poll = await printed('background', language, 'api-code-poll')
  const ask = () => execute(language, poll.replace(JOB, job_id))
  await expect.poll(ask).toContain('completed')
  expect(plain(await ask())).toContain(SAID)
  // What has ended stays as it is.
  const stop = await printed('background', language, 'api-code-stop')
  expect(await execute('curl', stop.replace(JOB, job_id))).toContain('already finished (completed)')
})

test.each(languages)('the printed background run in %s says why a run has failed', async (language) => {
  // Its model has no key.
  await open('Hook')
  if (language !== 'curl') {
    return expect(await execute(language, await printed('background', language))).toContain('JOB_FAILED')
  }
  const start = await execute(language, await printed('background', language, 'api-code-start'))
  const poll = await printed('background', language, 'api-code-poll')
  await expect.poll(() => execute(language, poll.replace(JOB, JSON.parse(start).job_id))).toContain('JOB_FAILED')
})

test.each(openAiLanguages)("the printed call by OpenAI's client works in %s, whole and in pieces", async (language) => {
  await open('Echo')
  for (const part of ['api-code-whole', 'api-code-pieces']) {
    expect(plain(await execute(language, await printed('openai', language, part)))).toContain(SAID)
  }
})

test('other ways than code are there: a published version, a tool of MCP clients, a part of another page', async () => {
  await open('Echo')
  await page.getByTestId('api-mode-flowai').click()
  await page.getByText('This flow is not published').waitFor()
  await page.getByTestId('api-mode-mcp').click()
  await expect.poll(() => page.getByTestId('mcp-config').textContent()).toContain('/api/v1/mcp/project/')
  await page.getByTestId('api-mode-embed').click()
  await page.getByText('Nobody can open it yet').waitFor()
  expect(await page.getByTestId('embed-code').textContent()).toMatch(/<iframe src="http[^"]*\/embed\//)
  await page.getByTestId('embed-sites').fill('shop.example/help')
  await page.getByTestId('save-sites').click()
  await expect.poll(() => page.getByTestId('embed-sites').inputValue()).toBe('https://shop.example')
  expect(await seriousFindings(page)).toEqual([])
  await open('Echo', 'embed-code')
  await page.getByTestId('api-mode-run').click()
  await page.getByTestId('api-code').waitFor()
})

test('a flow that is not published is described for programs, which can call it by that', async () => {
  await open('Echo', 'flow-openapi')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('flow-openapi').click()])
  expect(file.suggestedFilename()).toBe('Echo.openapi.json')
  const { servers, paths } = JSON.parse(await readFile(await file.path(), 'utf8'))
  for (const [path, { post }] of Object.entries<{ readonly post: Described }>(paths)) {
    const answer = await fetch(servers[0].url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
      body: JSON.stringify(post.requestBody.content['application/json'].example),
    })
    expect([path, answer.status]).toEqual([path, 200])
    expect(await answer.text()).toContain('True')
  }
})

test('the calls of a flow are a collection that other programs import', async () => {
  await open('Echo')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('postman-collection').click()])
  expect(file.suggestedFilename()).toBe('Echo.postman_collection.json')
  const { item } = JSON.parse(await readFile(await file.path(), 'utf8'))
  const [{ name, request }] = item
  expect(name).toBe('Run')
  const answer = await fetch(request.url.raw, {
    method: request.method,
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    body: request.body.raw,
  })
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('True')
})

test('a call is tried from the pane, as a user or with a key, and is among the runs', async () => {
  await open('Echo')
  await page.getByTestId('api-mode-run').click()
  await page.getByTestId('try-call').getByText('Try it').click()
  const body = page.getByTestId('try-body')
  await body.fill('{ "input_value": ')
  await page.getByText('This is not valid JSON').waitFor()
  await expect.poll(() => page.getByTestId('try-send').isDisabled()).toBe(true)
  await body.fill('{ "input_value": "tried 你好" }')
  await page.getByTestId('try-send').click()
  const answer = page.getByTestId('try-answer')
  await answer.getByText(/^200/).waitFor()
  await answer.getByText('tried 你好').first().waitFor()
  await page.getByTestId('try-key').fill('sk-wrong')
  await page.getByTestId('try-send').click()
  await answer.getByText(/^403/).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('link', { name: 'Runs of this flow' }).click()
  await page.waitForURL(/\/monitor\/runs\?flow=/)
  await page.getByTestId(/^run-/).first().waitFor()
})

test.each(['run', 'stream'] as const)('the path to the text leads to it in the answer of a %s', async (mode) => {
  await open('Echo')
  await page.getByTestId(`api-mode-${mode}`).click()
  await page.getByText('What comes back').first().click()
  const path = await page.getByRole('region', { name: 'Path to the text' }).locator('pre').textContent()
  const code = await printed(mode, 'curl')
  const [last = ''] = (await execute('curl', code)).trim().split('\n').slice(-1)
  const steps = (path ?? '').match(/\w+/g)?.slice(1) ?? []
  const found: unknown = steps.reduce((value: unknown, step) => Reflect.get(Object(value), step), JSON.parse(last))
  expect(found).toBe(SAID)
})

test('once published, the code calls the newest version, one by its number, or the draft', async () => {
  const client = createClient({ baseUrl: runnel.address, apiKey })
  const flow = await client.call(createFlow, { body: await echoFlow('Live') })
  await client.call(publishFlow, { params: { flow_id: flow.id } })
  await open('Live', 'calling-code')
  await page.getByText('Calls what is published last, now version 1').waitFor()
  const code = async (kind: string): Promise<string> => {
    await page.getByTestId(`call-${kind}`).click()
    return (await page.getByTestId('calling-code').textContent()) ?? ''
  }
  for (const kind of ['curl', 'curl-stream', 'javascript', 'javascript-stream', 'python', 'python-stream'] as const) {
    const [language = 'curl'] = languages.filter((one) => kind.startsWith(one))
    if (kind.startsWith(language)) expect(await execute(language, await code(kind))).toContain('Hello')
  }
  await page.getByTestId('api-target').click()
  await page.getByRole('option', { name: 'Version 1' }).click()
  await expect.poll(() => code('curl')).toContain('"version":1')
  expect(await execute('javascript', await code('javascript'))).toContain('Hello')
  await page.getByTestId('try-call').getByText('Try it').click()
  await page.getByTestId('try-key').fill(apiKey)
  await page.getByTestId('try-send').click()
  await page.getByTestId('try-answer').getByText('"total_time"').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('api-target').click()
  await page.getByRole('option', { name: 'Draft (Langflow API)' }).click()
  await expect.poll(() => page.getByTestId('api-code').textContent()).toContain('/api/v1/run/')
})

test('an exposed field and an endpoint name are written into the code, and kept in the flow', async () => {
  await open('Echo')
  await page.getByTestId('tweaks-button').click()
  await page.getByRole('searchbox', { name: 'Search fields' }).fill('sender name')
  await page.getByRole('switch', { name: 'Expose Sender Name' }).last().click()
  await page.getByRole('button', { name: 'Input schema (1)' }).waitFor()
  await page.getByTestId('api-endpoint-name').fill('no spaces')
  await page.getByText('Use only letters, numbers, hyphens, and underscores.').waitFor()
  await page.getByTestId('api-endpoint-name').fill('hook-desk')
  await page.getByText('Another flow has this endpoint name.').waitFor()
  await page.getByTestId('api-endpoint-name').fill('echo-desk')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('/api/v1/run/echo-desk').first().waitFor()
  const code = await printed('run', 'curl')
  expect(code).toContain('"sender_name": ')
  expect(plain(await execute('curl', code.replace(/"sender_name": "[^"]*"/, '"sender_name": "Ada"')))).toContain('Ada')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId(/^value-.*-sender_name$/).fill('Grace')
  await expect.poll(() => page.getByTestId('api-code').textContent()).toContain('"sender_name": "Grace"')
  expect(plain(await execute('curl', await printed('run', 'curl')))).toContain('Grace')
  await page.getByTestId(/^reset-.*-sender_name$/).click()
  await expect.poll(() => page.getByTestId('api-code').textContent()).not.toContain('Grace')
  await page.getByTestId(/^name-.*-sender_name$/).fill('speaker')
  await page.getByTestId(/^name-.*-sender_name$/).press('Enter')
  await expect.poll(() => page.getByTestId('api-code').textContent()).toContain('"speaker": ')
  const named = await printed('run', 'curl')
  expect(named).not.toContain('sender_name')
  expect(plain(await execute('curl', named.replace(/"speaker": "[^"]*"/, '"speaker": "Edsger"')))).toContain('Edsger')
  await open('Echo')
  await page.getByRole('button', { name: 'Input schema (1)' }).waitFor()
})

test('a key made in the dialog is written into the code only when asked for', async () => {
  await open('Echo')
  const code = await printed('run', 'curl')
  expect(code).toContain('$LANGFLOW_API_KEY')
  await page.getByRole('button', { name: 'Create new key' }).click()
  await page.getByTestId('secret_key_modal_submit_button').click()
  const made = await page.getByRole('textbox', { name: 'Key' }).inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await page.getByTestId('api-code').textContent()).not.toContain(made)
  await page.getByRole('switch', { name: 'Insert the key just made' }).click()
  await expect.poll(() => page.getByTestId('api-code').textContent()).toContain(made)
})

test('in the workspace the pane shows the graph as it is on the canvas', async () => {
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('flow-name-div').getByText('Echo').click()
  await page.getByTestId('publish-button').click()
  await page.getByTestId('api-access-item').click()
  await page.getByTestId('tweaks-button').click()
  await page.getByRole('searchbox', { name: 'Search fields' }).fill('session id')
  await page.getByRole('switch', { name: 'Expose Session ID' }).first().click()
  await expect.poll(() => page.getByTestId('api-code').textContent()).toContain('session_id')
  await page.getByRole('button', { name: 'Input schema (2)' }).waitFor()
})

test('the key that opens the pane closes it, and the share menu opens it where the code for other pages is', async () => {
  await page.goto(`${runnel.address}/flows`)
  await page.getByTestId('flow-name-div').getByText('Echo').click()
  await page.getByTestId('publish-button').waitFor()
  await page.keyboard.press('r')
  await page.getByTestId('api-access-dialog').waitFor()
  await page.keyboard.press('r')
  await page.getByTestId('api-access-dialog').waitFor({ state: 'detached' })
  await page.getByTestId('publish-button').click()
  await page.getByTestId('embed-item').click()
  await page.getByTestId('embed-code').waitFor()
})
