import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@runnel/components/catalog'
import { flow } from '@runnel/testing/flow-builder'
import { providerServer, reply, replyHanging, replyStream } from '@runnel/testing/provider-server'
import { afterAll, describe, expect, test } from 'vitest'
import { testCli } from './test-cli.ts'

const cli = testCli()
afterAll(() => cli.remove())

const ECHO = join(import.meta.dirname, '__fixtures__', 'echo.json')
const FLOW_ID = '6f1f0c0a-54a5-4d3c-9d0f-6f2f3f4f5f60'

const run = (...args: readonly string[]) => cli.run(['flow', 'run', ...args])

test('prints what the flow answers', async () => {
  expect(await run(ECHO, '--input', 'hello')).toEqual({ code: 0, stdout: 'You said: hello\n', stderr: '' })
})

test('reads the flow from standard input', async () => {
  const bare = JSON.stringify(
    flow({ ask: componentOf('ChatInput'), say: componentOf('ChatOutput') }, ['ask.message -> say.input_value']),
  )
  const { stdout } = await cli.run(['flow', 'run', '-', '--input', 'hello'], { stdin: bare })
  expect(stdout).toBe('hello\n')
})

test('changes fields for one run by tweaks, given as JSON or in a file', async () => {
  const tweaks = JSON.stringify({ 'Prompt-greet': { template: 'Good day, {question}.' } })
  writeFileSync(join(cli.folder, 'tweaks.json'), tweaks)
  const given = [await run(ECHO, '--input', 'Ada', '--tweaks', tweaks)]
  given.push(await run(ECHO, '--input', 'Ada', '--tweaks', '@tweaks.json'))
  expect(given.map(({ stdout }) => stdout)).toEqual(['Good day, Ada.\n', 'Good day, Ada.\n'])
})

test("--json prints the API's answer", async () => {
  const { stdout } = await run(ECHO, '--input', 'hello', '--json', '--session', 's-1')
  expect(JSON.parse(stdout)).toMatchObject({
    session_id: 's-1',
    outputs: [
      {
        inputs: { input_value: 'hello' },
        outputs: [{ component_id: 'ChatOutput-say01', outputs: { message: { message: 'You said: hello' } } }],
      },
    ],
  })
})

test("--json --stream prints the API's events", async () => {
  const { stdout } = await run(ECHO, '--input', 'hello', '--json', '--stream')
  const events = stdout
    .trim()
    .split('\n\n')
    .map((line) => JSON.parse(line))
  expect(events.map(({ event }) => event)).toEqual(['add_message', 'add_message', 'end'])
  expect(events.at(-1).data.result).toMatchObject({ message: 'You said: hello', session_id: FLOW_ID })
})

test('--output-component answers with that node alone', async () => {
  const { stdout } = await run(ECHO, '--input', 'hello', '--json', '--output-component', 'Chat Input')
  expect(JSON.parse(stdout).outputs[0].outputs).toMatchObject([{ component_id: 'ChatInput-ask01' }])
})

test.each([
  [[ECHO, '--tweaks', '[1]'], 'Tweaks are a JSON object'],
  [[ECHO, '--tweaks', '{"x"'], '--tweaks is not JSON'],
  [[ECHO, '--output-component', 'Agent'], 'The flow has no node Agent. Its nodes: ChatInput-ask01, '],
  [['none.json'], 'Cannot read none.json'],
])('refuses %j with one line', async (args, message) => {
  const { code, stdout, stderr } = await run(...args)
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^runnel: .*\n$/)])
  expect(stderr).toContain(message)
})

describe('with a model', () => {
  test('--stream prints the pieces of an answer as they come', async () => {
    const pieces = ['Hel', 'lo'].map((content) => chunk({ content }))
    await using provider = await providerServer(replyStream(...pieces, chunk({}, 'stop'), 'data: [DONE]\n\n'))
    expect(await run(modelFlow(provider.url), '--input', 'Hi', '--stream')).toEqual({
      code: 0,
      stdout: 'Hello\n',
      stderr: '',
    })
    expect(provider.requests[0]?.body).toMatchObject({ stream: true })
  })

  test('a failed node is named on one line', async () => {
    const refused = reply({ error: { message: 'No such model.\nChoose another.' } }, { status: 404 })
    await using provider = await providerServer(refused)
    const { code, stdout, stderr } = await run(modelFlow(provider.url), '--input', 'Hi')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^runnel: OpenAI \(OpenAIModel-model\) failed: .*No such model.*\n$/)
  })

  test('Ctrl-C cancels the run and the call to the model', async () => {
    await using provider = await providerServer(replyHanging(chunk({ content: 'Hel' })))
    const { child, result } = cli.start(['flow', 'run', modelFlow(provider.url), '--input', 'Hi', '--stream'])
    child.stdout.once('data', () => child.kill('SIGINT'))
    expect(await result).toEqual({ code: 130, stdout: 'Hel\n', stderr: 'runnel: The run was cancelled.\n' })
    await provider.requests[0]?.closed
  })
})

/** A flow file that asks a model at `url`. */
function modelFlow(url: string): string {
  const model = {
    component: componentOf('OpenAIModel'),
    set: { openai_api_base: url, api_key: 'sk-1', model_name: 'small' },
  }
  const data = flow({ ask: componentOf('ChatInput'), model, say: componentOf('ChatOutput') }, [
    'ask.message -> model.input_value',
    'model.text_output -> say.input_value',
  ])
  const path = join(cli.folder, `model-${new URL(url).port}.json`)
  writeFileSync(path, JSON.stringify({ id: FLOW_ID, name: 'Ask', data }))
  return path
}

function componentOf(type: string) {
  const found = catalog.find((component) => component.type === type)
  if (!found) throw new Error(`There is no component ${type}`)
  return found
}

function chunk(delta: object, finish_reason: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`
}
