import { createFlow, readFlow } from '@runnel/protocol/flows'
import { createVariable, deleteVariable } from '@runnel/protocol/variables'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { seriousFindings } from './accessibility.ts'
import { type EdgeToBe, flowData, type NodeToBe } from './flow-data.ts'
import { startJourney } from './journey.ts'
import { saved } from './on-canvas.ts'

const { runnel, newPage } = startJourney()
let page: Page
let flowId: string
let made = 0

beforeEach(async () => {
  page = await newPage()
  return () => page.context().close()
})

async function open(nodes: readonly NodeToBe[], edges: readonly EdgeToBe[] = []): Promise<void> {
  const data = await flowData(runnel.client, nodes, edges)
  const name = `Problems ${++made}`
  flowId = (await runnel.client.call(createFlow, { body: { name, data: { ...data } } })).id
  await page.goto(`${runnel.address}/flow/${flowId}`)
  await node(nodes[0]?.type ?? '').waitFor()
}
const node = (type: string): Locator => page.locator(`.react-flow__node[data-id="${type}-00000"]`)
const problems = (): Locator => page.getByTestId('dock-problems')
const listed = (): Locator => page.getByRole('tabpanel', { name: 'Problems' })

test('what comes back into a loop without coming from it is a problem, and no run begins', async () => {
  await open(
    [
      { type: 'ChatInput' },
      { type: 'TypeConverterComponent', set: { output_type: 'JSON' } },
      { type: 'LoopComponent' },
      { type: 'ChatOutput' },
    ],
    [
      { from: ['ChatInput', 'message'], to: ['TypeConverterComponent', 'input_data'], types: ['Message'] },
      { from: ['TypeConverterComponent', 'data_output'], to: ['LoopComponent', 'data'], types: ['Data'] },
      {
        from: ['TypeConverterComponent', 'data_output'],
        to: ['LoopComponent', 'item'],
        types: ['Data'],
        isFeedback: true,
      },
      { from: ['LoopComponent', 'done'], to: ['ChatOutput', 'input_value'], types: ['DataFrame'] },
    ],
  )
  await expect.poll(() => problems().textContent()).toContain('1 problem')
  await page.getByTestId('run-flow').click()
  await listed().getByText('Incomplete loop: what comes back into Loop does not come from it.').waitFor()
  const status = () => node('LoopComponent').getByTestId('div-generic-node')
  await expect.poll(() => status().getAttribute('data-refused')).toBe('true')
  expect(await status().getAttribute('data-status')).toBe('idle')
  // A call from outside is refused as well, in words that say where.
  const answer = await fetch(`${runnel.address}/api/v1/run/${flowId}`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  expect(await answer.text()).toContain('Incomplete loop: what comes back into Loop (LoopComponent-00000)')
})

test('variables there are not are problems, one line each, until they are added', async () => {
  await open([{ type: 'GroqModel' }, { type: 'MistralModel' }])
  await expect.poll(() => problems().textContent()).toContain('2 problems')
  await page.getByTestId('run-flow').click()
  const refused = page.getByRole('listitem').filter({ hasText: 'and there is none of that name' })
  await refused.filter({ hasText: 'Groq: Groq API Key takes the variable GROQ_API_KEY' }).first().waitFor()
  await refused.filter({ hasText: 'MistralAI: Mistral API Key takes the variable MISTRAL_API_KEY' }).first().waitFor()
  await node('GroqModel').getByText('There is no variable of that name.').waitFor()
  // Somewhere else meanwhile, of which this page has not heard.
  for (const name of ['GROQ_API_KEY', 'MISTRAL_API_KEY']) {
    const { id } = await runnel.client.call(createVariable, { body: { name, value: 'a key', type: 'Credential' } })
    // With them there would be models to ask in the tests to come.
    onTestFinished(() => runnel.client.call(deleteVariable, { params: { variable_id: id } }))
  }
  await node('GroqModel').getByTestId('button_run_groq').click()
  await page.getByText('Groq failed').waitFor()
  await expect.poll(() => problems().textContent()).toContain('0 problems')
})

test('a folded node says when it hides handles, and one without documentation that it has none', async () => {
  await open([{ type: 'ConditionalRouter' }, { type: 'ChatOutput', set: {}, more: { documentation: '' } }])
  await node('ConditionalRouter').click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('Control+.')
  await page.getByText('If-Else has several handles on a side').waitFor()
  const stored = async () => {
    await saved(page)
    return JSON.stringify((await runnel.client.call(readFlow, { params: { flow_id: flowId } })).data)
  }
  await expect.poll(stored).toContain('"showNode":false')
  await page.keyboard.press('Control+.')
  await expect.poll(stored).not.toContain('"showNode":false')
  await node('ChatOutput').click({ position: { x: 60, y: 16 } })
  await page.keyboard.press('Control+Shift+D')
  await page.getByText('Docs is not available at the moment').waitFor()
})

test('vectors in a value are drawn, and a broken picture is said to be one', async () => {
  await open(
    [
      { type: 'LangChainFakeEmbeddings', set: { dimensions: 64 } },
      { type: 'ChatInput', set: { input_value: 'data:image/png;base64,AAAA' } },
      { type: 'TextEmbedderComponent' },
    ],
    [
      {
        from: ['LangChainFakeEmbeddings', 'embeddings'],
        to: ['TextEmbedderComponent', 'embedding_model'],
        types: ['Embeddings'],
      },
      { from: ['ChatInput', 'message'], to: ['TextEmbedderComponent', 'message'], types: ['Message'] },
    ],
  )
  await node('TextEmbedderComponent').getByTestId('button_run_text embedder').click()
  await node('TextEmbedderComponent').getByTestId('node_duration_text embedder').waitFor()
  await node('TextEmbedderComponent').locator('[data-testid^="output-inspection-"]').first().click()
  await expect.poll(() => page.getByTestId('vector-view').textContent()).toContain('64 dimensions, length')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('close-output').click()
  await node('ChatInput').locator('[data-testid^="output-inspection-"]').first().click()
  await page.getByTestId('output-inspector').getByText("Output can't be displayed").waitFor()
})

test('a model that is not set up is a problem from the start, until it is set up from there', async () => {
  await open(
    [{ type: 'ChatInput' }, { type: 'LanguageModelComponent' }, { type: 'ChatOutput' }],
    [
      { from: ['ChatInput', 'message'], to: ['LanguageModelComponent', 'input_value'], types: ['Message'] },
      { from: ['LanguageModelComponent', 'text_output'], to: ['ChatOutput', 'input_value'], types: ['Message'] },
    ],
  )
  await expect.poll(() => problems().textContent()).toContain('1 problem')
  await problems().click()
  await listed().getByText('Language Model asks a language model, and no provider is set up.').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.getByTestId('set-up-model').click()
  const dialog = page.getByTestId('model-setup-dialog')
  await dialog.getByRole('button', { name: 'OpenAI', exact: true }).click()
  await dialog.locator('input[type="password"]').first().fill('sk-typed')
  await dialog.locator('button[type="submit"]').click()
  await dialog.waitFor({ state: 'detached' })
  await listed().getByText('Nothing stops this flow from running.').waitFor()
  // Nobody asked for a run.
  expect(await node('ChatInput').getByTestId('div-generic-node').getAttribute('data-status')).toBe('idle')
})

test('what is typed before the palette has come does nothing on the canvas', async () => {
  await open([{ type: 'ChatInput' }])
  await node('ChatInput').click({ position: { x: 60, y: 16 } })
  // Its script is held back until all is typed.
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/command-palette-*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.keyboard.press('Control+k')
  await page.keyboard.press('f')
  await page.keyboard.press('Delete')
  release()
  await page.getByRole('dialog').waitFor()
  expect(await page.getByTestId('frame_node').count()).toBe(0)
  expect(await node('ChatInput').count()).toBe(1)
})
