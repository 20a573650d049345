import { AppError } from '@runnel/protocol/errors'
import type { MessageRecord } from '@runnel/protocol/message'
import { emptyProperties } from '@runnel/protocol/message'
import { type Data, data, type Message, type ModelPart, type ModelRequest, message, type Tool } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { providerServer, replyStream } from '@runnel/testing/provider-server'
import { type RunComponentOptions, runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { agent } from './agent.ts'

const response = { outputs: ['response'] }
const structured = { outputs: ['structured_response'] }
const noTools = { add_current_date_tool: false, add_calculator_tool: false }
const plain = { ...noTools, system_prompt: 'Help.', tools: [] }

const ask = (inputs: object, options: RunComponentOptions = {}) =>
  runComponent(agent, { input_value: message('Hi'), ...plain, ...inputs }, { ...response, ...options })

const systemText = (request: ModelRequest | undefined): string => {
  const first = request?.messages[0]
  return first?.role === 'system' ? first.content : ''
}

/** A turn in which the model calls tools. */
const calls = (...wanted: readonly (readonly [name: string, input: unknown])[]): readonly ModelPart[] => [
  ...wanted.map(([name, input], index) => ({ type: 'tool-call', call: { id: `c-${index}`, name, input } }) as const),
  { type: 'finish', reason: 'tool_calls', usage: { input_tokens: 10, output_tokens: 1, total_tokens: 11 } },
]

const tool = (name: string, call: Tool['call']): Tool => ({
  kind: 'tool',
  name,
  tags: [name],
  description: `Does ${name}.`,
  inputSchema: { type: 'object', properties: {} },
  call,
})
const echo = tool('echo', async (input) => data(input))

const earlier = (id: string, sender: string, text: string, more: Partial<MessageRecord> = {}): MessageRecord => ({
  id,
  flow_id: 'flow-1',
  run_id: null,
  session_id: 's-1',
  context_id: '',
  timestamp: Number(id.slice(1)),
  sender,
  sender_name: sender,
  text,
  files: [],
  error: false,
  edit: false,
  properties: emptyProperties,
  category: 'message',
  content_blocks: [],
  ...more,
})

describe('what the model is asked', () => {
  test('is the instructions and the input, streamed, without a temperature', async () => {
    const model = fakeModel('Hello you')
    const { response } = await ask({ model })
    expect(response).toMatchObject({ text: 'Hello you' })
    expect(model.requests).toEqual([
      {
        messages: [
          { role: 'system', content: 'Help.' },
          { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        ],
        stream: true,
      },
    ])
  })

  test('is what was said before, but not the current message, blanks and errors', async () => {
    const model = fakeModel('ok')
    const history = [
      earlier('m1', 'User', 'Too old'),
      earlier('m2', 'Machine', 'Hello.'),
      earlier('m3', 'User', '  '),
      earlier('m4', 'User', 'Now this'),
      earlier('m5', 'Machine', 'Broken', { error: true }),
    ]
    const input_value = message('Now this', { id: 'm4', sender: 'User' })
    await ask({ model, input_value, n_messages: 3 }, { history, sessionId: 's-1' })
    expect(model.requests[0]?.messages.slice(1)).toEqual([
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: [{ type: 'text', text: 'Now this' }] },
    ])
    await ask({ model, input_value, n_messages: 0 }, { history, sessionId: 's-1' })
    expect(model.requests[1]?.messages).toHaveLength(2)
  })

  test('holds the images of the input and of earlier messages, as far as they are there', async () => {
    const model = fakeModel('ok')
    const image = (name: string) => ({ name, mediaType: 'image/png', bytes: new Uint8Array([1]) })
    const picture = { type: 'image', data: 'AQ==', mediaType: 'image/png' }
    const history = [
      earlier('m1', 'User', 'See', { files: ['f/old.png'] }),
      earlier('m2', 'User', '', { files: ['f/gone'] }),
    ]
    const input_value = message('And this?', { sender: 'User', files: ['f/new.png'] })
    const files = { 'f/old.png': image('old.png'), 'f/new.png': image('new.png') }
    const { $logs } = await ask({ model, input_value }, { history, files, sessionId: 's-1' })
    expect(model.requests[0]?.messages.slice(1)).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'See' }, picture] },
      { role: 'user', content: [{ type: 'text', text: 'And this?' }, picture] },
    ])
    expect($logs).toHaveLength(1)
  })

  test.each([undefined, message('  \n')])('is to go on when the input is blank: %#', async (input_value) => {
    const model = fakeModel('ok')
    await ask({ model, input_value, system_prompt: ' ' })
    expect(model.requests[0]?.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Continue the conversation.' }] },
    ])
  })

  test('names day and model where the typed instructions say so, and leaves all other braces alone', async () => {
    const model = fakeModel('ok')
    await ask({
      model,
      system_prompt: 'On {current_date} {model_name}{optional_user_context}: {"a": {x}} {{model_name}}',
    })
    expect(systemText(model.requests[0])).toMatch(/^On \d{4}-\d\d-\d\d fake-model: \{"a": \{x\}\} \{fake-model\}$/)
  })

  test('never expands marks in instructions that an edge brings, nor in the input', async () => {
    const model = fakeModel('ok')
    const text = 'Say {model_name} and {current_date}'
    await ask({ model, system_prompt: message(text), input_value: message(text) })
    expect(model.requests[0]?.messages).toEqual([
      { role: 'system', content: text },
      { role: 'user', content: [{ type: 'text', text }] },
    ])
  })
})

describe('tools', () => {
  test('are the connected ones and the built-in ones whose names are free', async () => {
    const model = fakeModel('ok')
    const mine = tool('evaluate_expression', async () => 'mine')
    await ask({ model, tools: [echo, mine], add_current_date_tool: true, add_calculator_tool: true })
    expect(model.requests[0]?.tools?.map(({ name, description }) => [name, description])).toEqual([
      ['echo', 'Does echo.'],
      ['evaluate_expression', 'Does evaluate_expression.'],
      ['get_current_date', 'Returns the current date and time in the selected timezone.'],
    ])
  })

  test('are called, several in one turn, and what they give goes back to the model in the order of the calls', async () => {
    let released = () => {}
    const slow = tool('slow', async () => {
      await new Promise<void>((resolve) => {
        released = resolve
      })
      return 'slow one'
    })
    const fast = tool('fast', async () => {
      released()
      return message('fast one')
    })
    const model = fakeModel(calls(['slow', {}], ['fast', { a: 1 }]), 'Done')
    const { response } = await ask({ model, tools: [slow, fast] })
    expect(response).toMatchObject({ text: 'Done' })
    expect(model.requests[1]?.messages.slice(2)).toEqual([
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          { id: 'c-0', name: 'slow', input: {} },
          { id: 'c-1', name: 'fast', input: { a: 1 } },
        ],
      },
      { role: 'tool', callId: 'c-0', name: 'slow', output: 'slow one' },
      { role: 'tool', callId: 'c-1', name: 'fast', output: 'fast one' },
    ])
  })

  test('include a calculator and a clock of its own', async () => {
    const model = fakeModel(calls(['evaluate_expression', { expression: '6*7' }], ['get_current_date', {}]), 'ok')
    await ask({ model, add_current_date_tool: true, add_calculator_tool: true })
    expect(model.requests[1]?.messages.slice(3)).toMatchObject([
      { output: '{"result": "42"}' },
      { output: expect.stringMatching(/^Current date and time in UTC: /) },
    ])
  })

  test.each<[string, readonly ModelPart[], string]>([
    ['is not there', calls(['nothing', {}]), 'nothing is not a valid tool, try one of [echo, broken].'],
    ['gets no object', calls(['echo', 'not json']), 'The arguments of echo are no JSON object.'],
    ['fails', calls(['broken', {}]), 'it broke'],
  ])('tell the model what is wrong when one %s', async (_, turn, told) => {
    const model = fakeModel(turn, 'Sorry')
    const broken = tool('broken', async () => {
      throw new Error('it broke')
    })
    const { response } = await ask({ model, tools: [echo, broken] })
    expect(model.requests[1]?.messages.at(-1)).toMatchObject({ output: expect.stringContaining(told) })
    expect(response).toMatchObject({ text: 'Sorry' })
  })

  test('that fail are called again, up to twice, when errors are handled', async () => {
    let tries = 0
    const flaky = tool('flaky', async () => {
      if (++tries % 3 !== 0) throw new Error('not yet')
      return 'now'
    })
    const turn = calls(['flaky', {}])
    const handled = fakeModel(turn, 'ok')
    await ask({ model: handled, tools: [flaky] })
    expect(handled.requests[1]?.messages.at(-1)).toMatchObject({ output: 'now' })
    const unhandled = fakeModel(turn, 'ok')
    await ask({ model: unhandled, tools: [flaky], handle_parsing_errors: false })
    expect(unhandled.requests[1]?.messages.at(-1)).toMatchObject({ output: 'not yet' })
  })

  test('of one name are told apart, and names no model takes are refused', async () => {
    const model = fakeModel(calls(['echo_2', { a: 1 }]), 'ok')
    const second = tool('echo', async () => 'the second')
    await ask({ model, tools: [echo, second] })
    expect(model.requests[1]?.messages.at(-1)).toMatchObject({ name: 'echo_2', output: 'the second' })
    await expect(ask({ model, tools: [tool('my tool', async () => '')] })).rejects.toThrow(
      "Invalid tool name 'my tool'",
    )
  })
})

describe('the end', () => {
  const endless = () => fakeModel(calls(['echo', {}]))

  test('comes when the model was asked as often as allowed', async () => {
    const model = endless()
    const { response } = await ask({ model, tools: [echo], max_iterations: 3 })
    expect(response).toMatchObject({ text: 'Model call limits exceeded: run limit (3/3)' })
    expect(model.requests).toHaveLength(3)
  })

  test('has its own text in older files', async () => {
    const { response } = await ask(
      { model: endless(), tools: [echo], max_iterations: 1 },
      { dynamic: { verbose: true } },
    )
    expect(response).toMatchObject({ text: 'Agent stopped due to max iterations.' })
  })

  test('counts the tokens of tools that ask models themselves', async () => {
    const asking = tool('asking', async (_input, _signal, caller) => {
      caller?.addUsage({ input_tokens: 100, output_tokens: 20, total_tokens: 120 })
    })
    const { $usage } = await ask({ model: fakeModel(calls(['asking', {}]), 'Done'), tools: [asking] })
    expect($usage).toEqual({ input_tokens: 114, output_tokens: 22 })
  })

  test('tells each model call and each tool, and what a tool does below it', async () => {
    const asking = tool('asking', async (_input, _signal, caller) => {
      caller?.spans.start({ kind: 'retriever', name: 'Store', input: 'tea' }).end({ output: ['green'] })
      return 'Green tea'
    })
    const { $spans } = await ask({ model: fakeModel(calls(['asking', { for: 'tea' }]), 'Done'), tools: [asking] })
    expect($spans).toMatchObject([
      { kind: 'model', parent: null, output: { tool_calls: [{ name: 'asking' }] }, usage: { total_tokens: 11 } },
      { kind: 'tool', name: 'asking', parent: null, input: { for: 'tea' }, output: 'Green tea' },
      { kind: 'retriever', name: 'Store', parent: 'asking', output: ['green'] },
      { kind: 'model', parent: null, output: { text: 'Done' }, retries: 0 },
    ])
    expect($spans.every(({ isOver }) => isOver)).toBe(true)
  })

  test('counts the tokens of all turns', async () => {
    const { response, $usage } = await ask({ model: fakeModel(calls(['echo', {}]), 'All done'), tools: [echo] })
    expect($usage).toEqual({ input_tokens: 14, output_tokens: 3 })
    const usage = { input_tokens: 14, output_tokens: 3, total_tokens: 17 }
    expect(response).toMatchObject({ properties: { usage } })
  })
})

describe('what is shown', () => {
  const stepsOf = (said: Message | undefined) => said?.content_blocks[0]?.contents ?? []
  const titles = (said: Message | undefined) => stepsOf(said).map(({ header }) => Reflect.get(Object(header), 'title'))

  test('is one message that grows with each step', async () => {
    const model = fakeModel([{ type: 'text-delta', text: 'Let me see.' }, ...calls(['echo', { a: 1 }])], 'It is so')
    const { $sent, $pieces, response } = await ask(
      { model, tools: [echo] },
      { sessionId: 's-1', node: { chatSenderName: 'Bot' } },
    )
    expect(new Set($sent.map(({ id }) => id)).size).toBe(1)
    expect($sent[0]).toMatchObject({
      text: '',
      sender: 'Machine',
      sender_name: 'Bot',
      session_id: 's-1',
      properties: { icon: 'Bot', state: 'partial' },
      content_blocks: [{ title: 'Agent Steps', contents: [] }],
    })
    expect($pieces).toEqual(['Let me see.', 'It', ' is', ' so'])
    expect($sent.map(titles)).toEqual([
      [],
      [],
      ['Thought'],
      ['Thought', 'Accessing **echo**'],
      ['Thought', 'Executed **echo**'],
      ['Thought', 'Executed **echo**'],
      ['Thought', 'Executed **echo**', 'Output'],
    ])
    expect(response).toEqual($sent.at(-1))
    expect(response).toMatchObject({
      text: 'It is so',
      properties: { state: 'complete', source: { display_name: 'Agent', source: 'fake-model' } },
    })
    expect(stepsOf($sent.at(-1))).toMatchObject([
      { type: 'text', text: 'Let me see.', duration: expect.any(Number) },
      {
        type: 'tool_use',
        name: 'echo',
        tool_input: { a: 1 },
        output: { content: '{"a": 1}', type: 'tool', name: 'echo', tool_call_id: 'c-0', status: 'success' },
        error: null,
        duration: expect.any(Number),
        header: { title: 'Executed **echo**', icon: 'Hammer' },
      },
      { type: 'text', text: 'It is so', header: { title: 'Output', icon: 'MessageSquare' } },
    ])
  })

  test('holds what a reasoning model thought in each turn', async () => {
    const thought = (text: string): ModelPart => ({ type: 'reasoning-delta', text })
    const answer: readonly ModelPart[] = [
      thought('Done.'),
      { type: 'text-delta', text: 'It is so.' },
      { type: 'finish', reason: 'stop', usage: null },
    ]
    const model = fakeModel([thought('Ask '), thought('echo.'), ...calls(['echo', { a: 1 }])], answer)
    const { response: said } = await ask({ model, tools: [echo] })
    const steps = (said as Message).content_blocks[0]?.contents ?? []
    expect(steps.map(({ type, text }) => [type, text])).toEqual([
      ['reasoning', 'Ask echo.'],
      ['tool_use', undefined],
      ['reasoning', 'Done.'],
      ['text', 'It is so.'],
    ])
  })

  test('says which tool failed', async () => {
    const broken = tool('broken', async () => {
      throw new Error('it broke')
    })
    const { response } = await ask({ model: fakeModel(calls(['broken', {}]), 'ok'), tools: [broken] })
    expect(stepsOf(response as Message)[0]).toMatchObject({
      header: { title: 'Error using **broken**' },
      error: 'it broke',
      output: { content: 'it broke', status: 'error' },
    })
  })
})

describe('a failure', () => {
  test('of which nothing was shown takes the message back', async () => {
    const removed: string[] = []
    const failing = fakeModel(calls(['echo', {}]), new AppError('model_error', ['down']))
    const run = ask({ model: failing, tools: [echo] }, { onRemove: (id) => removed.push(id) })
    await expect(run).rejects.toMatchObject({ code: 'model_error' })
    expect(removed).toEqual(['message-1'])
  })

  test('is a model that is not chosen or not known', async () => {
    await expect(ask({ model: '' })).rejects.toThrow(
      'No model selected. Please select a language model from the available options.',
    )
  })

  test('does not take back what a cancelled run has said', async () => {
    const removed: string[] = []
    const abort = new AbortController()
    const stopping = tool('stopping', async () => abort.abort(new AppError('interrupted', ['gone'])))
    const run = ask(
      { model: fakeModel(calls(['stopping', {}]), 'never'), tools: [stopping] },
      { signal: abort.signal, onRemove: (id) => removed.push(id) },
    )
    await expect(run).rejects.toMatchObject({ code: 'interrupted' })
    expect(removed).toEqual([])
  })
})

describe('the structured response', () => {
  const output_schema = [
    { name: 'name', description: 'Full name', type: 'str', multiple: 'False' },
    { name: 'age', description: '', type: 'int', multiple: 'False' },
  ]
  const extract = async (inputs: object, options: RunComponentOptions = {}) => {
    const run = await ask({ output_schema, ...inputs }, { ...structured, ...options })
    return { found: (run.structured_response as Data).data, sent: run.$sent, logs: run.$logs }
  }

  test('is asked for in the schema mode of the provider when there are no tools', async () => {
    const model = fakeModel('{"objects": [{"name": "Ada", "age": 36}]}')
    const { found, sent } = await extract({ model })
    expect(found).toEqual({ name: 'Ada', age: 36 })
    expect(sent).toEqual([])
    expect(model.requests).toMatchObject([
      {
        messages: [{ role: 'system', content: 'Help.' }, { role: 'user' }],
        stream: true,
        json: { name: 'OutputModel', strict: true, schema: { required: ['objects'], additionalProperties: false } },
      },
    ])
    expect(model.requests[0]).not.toHaveProperty('tools')
  })

  test('is asked for in the instructions of an agent with tools, and nothing of it is shown', async () => {
    const model = fakeModel(calls(['echo', {}]), 'Here: [{"name": "Ada", "age": 36}, {"name": "Bob"}]')
    const { found, sent } = await extract({ model, tools: [echo], format_instructions: 'Be exact.' })
    expect(found).toEqual({
      results: [
        { name: 'Ada', age: 36 },
        { data: { name: 'Bob' }, validation_error: 'age: it is missing.' },
      ],
    })
    expect(sent).toEqual([])
    const system = systemText(model.requests[0])
    expect(system).toMatch(/^Help\.\n\nFormat instructions: Be exact\.\n\nYou must respond ONLY with a JSON object/)
    expect(system).toContain('Schema:\n{\n  "$defs": {')
  })

  test('is the input, without asking anybody, when there is no schema', async () => {
    const model = fakeModel('never')
    expect((await extract({ model, output_schema: [] })).found).toEqual({ content: 'Hi' })
    expect(model.requests).toEqual([])
  })

  test.each<[string, object, object]>([
    [
      'an answer without JSON',
      { model: fakeModel('I do not know') },
      { content: 'I do not know', error: 'Try setting an output schema' },
    ],
    ['a model that fails', { model: fakeModel(new AppError('model_error', ['down'])) }, { content: '', error: 'down' }],
    [
      'a schema that is none',
      { output_schema: [{ name: 'a', type: 'date' }] },
      { content: '', error: 'Invalid type: date. Use one of str, int, float, bool, dict.' },
    ],
  ])('never fails: %s', async (_, inputs, expected) => {
    expect((await extract({ model: fakeModel('x'), ...inputs })).found).toEqual(expected)
  })

  test('of an older file without a schema is whatever JSON the answer holds', async () => {
    const model = fakeModel('{"any": [1]}')
    const { found } = await extract({ model, output_schema: [] }, { dynamic: { agent_description: '' } })
    expect(found).toEqual({ any: [1] })
  })
})

describe('the model of older files', () => {
  const old = { agent_llm: 'OpenAI', model_name: 'gpt-4.1', temperature: 0.1, verbose: true }

  test('is named by provider and name, and sent the temperature of the node', async () => {
    await using server = await providerServer(
      replyStream('data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'),
    )
    const dynamic = { ...old, openai_api_base: `${server.url}/v1`, seed: 3, timeout: 700, model_kwargs: { user: 'u' } }
    const inputs = { model: '', api_key: 'sk-1', add_calculator_tool: true, add_current_date_tool: true }
    const { response } = await ask(inputs, { dynamic })
    expect(response).toMatchObject({ text: 'Hi' })
    expect(server.requests[0]?.body).toMatchObject({
      model: 'gpt-4.1',
      temperature: 0.1,
      seed: 3,
      user: 'u',
      stream: true,
      stream_options: { include_usage: true },
      tools: [{ function: { name: 'get_current_date' } }],
    })
    expect(server.requests[0]?.body).not.toHaveProperty('tools.1')
  })

  test('may come by an edge', async () => {
    const model = fakeModel('from the edge')
    expect((await ask({ model: '' }, { dynamic: { agent_llm: model } })).response).toMatchObject({
      text: 'from the edge',
    })
    await expect(ask({ model: '' }, { dynamic: { agent_llm: 'Custom' } })).rejects.toThrow(
      'No language model selected. Please choose a model to proceed.',
    )
  })

  test('gives way to a model chosen in a newer field', async () => {
    const model = fakeModel('newer')
    expect((await ask({ model }, { dynamic: old })).response).toMatchObject({ text: 'newer' })
  })
})
