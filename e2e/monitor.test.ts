import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createFlow, readFlow, updateFlow } from '@runnel/protocol/flows'
import { deleteRuns, listRuns } from '@runnel/protocol/monitor'
import { countMessages, deleteMessages, listMessages } from '@runnel/protocol/monitor-messages'
import { runFlow } from '@runnel/protocol/runs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow } from './echo-flow.ts'
import { newPage, startBrowser } from './start-browser.ts'
import { type Runnel, startRunnel } from './start-runnel.ts'

const MANY = 100_000

let folder: string
let runnel: Runnel
let browser: Browser
let page: Page

/** Copies a message until there are a hundred thousand, as years of use would leave them. */
function fillMessages(): void {
  const database = new DatabaseSync(join(folder, 'runnel.db'))
  const row = database.prepare('select * from message limit 1').get() ?? {}
  const columns = Object.keys(row)
  const insert = database.prepare(
    `insert into message (${columns.join(',')}) values (${columns.map(() => '?').join(',')})`,
  )
  database.exec('begin')
  for (let index = 0; index < MANY; index++) {
    const one = {
      ...row,
      id: crypto.randomUUID(),
      timestamp: index * 1000,
      text: `Message number ${index}`,
      session_id: `s-${index % 90}`,
    }
    insert.run(...columns.map((column) => Reflect.get(one, column)))
  }
  database.exec('commit')
  database.close()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runnel-monitor-'))
  const env = {
    LANGFLOW_CONFIG_DIR: folder,
    LANGFLOW_ENABLE_LOG_RETRIEVAL: 'true',
    LANGFLOW_LOG_RETRIEVER_BUFFER_SIZE: '1000',
    LANGFLOW_LOG_LEVEL: 'INFO',
    // Nothing listens there.
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  }
  const first = await startRunnel(env)
  const run = (flow: { readonly id: string }, input_value: string, session_id: string) =>
    first.client.call(runFlow, { params: { flow_id_or_name: flow.id }, body: { input_value, session_id } })
  const echo = await first.client.call(createFlow, { body: await echoFlow('Echo') })
  await run(echo, 'Hello out there', 'greeting')
  await run(echo, '你好', 'greeting')
  const starter = JSON.parse(await readFile(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8'))
  const broken = await first.client.call(createFlow, { body: { ...starter, name: 'No key' } })
  await run(broken, 'Hello?', 'failing').catch(() => undefined)
  await first.stop()
  fillMessages()
  ;[runnel, browser] = await Promise.all([startRunnel(env), startBrowser()])
  page = await newPage(browser)
})
afterAll(async () => {
  await browser.close()
  await runnel.stop()
  await rm(folder, { recursive: true, force: true })
})

test('runs are found by how they went, and the address keeps the question', async () => {
  await page.goto(`${runnel.address}/monitor`)
  await page.waitForURL(/\/monitor\/runs/)
  await page.getByRole('link', { name: 'No key' }).waitFor()
  await expect.poll(() => page.getByTestId(/^run-/).count()).toBe(3)
  await page.getByRole('combobox', { name: 'Status' }).click()
  await page.getByRole('option', { name: 'Success' }).click()
  await page.waitForURL(/status=succeeded/)
  await page.getByRole('link', { name: 'No key' }).waitFor({ state: 'detached' })
  await page.reload()
  await expect.poll(() => page.getByTestId(/^run-/).count()).toBe(2)
  await page.getByRole('combobox', { name: 'Group' }).click()
  await page.getByRole('option', { name: 'By session' }).click()
  await page.getByRole('rowheader', { name: 'greeting 2 runs' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Export' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
  expect((await readFile(await file.path(), 'utf8')).trim().split('\r\n')).toHaveLength(3)
})

test('runs show what was said and answered, in columns and views of the reader', async () => {
  await page.goto(`${runnel.address}/monitor/runs`)
  const table = page.getByRole('region', { name: 'Runs' })
  await table.getByRole('cell', { name: 'Hello out there' }).first().waitFor()
  await expect.poll(() => table.getByRole('cell', { name: 'Hello out there' }).count()).toBe(2)
  await page.getByRole('searchbox', { name: 'Search inputs, outputs and errors…' }).fill('你')
  await expect.poll(() => page.getByTestId(/^run-/).count()).toBe(1)
  await page.getByTestId('saved-views').click()
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('Chinese')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.goto(`${runnel.address}/monitor/runs`)
  await expect.poll(() => page.getByTestId(/^run-/).count()).toBe(3)
  await page.getByTestId('saved-views').click()
  await page.getByRole('button', { name: 'Chinese', exact: true }).click()
  await page.waitForURL(/q=%E4%BD%A0/)
  await expect.poll(() => page.getByTestId(/^run-/).count()).toBe(1)
  await page.getByTestId('choose-columns').click()
  await page.getByRole('menuitemcheckbox', { name: 'Session' }).click()
  const session = table.getByRole('columnheader', { name: 'Session' })
  await session.waitFor()
  const width = async () => (await session.boundingBox())?.width ?? 0
  const before = await width()
  const edge = page.getByRole('separator', { name: 'Width of Session' })
  for (let step = 0; step < 4; step++) await edge.press('ArrowRight')
  await expect.poll(width).toBeGreaterThan(before + 60)
  await page.reload()
  await session.waitFor()
  await expect.poll(width).toBeGreaterThan(before + 60)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('column-filters').click()
  await page.getByLabel('Tokens, at least').fill('5')
  await page.waitForURL(/tokens=5/)
  await page.getByText('No runs match').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByLabel('Tokens, at least').fill('')
  await page.keyboard.press('Escape')
  await page.getByText('Runs are kept for 30 days, the newest 1,000,000 at most.').waitFor()
  await page.getByTestId('choose-columns').click()
  await page.getByRole('menuitem', { name: 'Reset columns' }).click()
  await session.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Clear filters' }).click()
})

test('a run tells what each node was given and gave, and leads to its messages', async () => {
  await page.getByRole('link', { name: 'Echo' }).first().click()
  await page.getByRole('region', { name: 'Input', exact: true }).getByText('你好').waitFor()
  await page.getByRole('region', { name: 'Output', exact: true }).getByText('你好').waitFor()
  await page.getByRole('button', { name: /Chat Output/ }).click()
  await page.getByRole('region', { name: 'Inputs' }).getByText('你好').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Parts of Run' }).click()
  await expect.poll(() => page.getByTestId('span').count()).toBe(1)
  await page.getByRole('button', { name: 'Parts of Run' }).click()
  await page.getByRole('searchbox', { name: 'Search inputs, outputs and errors…' }).fill('nothing of this')
  await page.getByText('Nothing in this run matches.').waitFor()
  await page.getByRole('searchbox', { name: 'Search inputs, outputs and errors…' }).fill('你好')
  await expect.poll(() => page.getByTestId('span').count()).toBe(3)
  await page.getByRole('button', { name: 'Messages' }).click()
  await page.waitForURL(/session=greeting/)
  await page.getByText('4 messages').waitFor()
})

test('a run is replayed on the canvas, stop by stop, and the editor comes back as it was', async () => {
  await page.goto(`${runnel.address}/monitor/runs?status=succeeded`)
  await page.getByRole('link', { name: 'Echo' }).first().click()
  await page.getByTestId('replay-run').click()
  const position = page.getByTestId('replay-position')
  await position.waitFor()
  const [, flowId, runId] = /flow\/([^?]+)\?run=(.+)$/.exec(page.url()) ?? []
  await page.goto(`${runnel.address}/flow/${flowId}/runs/${runId}`)
  await position.waitFor()
  const statuses = () =>
    page.getByTestId('div-generic-node').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-status')))
  await expect.poll(statuses).toEqual(['done', 'done'])
  expect(await seriousFindings(page)).toEqual([])
  await position.press('ArrowLeft')
  await page.getByText('Chat Output begins').waitFor()
  await expect.poll(statuses).toEqual(['done', 'running'])
  await position.press('Home')
  await expect.poll(statuses).toEqual(['queued', 'queued'])
  await page.getByTestId('replay-play').click()
  await page.getByText('Chat Output is done').waitFor()
  await page.getByText('Inputs and outputs of this step').click()
  await page.getByRole('region', { name: 'Inputs' }).getByText('你好').waitFor()
  await position.press('Home')
  await expect.poll(statuses).toEqual(['queued', 'queued'])
  await page.getByTestId('leave-replay').click()
  await position.waitFor({ state: 'detached' })
  // The newest builds, as whenever the flow is opened.
  await expect.poll(statuses).toEqual(['done', 'done'])
})

test('a past run gives its data to the editor, and runs again as it was', async () => {
  const { runs } = await runnel.client.call(listRuns, { query: { session_id: 'greeting', limit: 1 } })
  const [{ id = '', flow_id = '' } = {}] = runs
  const flow = await runnel.client.call(readFlow, { params: { flow_id } })
  await page.goto(`${runnel.address}/flow/${flow_id}/runs/${id}`)
  await page.getByText(/Run of .*, draft/).waitFor()
  await page.getByTestId('pin-run').click()
  await page.getByText('The values of 1 node are pinned in the editor.').waitFor()
  await page.getByText('Pinned', { exact: true }).waitFor()
  const inSession = async () =>
    (await runnel.client.call(listMessages, { query: { session_id: 'greeting' } })).map((message) => String(message.id))
  const before = new Set(await inSession())
  await page.goto(`${runnel.address}/flow/${flow_id}/runs/${id}`)
  await page.getByTestId('retry-run').click()
  await page.getByRole('menuitem', { name: 'With this input on the flow as it ran' }).click()
  // The editor comes back when it runs.
  await page.getByTestId('replay-bar').waitFor({ state: 'detached' })
  const again = async () =>
    (await runnel.client.call(listRuns, { query: { flow_id, kind: ['playground'] } })).runs.map(({ input, status }) => [
      input,
      status,
    ])
  await expect.poll(again).toEqual([['你好', 'succeeded']])
  const made = await runnel.client.call(listRuns, { query: { flow_id, kind: ['playground'] } })
  await runnel.client.call(deleteRuns, { body: made.runs.map((run) => run.id) })
  const added = async () => (await inSession()).filter((message) => !before.has(message))
  await expect.poll(async () => (await added()).length).toBe(2)
  const said = await added()
  await runnel.client.call(deleteMessages, { body: said })
  await runnel.client.call(updateFlow, { params: { flow_id }, body: { data: flow.data as never } })
})

test('a past run is drawn as it ran, whatever became of the flow', async () => {
  const { runs } = await runnel.client.call(listRuns, { query: { session_id: 'greeting', limit: 1 } })
  const [{ id = '', flow_id = '' } = {}] = runs
  const flow = await runnel.client.call(readFlow, { params: { flow_id } })
  await runnel.client.call(updateFlow, { params: { flow_id }, body: { data: { nodes: [], edges: [] } } })
  const chinese = await newPage(browser, { locale: 'zh-CN' })
  await chinese.goto(`${runnel.address}/flow/${flow_id}?run=${id}`)
  await expect.poll(() => chinese.getByTestId('div-generic-node').count()).toBe(2)
  await chinese.getByText('画布显示的是运行时的工作流。').waitFor()
  await expect.poll(() => chinese.getByTestId('replay-stop').textContent()).toMatch(/聊天输出|对话输出/)
  await chinese.getByTestId('leave-replay').click()
  await expect.poll(() => chinese.getByTestId('div-generic-node').count()).toBe(0)
  await chinese.context().close()
  const { data } = await runnel.client.call(readFlow, { params: { flow_id } })
  expect(data?.nodes).toEqual([])
  await runnel.client.call(updateFlow, { params: { flow_id }, body: { data: flow.data as never } })
})

test('sums of runs are drawn over time, and each chart is a table, too', async () => {
  await page.goto(`${runnel.address}/monitor/runs`)
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.waitForURL(/\/monitor\/overview/)
  const totals = page.getByTestId('overview-totals')
  await totals.getByText('Success rate').waitFor()
  const errors = page.getByRole('region', { name: 'Top errors' })
  await errors.getByRole('row', { name: /No key Language Model 1/ }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await errors.getByRole('link').click()
  await page.waitForURL(/\/runs\?.*status=failed.*period=week/)
  await page.getByRole('link', { name: 'No key' }).waitFor()
  await expect.poll(() => page.getByTestId(/^run-/).count()).toBe(1)
  await page.goBack()
  await page.getByRole('button', { name: '24 hours' }).click()
  await page.waitForURL(/range=24h/)
  await page.getByRole('button', { name: 'Show Runs as a table' }).press('Enter')
  await expect.poll(() => page.getByRole('region', { name: 'Runs' }).getByRole('row').count()).toBe(25)
  await page.getByRole('combobox', { name: 'Whose runs' }).click()
  await page.getByRole('option', { name: "Everybody's runs" }).click()
  await page.waitForURL(/scope=instance/)
  await errors.getByRole('row', { name: /^A (component failed|model answered with an error) 1/ }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: '24 hours', pressed: true }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('the usage of flows says what calls cost, and a call that failed leads to its run', async () => {
  await page.goto(`${runnel.address}/api?tab=usage`)
  await page.getByTestId('usage-totals').getByText('Cost').waitFor()
  await page.getByRole('button', { name: 'Show Calls a day as a table' }).click()
  await expect.poll(() => page.getByRole('region', { name: 'Calls a day' }).getByRole('row').count()).toBe(31)
  await page.getByRole('region', { name: 'By key' }).getByRole('columnheader', { name: 'Cost' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page
    .getByRole('region', { name: 'Recent failed calls' })
    .getByRole('row', { name: /No key/ })
    .getByRole('link')
    .click()
  await page.waitForURL(/\/monitor\/runs\//)
  await page
    .getByRole('alert')
    .filter({ hasText: /^Language Model: / })
    .waitFor()
})

test('the tools that take traces are listed, and one that cannot be reached says so when it is tested', async () => {
  await page.goto(`${runnel.address}/monitor/exporters`)
  const tool = page.getByTestId('exporter-opentelemetry')
  await tool.getByText('Set up', { exact: true }).waitFor()
  await page.getByTestId('exporter-langfuse').getByText('Needs LANGFUSE_PUBLIC_KEY + LANGFUSE_SECRET_KEY').waitFor()
  await page.getByRole('button', { name: 'Test OpenTelemetry' }).click()
  await tool.getByText('nothing listens there').waitFor()
  expect(await seriousFindings(page)).toEqual([])
})

test('a failed run names the node and says why', async () => {
  await page.goto(`${runnel.address}/monitor/runs?status=failed`)
  await page.getByRole('link', { name: 'No key' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: /^Language Model: / })
    .waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete run' }).click()
  await page.waitForURL(/\/monitor\/runs/)
  const failed = async () => (await runnel.client.call(listRuns, { query: { status: 'failed' } })).runs
  await expect.poll(failed).toEqual([])
})

test('a hundred thousand messages scroll without stopping, to any place', async () => {
  await page.goto(`${runnel.address}/monitor/messages`)
  await page.getByText(/^100,00\d messages$/).waitFor()
  const table = page.getByTestId('messages-table')
  await table.getByText('Hello out there').first().waitFor()
  // Time of the page's own thread: what else the machine does is left out.
  const browserSide = await page.context().newCDPSession(page)
  await browserSide.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busyMs = async (): Promise<number> => {
    const { metrics } = await browserSide.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
  const spent = async (work: () => Promise<unknown>): Promise<number> => {
    const before = await busyMs()
    await work()
    return (await busyMs()) - before
  }
  /** The same ten lines a frame, by hand in a table without styles of its own: what this machine makes of such work. */
  const byHand = await spent(() =>
    table.evaluate(async (element) => {
      const bare = document.body.appendChild(document.createElement('table'))
      bare.style.cssText = 'position: fixed; inset: 0; z-index: -1; visibility: hidden'
      for (let step = 0; step < 60; step++) {
        bare.replaceChildren(...[...element.querySelectorAll('tbody tr')].slice(-10).map((row) => row.cloneNode(true)))
        bare.getBoundingClientRect()
        await new Promise(requestAnimationFrame)
      }
      bare.remove()
    }),
  )
  const scrolling = await spent(() =>
    table.evaluate(async (element) => {
      for (let step = 0; step < 60; step++) {
        element.scrollTop += 400
        await new Promise(requestAnimationFrame)
      }
    }),
  )
  // It is about twice as much; all lines in every frame would be ten thousand times.
  expect(scrolling).toBeLessThan(10 * byHand)
  expect(await table.locator('tbody tr').count()).toBeLessThan(80)
  await table.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await table.getByText('Message number 0', { exact: true }).waitFor()
  await table.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }))
  await table.getByText('Message number 50000', { exact: true }).waitFor()
})

test('a message is found, corrected and deleted', async () => {
  await page.getByRole('searchbox', { name: 'Search texts…' }).fill('number 99999')
  await page.getByText('1 message', { exact: true }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Message number 99999' }).click()
  await page.getByRole('dialog').getByLabel('Text').fill('Corrected number 99999')
  await page.getByRole('button', { name: 'Save text' }).click()
  await page.getByRole('button', { name: 'Corrected number 99999' }).waitFor()
  await page.getByRole('checkbox', { name: /Select message/ }).click()
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete message' }).click()
  await page.getByText('No messages match').waitFor()
  const left = () => runnel.client.call(countMessages, { query: { search: 'number 99999' } })
  await expect.poll(left).toEqual({ total: 0 })
})

test('all messages that are found are selected and deleted at once, and no others', async () => {
  const left = async (search: string) => (await runnel.client.call(countMessages, { query: { search } })).total
  await page.goto(`${runnel.address}/monitor/messages?q=number+8888`)
  await page.getByText('11 messages', { exact: true }).waitFor()
  await page.getByRole('checkbox', { name: 'Select all' }).click()
  await page.getByRole('toolbar').getByText('11 selected').waitFor()
  // Another search selects nothing.
  await page.getByRole('searchbox', { name: 'Search texts…' }).fill('number 8888')
  await page.getByRole('searchbox', { name: 'Search texts…' }).fill('number 7777')
  await page.getByRole('toolbar').waitFor({ state: 'detached' })
  await page.getByRole('checkbox', { name: 'Select all' }).click()
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete 11 messages' }).click()
  await page.getByText('No messages match').waitFor()
  expect([await left('number 7777'), await left('number 8888')]).toEqual([0, 11])
  await page.goto(`${runnel.address}/monitor/messages`)
  await page.getByRole('checkbox', { name: 'Select the first 1000' }).click()
  await page.getByRole('toolbar').getByText('1000 selected').waitFor()
})

test('messages are sorted by a column either way, and the columns are chosen', async () => {
  await page.goto(`${runnel.address}/monitor/messages`)
  const table = page.getByTestId('messages-table')
  await table.getByRole('button', { name: 'Time' }).click()
  await page.waitForURL(/order=asc/)
  await table.getByText('Message number 0', { exact: true }).waitFor()
  await table.getByRole('button', { name: 'Text' }).click()
  await page.waitForURL(/sort=text/)
  await table.getByText('Corrected number', { exact: false }).or(table.getByText('Hello out there')).first().waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Files' }).click()
  await table.getByRole('columnheader', { name: 'Files' }).waitFor()
  await table.getByRole('button', { name: 'Tokens' }).click()
  await page.waitForURL(/sort=tokens/)
  await table.getByRole('columnheader', { name: 'Tokens', includeHidden: true }).waitFor()
  await page.getByTestId('column-filters').click()
  await page.getByRole('combobox', { name: 'Category' }).click()
  await page.getByRole('option', { name: 'Error' }).click()
  await page.waitForURL(/category=error/)
  await page.keyboard.press('Escape')
  await page.getByText('1 message', { exact: true }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitem', { name: 'Reset columns' }).click()
  await table.getByRole('columnheader', { name: 'Files' }).waitFor({ state: 'detached' })
})

test('messages are found by the name of who said them', async () => {
  await page.goto(`${runnel.address}/monitor/messages?session=greeting`)
  await page.getByText('4 messages').waitFor()
  await page.getByRole('searchbox', { name: 'Only this name' }).fill('AI')
  await page.getByText('2 messages').waitFor()
  await page.waitForURL(/name=AI/)
})

test('messages are exported as a table other programs read', async () => {
  await page.goto(`${runnel.address}/monitor/messages?session=greeting`)
  await page.getByText('4 messages').waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()])
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]?.replace('\uFEFF', '').split(',')).toEqual(
    expect.arrayContaining(['timestamp', 'text', 'edited', 'feedback', 'tokens']),
  )
  expect(lines.join()).toContain('你好')
})

test('the log goes on as the server writes it, waits while it is paused, and is searched', async () => {
  await page.goto(`${runnel.address}/monitor/logs`)
  const log = page.getByRole('log', { name: 'Server log' })
  await log.getByText('"path":"/api/v1/config","status":200').first().waitFor()
  await page.getByRole('button', { name: 'Pause' }).click()
  await fetch(`${runnel.address}/api/v1/no-such-address`)
  const more = page.getByRole('button', { name: /new lines?$/ })
  await more.waitFor()
  expect(await log.getByText('no-such-address').count()).toBe(0)
  await more.click()
  await log.getByText('"path":"/api/v1/no-such-address","status":404').waitFor()
  await page.getByRole('searchbox', { name: 'Search lines…' }).fill('no-such')
  await page.waitForURL(/q=no-such/)
  await expect.poll(() => log.getByText(/request/).count()).toBe(1)
  await page.getByRole('combobox', { name: 'Level' }).click()
  await page.getByRole('option', { name: 'fatal and above' }).click()
  await log.getByText('No lines match').waitFor()
})

test.each([
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const)(
  'transactions, builds and the log are there in %s, %s, without serious findings',
  async (locale, colorScheme) => {
    const { runs } = await runnel.client.call(listRuns, { query: { status: 'succeeded' } })
    await page.context().close()
    page = await newPage(browser, { locale, colorScheme })
    await page.goto(`${runnel.address}/monitor/transactions?flow=${runs[0]?.flow_id}`)
    const named = locale === 'en-US' ? /^Chat Output ChatOutput-/ : /^聊天输出 ChatOutput-/
    await page.getByRole('button', { name: named }).first().click()
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: locale === 'en-US' ? 'Chat Output' : '聊天输出' })
      .waitFor()
    await page.keyboard.press('Escape')
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${runnel.address}/monitor/builds?flow=${runs[0]?.flow_id}`)
    await page.getByText(named).first().click()
    await page.getByText('你好').filter({ visible: true }).first().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.goto(`${runnel.address}/monitor/logs`)
    await page.getByText(locale === 'en-US' ? 'Live' : '实时').waitFor()
    expect(await seriousFindings(page)).toEqual([])
  },
)

test('where tables are compact, so are those that draw only the lines in view', async () => {
  const close = await newPage(browser)
  await close.goto(`${runnel.address}/settings/appearance`)
  await close.getByText('Compact', { exact: true }).click()
  const heightIn = async (table: string): Promise<number | undefined> =>
    (await close.locator(table).first().boundingBox())?.height
  await close.goto(`${runnel.address}/monitor/messages`)
  await expect.poll(() => heightIn('[data-testid="messages-table"] tr[aria-rowindex]')).toBe(28)
  const { runs } = await runnel.client.call(listRuns, { query: { status: 'succeeded', limit: 1 } })
  await close.goto(`${runnel.address}/monitor/runs/${runs[0]?.id}`)
  await expect.poll(() => heightIn('[data-testid="trace-lines"] li')).toBe(28)
  await close.context().close()
})
