import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createFlow, type FlowCreate, updateFlow } from '@runnel/protocol/flows'
import { publishFlow } from '@runnel/protocol/publications'
import { runFlow } from '@runnel/protocol/runs'
import { createVariable, listVariables, updateVariable } from '@runnel/protocol/variables'
import { type ChatServer, chatServer } from '@runnel/testing/chat-server'
import { providerServer, replyHanging } from '@runnel/testing/provider-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { startJourney } from './journey.ts'

const { runnel, newPage } = startJourney()
let model: ChatServer
let flowId: string
let runId: string

/** A flow that greets as its prompt says. */
async function greeting(prompt: string): Promise<FlowCreate> {
  const text = await readFile(join(import.meta.dirname, '../starters/Basic Prompting.json'), 'utf8')
  const { data } = JSON.parse(text, (key, value) =>
    key === 'template' && typeof value?.value === 'string' ? { ...value, value: prompt } : value,
  )
  return { name: 'Greets', data }
}

beforeAll(async () => {
  // Does what it is told, and nothing else.
  model = await chatServer((asked) => `${model.requests.at(-1)?.messages[0]?.text}: ${asked}`)
  const { client } = runnel
  for (const [name, value] of [
    ['OPENAI_API_KEY', 'a key'],
    ['OPENAI_BASE_URL', model.url],
  ] as const) {
    await client.call(createVariable, { body: { name, value, type: 'Generic' } })
  }
  flowId = (await client.call(createFlow, { body: await greeting('Kindly') })).id
  const body = { input_value: 'Good day', input_type: 'chat', output_type: 'chat' } as const
  await client.call(runFlow, { params: { flow_id_or_name: flowId }, body })
  await client.call(publishFlow, { params: { flow_id: flowId }, body: {} })
})
afterAll(() => model[Symbol.asyncDispose]())

test('a run is saved as a test, which passes, fails once the prompt is another, and passes on the version before', async () => {
  const page = await newPage()
  const state = page.getByTestId('test-run-state')
  await page.goto(`${runnel.address}/monitor/runs`)
  await page.getByRole('link', { name: 'Greets' }).click()
  await page.waitForURL(/monitor\/runs\/\w/)
  runId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await page.getByTestId('save-as-test').click()
  const dialog = page.getByTestId('test-dialog')
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Good day')
  expect(await dialog.getByRole('textbox', { name: 'Input' }).inputValue()).toBe('Good day')
  const expected = await dialog.getByRole('textbox', { name: 'Expected answer' }).inputValue()
  expect(expected).toContain('Kindly')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('save-test').click()
  await page.getByTestId('test-Good day').waitFor()
  expect(new URL(page.url()).search).toBe('')

  await page.getByTestId('run-tests').click()
  await expect.poll(() => state.textContent()).toBe('1 of 1 passed')
  await runnel.client.call(updateFlow, { params: { flow_id: flowId }, body: { data: (await greeting('Rudely')).data } })
  await page.getByTestId('run-tests').click()
  await expect.poll(() => state.textContent()).toBe('0 of 1 passed')
  const result = page.getByTestId('result-Good day')
  await result.getByText('The answer is not the expected one.').waitFor()
  await expect.poll(() => result.getByRole('region', { name: 'Actual answer' }).textContent()).toContain('Rudely')
  expect(await result.getByRole('region', { name: 'Expected answer' }).textContent()).toBe(expected)
  await page.getByTestId('test-Good day').getByText('Failed').waitFor()

  await page.getByTestId('test-target').click()
  await page.getByRole('option', { name: 'Published v1' }).click()
  await page.getByTestId('run-tests').click()
  await expect.poll(() => state.textContent()).toBe('1 of 1 passed')
  const scores = page.getByRole('figure', { name: 'Test score over versions' })
  await scores.getByRole('button', { name: /as a table/ }).click()
  await expect.poll(() => scores.getByRole('row').count()).toBe(4)
  await scores.getByRole('cell', { name: /Published v1/ }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('test-run').getByText('Good day').first().click()
  await page.getByRole('link', { name: 'Open run' }).click()
  await page.waitForURL(/monitor\/runs\/\w/)
  await page.getByText('Test', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Messages' }).count()).toBe(0)
  await page.context().close()
})

test('a check that cannot be made is refused where it is written', async () => {
  const page = await newPage()
  await page.goto(`${runnel.address}/flow/${flowId}/tests`)
  await page.getByTestId('new-test').click()
  const dialog = page.getByTestId('test-dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Numbers')
  await dialog.getByTestId('test-check').click()
  await page.getByRole('option', { name: 'Matches the pattern' }).click()
  const pattern = dialog.getByRole('textbox', { name: 'Pattern' })
  await pattern.fill('(')
  await page.getByTestId('save-test').click()
  await dialog
    .getByRole('alert')
    .getByText(/no regular expression/)
    .waitFor()
  await pattern.fill('[0-9]+')
  await page.getByTestId('save-test').click()
  await page.getByRole('button', { name: 'Run Numbers' }).click()
  await page.getByTestId('result-Numbers').getByText('The answer has no match for the pattern.').waitFor()
  await page.getByRole('button', { name: 'Delete Numbers' }).click()
  await page.getByRole('button', { name: 'Delete test' }).click()
  await page.getByTestId('test-Numbers').waitFor({ state: 'detached' })
  await page.context().close()
})

test('tests that take too long are cancelled, and say so', async () => {
  const { client } = runnel
  await using silent = await providerServer(replyHanging())
  const known = await client.call(listVariables, {})
  const variable_id = known.find(({ name }) => name === 'OPENAI_BASE_URL')?.id ?? ''
  await client.call(updateVariable, { params: { variable_id }, body: { value: `${silent.url}/v1` } })
  const page = await newPage()
  const state = page.getByTestId('test-run-state')
  await page.goto(`${runnel.address}/flow/${flowId}/tests`)
  await page.getByTestId('run-tests').click()
  await expect.poll(() => state.textContent()).toBe('0 of 1 done')
  await expect.poll(() => page.getByTestId('run-tests').isDisabled()).toBe(true)
  await page.getByTestId('cancel-tests').click()
  await expect.poll(() => state.textContent()).toBe('Cancelled: 0 of 1 passed')
  await page.getByTestId('test-run').getByText('Skipped').waitFor()
  await expect.poll(() => page.getByTestId('run-tests').isEnabled()).toBe(true)
  await client.call(updateVariable, { params: { variable_id }, body: { value: model.url } })
  await page.goto(`${runnel.address}/flow/${crypto.randomUUID()}?new=flow`)
  await expect.poll(() => page.getByTestId('sidebar-nav-tests').isDisabled()).toBe(true)
  await page.context().close()
})

test('the tests of a flow are a step from its canvas, their scores stand in the overview, in Chinese as well', async () => {
  const page = await newPage({ locale: 'zh-CN' })
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await page.getByTestId('sidebar-nav-tests').click()
  await page.getByRole('heading', { level: 1, name: '测试' }).waitFor()
  await page.getByTestId('test-Good day').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.goto(`${runnel.address}/flow/${flowId}?run=${runId}`)
  await page.getByTestId('save-as-test').click()
  await page.getByTestId('test-dialog').getByText('期望的回答').waitFor()
  await page.goto(`${runnel.address}/flow/${flowId}?panel=playground`)
  await page.getByTestId('div-chat-message').last().hover()
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: '保存为测试用例' }).last().click(),
  ])
  await opened.getByTestId('test-dialog').getByText('期望的回答').waitFor()
  await page.goto(`${runnel.address}/monitor/overview?flow=${flowId}`)
  await page.getByRole('figure', { name: '各版本测试得分' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.context().close()
})
