import { AppError } from '@runnel/protocol/errors'
import { defineComponent, type LanguageModel, type Message, type ModelPart, message } from '@runnel/sdk'
import { fakeModel } from '@runnel/testing/fake-model'
import { pdf } from '@runnel/testing/pdf'
import { type RunComponentOptions, runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { completeText, modelInputs } from './language-model.ts'

const asking = (model: LanguageModel) =>
  defineComponent({
    type: 'Asking',
    displayName: 'Asking',
    description: 'Asks',
    icon: 'brain',
    category: 'models',
    inputs: modelInputs,
    outputs: { text: { type: 'Message', label: 'Text', method: 'text', run: (args) => completeText(model, args) } },
  })

async function ask(
  inputs: Readonly<Record<string, unknown>>,
  options?: RunComponentOptions,
  model = fakeModel('so be it'),
) {
  const run = await runComponent(asking(model), inputs, options)
  return { said: run.text as Message, run, request: model.requests[0] }
}
const asked = async (input: Message, options?: RunComponentOptions) =>
  (await ask({ input_value: input }, options)).request?.messages

const nextToChatOutput: RunComponentOptions = { sessionId: 's-1', node: { isNextToChatOutput: true } }
const file = (name: string, mediaType: string, text: string) => ({ name, mediaType, bytes: Buffer.from(text) })

describe('what the model is asked', () => {
  test('is the system message, then the input', async () => {
    const { request } = await ask({ system_message: 'Be kind.', input_value: message('Hi', { sender: 'User' }) })
    expect(request).toEqual({
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      ],
      stream: false,
    })
  })

  test('is a turn of the assistant when another sender than the user said it', async () => {
    expect(await asked(message('Hi', { sender: 'Machine' }))).toEqual([{ role: 'assistant', content: 'Hi' }])
    expect(await asked(message('Hi'))).toMatchObject([{ role: 'user' }])
  })

  test('is the prompt a message carries', async () => {
    const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Filled in' }] }] as const
    expect(await asked(message('other', { sender: 'Machine', prompt }))).toEqual(prompt)
  })

  test('holds the images, texts and documents of the user, after the text', async () => {
    const files = {
      'f/a.png': file('a.png', 'image/png', 'hi'),
      'f/b.md': file('b.md', 'application/octet-stream', '# Title'),
      'f/c.json': file('c.json', 'application/json', '{}'),
      'f/d.zip': file('d.zip', 'application/zip', 'x'),
      'f/e.pdf': { name: 'e.pdf', mediaType: 'application/pdf', bytes: pdf('One page', 'Another') },
      'f/f.pdf': { name: 'f.pdf', mediaType: 'application/pdf', bytes: pdf('') },
    }
    const { request, run } = await ask({ input_value: message('Look', { files: Object.keys(files) }) }, { files })
    expect(request?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image', data: 'aGk=', mediaType: 'image/png' },
          { type: 'text', text: "File 'b.md' contents:\n# Title" },
          { type: 'text', text: "File 'c.json' contents:\n{}" },
          { type: 'text', text: "File 'e.pdf' contents:\nOne page\n\nAnother" },
          { type: 'text', text: "File 'f.pdf' holds no text that could be read." },
        ],
      },
    ])
    expect(run.$logs).toMatchObject([{ name: 'Files', entry: expect.stringContaining('d.zip') }])
  })

  test('is never nothing', async () => {
    const empty = ask({ system_message: ' ', input_value: message('') })
    await expect(empty).rejects.toThrow('The message you want to send to the model is empty.')
    await expect(ask({})).rejects.toThrow('empty')
    expect((await ask({ system_message: 'Write a poem.' })).request?.messages).toHaveLength(1)
  })

  test('is text as it is, template marks included', async () => {
    const text = ['a {x} {{y}} $', '{z}'].join('')
    expect(await asked(message(text))).toEqual([{ role: 'user', content: [{ type: 'text', text }] }])
  })
})

describe('the answer', () => {
  test('is a message without a sender that knows its tokens', async () => {
    const { said, run } = await ask({ input_value: message('Hi') })
    expect(said).toMatchObject({ text: 'so be it', sender: null, session_id: '' })
    expect(said.properties.usage).toEqual({ input_tokens: 1, output_tokens: 3, total_tokens: 4 })
    expect(run.$usage).toEqual({ input_tokens: 1, output_tokens: 3 })
    expect(run.$sent).toEqual([])
  })

  test('is shown piece by piece next to a chat output', async () => {
    const { said, run, request } = await ask({ input_value: message('Hi'), stream: true }, nextToChatOutput)
    expect(request?.stream).toBe(true)
    expect(run.$pieces).toEqual(['so', ' be', ' it'])
    expect(run.$sent).toMatchObject([
      {
        text: 'so be it',
        sender: 'Machine',
        sender_name: 'AI',
        session_id: 's-1',
        properties: {
          icon: 'brain',
          state: 'partial',
          source: { id: 'Asking-test1', display_name: 'Asking', source: 'fake-model' },
        },
      },
    ])
    expect(said).toMatchObject({ id: 'message-1', text: 'so be it', properties: { state: 'complete' } })
    expect(said.properties.usage?.total_tokens).toBe(4)
  })

  test('is said under the name of the chat output it goes to', async () => {
    const node = { ...nextToChatOutput.node, chatSenderName: 'Ada' }
    const { run } = await ask({ input_value: message('Hi'), stream: true }, { ...nextToChatOutput, node })
    expect(run.$sent).toMatchObject([{ sender_name: 'Ada' }])
  })

  test.each([
    ['away from a chat output', { input_value: message('Hi'), stream: true }, undefined],
    ['when the node does not stream', { input_value: message('Hi') }, nextToChatOutput],
  ])('comes whole %s', async (_, inputs, options) => {
    const { said, run, request } = await ask(inputs, options)
    expect(request?.stream).toBe(false)
    expect(said.text).toBe('so be it')
    expect(run.$pieces).toEqual([])
  })

  test('has no empty pieces and no thoughts', async () => {
    const model = fakeModel([
      { type: 'reasoning-delta', text: 'hm' },
      { type: 'text-delta', text: '' },
      { type: 'text-delta', text: 'yes' },
      { type: 'finish', reason: 'stop', usage: null },
    ])
    const { run, said } = await ask({ input_value: message('Hi'), stream: true }, nextToChatOutput, model)
    expect(run.$pieces).toEqual(['yes'])
    expect(said.properties.usage).toBeNull()
  })

  test('fails as the model does', async () => {
    const failure = new AppError('model_rate_limited', ['Too many requests'])
    await expect(ask({ input_value: message('Hi') }, {}, fakeModel(failure))).rejects.toBe(failure)
  })
})

test('what a reasoning model thought is kept beside its answer, streamed or not', async () => {
  const parts: readonly ModelPart[] = [
    { type: 'reasoning-delta', text: 'Rivers ' },
    { type: 'reasoning-delta', text: 'flow.' },
    { type: 'text-delta', text: 'They do.' },
    { type: 'finish', reason: 'stop', usage: null },
  ]
  for (const stream of [false, true]) {
    const { said } = await ask({ input_value: message('Hi'), stream }, nextToChatOutput, fakeModel(parts))
    expect(said.text).toBe('They do.')
    expect(said.content_blocks).toEqual([
      {
        title: 'Reasoning',
        contents: [
          {
            type: 'reasoning',
            duration: expect.any(Number),
            header: { title: 'Reasoning', icon: 'Brain' },
            text: 'Rivers flow.',
          },
        ],
        allow_markdown: true,
        media_url: null,
      },
    ])
  }
})
