import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createFlow } from '@runnel/protocol/flows'
import { readPublication } from '@runnel/protocol/publications'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { echoFlow } from './echo-flow.ts'
import { startJourney } from './journey.ts'
import { addComponent } from './on-canvas.ts'

const run = promisify(execFile)
const { runnel, newPage } = startJourney()

const english = {
  locale: 'en-US',
  colorScheme: 'light',
  confirmation: 'This saves the current workflow and publishes it as the latest version.',
  publish: 'Publish API',
  submit: 'Save and publish current workflow',
  rail: 'API management',
  createKey: 'Create new key',
  published: 'Published flows',
  copyId: 'Copy ID',
  copyCode: 'Copy calling code',
  more: (name: string) => `More for ${name}`,
  streaming: 'Calling code as curl, streaming',
  difference: 'Input added',
  breaks: 'Text Input is new and required',
  rollBack: 'Roll back',
  said: 'Hello',
  editKey: /^Edit key/,
  serving: 'Serving',
  served: 'The flow is served that way now',
  rate: '7/s',
} as const
const chinese: {
  readonly [Key in keyof typeof english]: (typeof english)[Key] extends string
    ? string
    : (typeof english)[Key] extends RegExp
      ? RegExp
      : (name: string) => string
} = {
  locale: 'zh-CN',
  colorScheme: 'dark',
  confirmation: '此操作将保存当前工作流并将其发布为最新版本',
  publish: '发布 API',
  submit: '保存并发布当前工作流',
  rail: 'API 管理',
  createKey: '创建新密钥',
  published: '已发布的工作流',
  copyId: '复制 ID',
  copyCode: '复制调用代码',
  more: (name) => `${name} 的更多操作`,
  streaming: '调用代码使用 curl（流式）',
  difference: '新增输入',
  breaks: 'Text Input 是新增的必填项',
  rollBack: '回滚',
  said: '在吗?',
  editKey: /^编辑密钥/,
  serving: '服务设置',
  served: '服务设置已生效',
  rate: '7 次/秒',
}

const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
/** What a shell says to a line somebody pasted into it. */
const shell = async (line: string): Promise<string> => (await run('sh', ['-c', line])).stdout

test.each([english, chinese] as const)(
  'a flow is published, called by the code that was copied, changed, and rolled back in $locale',
  async (words) => {
    const name = `Echo ${words.locale}`
    const { id: flowId } = await runnel.client.call(createFlow, { body: await echoFlow(name) })
    const page = await newPage({
      locale: words.locale,
      colorScheme: words.colorScheme === 'dark' ? 'dark' : 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const fine = async (what: string) => expect([what, await seriousFindings(page)]).toEqual([what, []])

    await page.goto(`${runnel.address}/flow/${flowId}`)
    await page.getByRole('button', { name: words.publish }).click()
    await page.getByText(words.confirmation, { exact: true }).waitFor()
    await page.getByTestId('publish-note').fill('First')
    await fine('publish')
    await page.getByRole('button', { name: words.submit }).click()
    await page.getByTestId('published').waitFor()
    await expect.poll(() => page.getByTestId('publication-id').textContent()).toBe(flowId)
    await fine('call')
    await page.keyboard.press('Escape')
    await page.locator('[data-testid="publish-api-button"][data-status="published"]').waitFor()

    await page.goto(`${runnel.address}/flows`)
    await page.getByRole('link', { name: words.rail }).click()
    await page.getByRole('button', { name: words.createKey }).first().click()
    await page.getByTestId('key-rate').fill('5')
    await fine('new key')
    await page.getByTestId('secret_key_modal_submit_button').click()
    await page.getByTestId('btn-copy-api-key').click()
    await expect.poll(() => copied(page)).toMatch(/^sk-/)
    const key = await copied(page)
    await page.keyboard.press('Escape')
    await page.getByText('5/s').or(page.getByText('5 次/秒')).first().waitFor()
    await fine('keys')
    // What a key may is changed without a new secret.
    const old = page.getByRole('row').filter({ hasText: words.rate.replace('7', '5') })
    await old.getByRole('button', { name: words.editKey }).click()
    await expect.poll(() => page.getByTestId('key-rate').inputValue()).toBe('5')
    await page.getByTestId('key-rate').fill('7')
    await fine('edit key')
    await page.getByTestId('save-key').click()
    await old.waitFor({ state: 'detached' })

    await page.getByRole('tab', { name: words.published }).click()
    const row = page.getByTestId(`published-${flowId}`)
    await row.getByRole('button', { name: words.copyId }).click()
    await expect.poll(() => copied(page)).toBe(flowId)
    await row.getByRole('button', { name: words.copyCode }).click()
    await expect.poll(() => copied(page)).toMatch(/^curl -X POST/)
    const answer: unknown = JSON.parse(await shell((await copied(page)).replace('$LANGFLOW_API_KEY', key)))
    expect(answer).toMatchObject({ output: words.said, total_time: expect.any(Number), version: 1 })
    await row.getByRole('button', { name: words.more(name) }).click()
    await page.getByText(words.streaming, { exact: true }).click()
    await row.getByRole('button', { name: words.copyCode }).click()
    await expect.poll(() => copied(page)).toMatch(/^curl -N/)
    const events = await shell((await copied(page)).replace('$LANGFLOW_API_KEY', key))
    expect(events).toMatch(/^event:msg\ndata:\{"Node":/)
    expect(events).toContain(`event:output\ndata:{"output":"${words.said}"`)
    await fine('published')
    await row.getByRole('button', { name: words.more(name) }).click()
    await page.getByRole('menuitem', { name: words.serving }).click()
    await page.getByTestId('serving-cache').click()
    await page.getByTestId('serving-seconds').fill('60')
    await page.getByTestId('serving-rate').fill('0')
    await expect.poll(() => page.getByTestId('save-serving').isDisabled()).toBe(true)
    await page.getByTestId('serving-rate').fill('50')
    await fine('serving')
    await page.getByTestId('save-serving').click()
    await page.getByText(words.served).first().waitFor()
    const served = await runnel.client.call(readPublication, { params: { flow_id: flowId } })
    expect(served).toMatchObject({ cache_seconds: 60, rate_limit: 50 })
    await page.keyboard.press('Escape')

    await page.goto(`${runnel.address}/api?tab=usage&flow=${flowId}`)
    await expect
      .poll(
        async () => {
          await page.reload()
          return page.getByTestId('usage-totals').locator('dd').first().textContent()
        },
        { interval: 500 },
      )
      .toBe('2')
    const file = page.waitForEvent('download')
    await page.getByTestId('usage-csv').click()
    expect((await file).suggestedFilename()).toBe('usage.csv')
    await fine('usage')

    await page.goto(`${runnel.address}/flow/${flowId}`)
    // Text Input is one of the components that are shown on demand.
    await page.getByTestId('sidebar-options-trigger').click()
    await page.getByTestId('sidebar-legacy-switch').click()
    await page.keyboard.press('Escape')
    await addComponent(page, 'Text Input')
    await page.locator('[data-testid="publish-api-button"][data-status="outdated"]').waitFor()
    await page.getByTestId('publish-api-button').click()
    await page.getByTestId('breaking-list').waitFor()
    await expect.poll(() => page.getByTestId('save-and-publish').isDisabled()).toBe(true)
    await expect.poll(() => page.getByTestId('breaking-list').textContent()).toContain(words.breaks)
    await fine('breaking')
    await page.getByTestId('accept-breaking').click()
    await page.getByTestId('save-and-publish').click()
    await page.getByTestId('published').waitFor()
    await page.getByTestId('publish-tab-versions').click()
    await page.getByTestId('difference-list').getByText(words.difference).waitFor()
    await fine('versions')
    await page.getByTestId('rollback-1').click()
    const confirm = page.getByTestId('btn_delete_delete_confirmation_modal')
    await confirm.click()
    // Callers of version 2 may send the second input: it is asked once more.
    await page.getByRole('dialog').getByTestId('breaking-list').waitFor()
    await confirm.click()
    await page.getByTestId('version-3').waitFor()
    const found = await runnel.client.call(readPublication, { params: { flow_id: flowId } })
    expect(found).toMatchObject({ version: 3, versions: [{ restored_from: 1 }, { version: 2 }, { note: 'First' }] })
    expect(found?.inputs).toHaveLength(1)
    await page.getByTestId('restore-3').click()
    await confirm.click()
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(2)
    await page.locator('[data-testid="publish-api-button"][data-status="published"]').waitFor()
    await page.context().close()
  },
)

test.each([
  ['en-US', 'Chat Output needs a value for Inputs. Fill it in or join it to an output.'],
  ['zh-CN', '“Chat Output”需要填写“Inputs”。请填写，或连接到一个输出。'],
])('what keeps a flow from running is listed in %s, and a click leads to its node', async (locale, sentence) => {
  const echo = await echoFlow('Parted')
  const { nodes = [] } = echo.data ?? {}
  const { id: flowId } = await runnel.client.call(createFlow, { body: { ...echo, data: { nodes, edges: [] } } })
  const page = await newPage({ locale })
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await page.getByTestId('publish-api-button').click()
  const id = await page.locator('.react-flow__node[data-id^="ChatOutput-"]').getAttribute('data-id')
  const problem = page.getByTestId(`publish-problem-${id}`)
  await problem.waitFor()
  await expect.poll(() => problem.textContent()).toBe(sentence)
  await expect.poll(() => page.getByTestId('save-and-publish').isDisabled()).toBe(true)
  await problem.click()
  await page.locator(`.react-flow__node.selected[data-id="${id}"]`).waitFor()
  await page.context().close()
})
