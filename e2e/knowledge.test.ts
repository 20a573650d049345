import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createFlow, listFlows } from '@runnel/protocol/flows'
import { deleteKnowledgeBases, listKnowledgeBases } from '@runnel/protocol/knowledge-bases'
import { createVariable } from '@runnel/protocol/variables'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { startJourney } from './journey.ts'

const { runnel, newPage } = startJourney({ LANGFLOW_MAX_FILE_SIZE_UPLOAD: '1' })
let page: Page
let provider: Server

/** What is asked with these words waits for its answer until nobody wants it any more. */
let slowWords: string | undefined
/** How often whoever asked for something slow has not waited for the answer. */
let givenUp = 0

/** A provider of embeddings: any text becomes three numbers. */
function startProvider(): Promise<Server> {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { input }: { readonly input: string | readonly string[] } = JSON.parse(text)
    if (slowWords !== undefined && text.includes(slowWords)) {
      await once(response, 'close')
      givenUp += 1
      return
    }
    const data = [input].flat().map((one, index) => ({ object: 'embedding', index, embedding: [one.length, 1, 0] }))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ object: 'list', data, model: 'm', usage: { prompt_tokens: 1, total_tokens: 1 } }))
  })
  return new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve(server)))
}

beforeAll(async () => {
  provider = await startProvider()
  const { port } = provider.address() as AddressInfo
  const variables = [
    { name: 'OPENAI_API_KEY', value: 'sk-any', type: 'Credential' },
    { name: 'OPENAI_BASE_URL', value: `http://127.0.0.1:${port}/v1`, type: 'Generic' },
  ] as const
  for (const body of variables) await runnel.client.call(createVariable, { body })
  page = await newPage()
})
afterAll(async () => {
  provider.close()
})

test('where there is no base, a flow is made that fills one', async () => {
  await page.goto(`${runnel.address}/knowledge`)
  await page.getByTestId('new-ingestion-flow').click()
  await page.getByLabel('Name').fill('Leaflets')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.waitForURL(/\/flow\//)
  await page.getByTestId('div-generic-node').first().waitFor()
  const [flow] = [await runnel.client.call(listFlows, { query: {} })].flat()
  expect(JSON.stringify(flow)).toContain('"value":"Leaflets"')
  await runnel.client.call(deleteKnowledgeBases, { body: { kb_names: ['Leaflets'] } })
})

test('a base is made, previewed, filled and searched', async () => {
  await page.goto(`${runnel.address}/assets/knowledge-bases`)
  await page.waitForURL(/\/knowledge$/)
  await page.getByTestId('new-knowledge-btn').first().click()
  await page.getByLabel('Name').fill('Manuals')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.waitForURL(/base=/)
  const chosen = page.waitForEvent('filechooser')
  await page
    .locator(':focus')
    .and(page.getByRole('button', { name: 'Choose files' }))
    .press('Enter')
  const text = 'Turn the key to the left. '.repeat(4)
  await (await chosen).setFiles([{ name: 'guide.md', mimeType: 'text/markdown', buffer: Buffer.from(text) }])
  await page.getByLabel('Chunk size').fill('60')
  await page.getByText('Must be less than the chunk size.').waitFor()
  await page.getByLabel('Overlap').fill('0')
  await page.getByRole('button', { name: 'Add line' }).click()
  await page.getByRole('textbox', { name: 'Kept with every chunk, name 1' }).fill('department')
  await page.getByRole('textbox', { name: 'Kept with every chunk, value 1' }).fill('售后')
  await page.getByRole('button', { name: 'Preview chunks' }).click()
  await page.getByText(/guide.md: \d+ chunks/).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Add 1 file' }).click()
  await page.getByText('Done', { exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Chunks' }).click()
  await page.getByText('Turn the key to the left.').first().waitFor()
  await page
    .getByText(/department/)
    .first()
    .waitFor()
  await page.getByText(/售后/).first().waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('searchbox', { name: 'Search chunks' }).fill('no such words')
  await page.getByText('No chunks match').waitFor()
  await page.getByRole('tab', { name: 'Test a question' }).click()
  await page.getByRole('textbox', { name: 'Ask as a flow would…' }).fill('Turn the key')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page
    .getByText(/^Score /)
    .first()
    .waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Edit chunk' }).first().click()
  await page.getByRole('textbox', { name: 'Text of the chunk' }).fill('Press the button.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('tab', { name: 'Chunks' }).click()
  await page.getByText('Press the button.').waitFor()
})

test('a file of a base is looked into, and taken out whole', async () => {
  await page.goto(`${runnel.address}/knowledge?base=Manuals`)
  await page.getByRole('tab', { name: 'Add files' }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chosen).setFiles([{ name: 'rent.md', mimeType: 'text/markdown', buffer: Buffer.from('Pay in May.') }])
  // Whoever has gone on to another tab stays there when the server has the file, and sees it come.
  const taken = Promise.withResolvers<void>()
  await page.route('**/ingest', async (route) => {
    await taken.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Add 1 file' }).click()
  await page.getByRole('tab', { name: 'Files', exact: true }).click()
  await page.getByRole('row', { name: /^guide\.md/ }).waitFor()
  taken.resolve()
  await page.getByRole('button', { name: 'rent.md', exact: true }).click()
  await expect.poll(() => page.getByTestId('chunk').allTextContents()).toEqual([expect.stringContaining('Pay in May.')])
  await page.getByRole('tab', { name: 'Files', exact: true }).click()
  await page.getByRole('button', { name: 'Take out rent.md' }).click()
  await page.getByText('1 chunk goes with it').waitFor()
  await page.getByRole('button', { name: 'Take out file' }).click()
  await page.getByRole('row', { name: /^rent\.md/ }).waitFor({ state: 'detached' })
  expect(await seriousFindings(page)).toEqual([])
})

test('files that are too large together are refused before they are sent', async () => {
  await page.goto(`${runnel.address}/knowledge?base=Manuals`)
  await page.getByRole('tab', { name: 'Add files' }).click()
  const half = Buffer.alloc(600_000, 'a')
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chosen).setFiles(['one.txt', 'two.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: half })))
  await page.getByRole('alert').filter({ hasText: 'larger than one upload may be' }).waitFor()
  expect(await page.getByRole('button', { name: 'Add 2 files' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Leave out two.txt' }).click()
  await expect.poll(() => page.getByRole('button', { name: 'Add 1 file' }).isDisabled()).toBe(false)
})

test('what is kept with a chunk is edited', async () => {
  await page.goto(`${runnel.address}/knowledge?base=Manuals`)
  await page.getByRole('button', { name: 'Edit chunk' }).first().click()
  await page.getByRole('button', { name: 'Add line' }).click()
  await page.getByRole('textbox', { name: /, name 7$/ }).fill('shelf')
  await page.getByRole('textbox', { name: /, value 7$/ }).fill('B-12')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('shelf: B-12').waitFor()
  const all = await page.getByTestId('chunk').count()
  expect(all).toBeGreaterThan(1)
  await page.getByRole('combobox', { name: 'Metadata' }).click()
  await page.getByRole('option', { name: 'shelf: B-12' }).click()
  await expect.poll(() => page.getByTestId('chunk').count()).toBe(1)
  await page.getByText('shelf: B-12').first().waitFor()
})

test('a base names the flows that use it, and is embedded with another model', async () => {
  const node = {
    id: 'k',
    type: 'genericNode',
    position: { x: 0, y: 0 },
    data: { id: 'k', type: 'Knowledge', node: {} },
  }
  const template = { knowledge_base: { type: 'str', value: 'Manuals' } }
  const data = { nodes: [{ ...node, data: { ...node.data, node: { template } } }], edges: [] }
  const { id } = await runnel.client.call(createFlow, { body: { name: 'Ask the manuals', data } })
  await page.goto(`${runnel.address}/knowledge?base=Manuals`)
  await page.getByRole('tab', { name: 'Model and use' }).click()
  await page.getByRole('link', { name: 'Ask the manuals' }).waitFor()
  await expect.poll(() => page.getByRole('link', { name: 'Ask the manuals' }).getAttribute('href')).toContain(id)
  await expect.poll(() => page.getByRole('button', { name: 'Embed anew' }).isDisabled()).toBe(true)
  await page.getByRole('combobox', { name: 'Embedding model' }).click()
  await page.getByRole('option', { name: 'Built-in · hashing-384' }).click()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Embed anew' }).click()
  await page.getByText(/(\d+) of \1 chunks re-embedded/).waitFor()
  await page.getByText('Built-in · hashing-384').first().waitFor()
})

test('each file tells what became of it, and those that failed are tried again', async () => {
  await page.goto(`${runnel.address}/knowledge?base=Manuals`)
  await page.getByRole('tab', { name: 'Add files' }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await chosen).setFiles([
    { name: 'more.md', mimeType: 'text/markdown', buffer: Buffer.from('Look around.') },
    { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  ])
  await page.getByRole('button', { name: 'Preview chunks' }).click()
  await page.getByText('Files such as tool.exe cannot be read').waitFor()
  await page.getByText('Look around.').waitFor()
  await page.getByRole('button', { name: 'Add 2 files' }).click()
  await page.getByText('Show 2 files').click()
  const files = page.getByRole('region', { name: 'Files of 2 files' })
  await files.getByRole('row', { name: /more\.md Added/ }).waitFor()
  await files.getByRole('row', { name: /tool\.exe.*cannot be read.*Failed/ }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Retry 1 file' }).click()
  await expect.poll(() => page.getByText(/^Show \d files?$/).count()).toBe(3)
})

test('a folder is added whole, its folders too, but nothing hidden', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'runnel-folder-'))
  await mkdir(join(folder, 'more'))
  await mkdir(join(folder, '.git'))
  for (const [name, text] of [
    ['tyres.md', 'Check the tyres.'],
    ['more/oil.md', 'Change the oil.'],
    ['more/tyres.md', 'Change the tyres.'],
    ['.git/notes.md', 'Nobody reads this.'],
  ] as const) {
    await writeFile(join(folder, name), text)
  }
  await page.goto(`${runnel.address}/knowledge?base=Manuals`)
  await page.getByRole('tab', { name: 'Add files' }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await (await chosen).setFiles(folder)
  await page.getByText('1 hidden file was left out').first().waitFor()
  await page.getByRole('button', { name: 'Preview chunks' }).click()
  await page.getByText('oil.md: 1 chunk').waitFor()
  await page.getByRole('button', { name: 'Add 3 files' }).click()
  await page.getByText('3 added, 0 failed, 0 skipped, 3 chunks').waitFor()
  await page.getByRole('tab', { name: 'Files', exact: true }).click()
  const top = basename(folder)
  for (const name of [`${top}_tyres.md`, `${top}_more_tyres.md`, 'oil.md']) {
    await page.getByRole('button', { name: `Take out ${name}` }).click()
    await page.getByRole('button', { name: 'Take out file' }).click()
    await page.getByRole('row', { name: new RegExp(`^${name}`) }).waitFor({ state: 'detached' })
  }
  await rm(folder, { recursive: true, force: true })
})

test('adding files is stopped half way: what is in stays, and the rest is added later', async () => {
  slowWords = 'Once upon a time'
  await page.goto(`${runnel.address}/knowledge`)
  await page.getByTestId('new-knowledge-btn').first().click()
  await page.getByLabel('Name').fill('Novels')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  const texts = { 'short.md': 'The end.', 'long.md': `${slowWords}…`, 'next.md': 'Chapter two.' }
  await (await chosen).setFiles(
    Object.entries(texts).map(([name, text]) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) })),
  )
  await page.getByRole('button', { name: 'Add 3 files' }).click()
  const progress = page.getByRole('progressbar', { name: 'Adding 3 files' })
  await expect.poll(() => progress.getAttribute('value')).toBe('1')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByText('Stopped', { exact: true }).waitFor()
  await progress.waitFor({ state: 'detached' })
  await page.getByText('1 added, 0 failed, 0 skipped, 1 chunk').waitFor()
  await page.getByText('Show 3 files').click()
  const files = page.getByRole('region', { name: 'Files of 3 files' })
  for (const state of [/short\.md Added/, /long\.md Not added/, /next\.md Not added/]) {
    await files.getByRole('row', { name: state }).waitFor()
  }
  await expect.poll(() => givenUp).toBe(1)
  slowWords = undefined
  await page.getByRole('button', { name: 'Retry 2 files' }).click()
  await page.getByText('2 added, 0 failed, 0 skipped, 2 chunks').waitFor()
  await page.goto(`${runnel.address}/knowledge`)
  await page.getByRole('row', { name: /Novels.*Ready/ }).waitFor()
  await runnel.client.call(deleteKnowledgeBases, { body: { kb_names: ['Novels'] } })
})

test.each([
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)('the list of bases has no serious findings in %s, %s', async (locale, colorScheme) => {
  page = await newPage({ locale, colorScheme })
  await page.goto(`${runnel.address}/knowledge`)
  await page.getByRole('button', { name: 'Manuals' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('a name may be of any script', async () => {
  page = await newPage({ locale: 'zh-CN' })
  await page.goto(`${runnel.address}/knowledge`)
  await page.getByTestId('new-knowledge-btn').first().click()
  await page.getByLabel('名称').fill('产品手册')
  await page.getByRole('button', { name: '创建', exact: true }).click()
  await page.waitForURL(/base=/)
  await page.getByRole('heading', { name: '产品手册' }).waitFor()
})

test('a base is deleted with what it holds', async () => {
  page = await newPage()
  await page.goto(`${runnel.address}/knowledge`)
  await page.getByRole('checkbox', { name: 'Select Manuals' }).waitFor()
  await page.getByRole('checkbox', { name: 'Select all' }).click()
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('1 flow uses it and will fail without it:').waitFor()
  await page.getByRole('button', { name: 'Delete 2 knowledge bases' }).click()
  await page.getByText('No knowledge bases').waitFor()
  await expect.poll(() => runnel.client.call(listKnowledgeBases, {})).toEqual([])
})
