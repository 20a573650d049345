import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Call } from './call.ts'
import { readFlowInputs, withMarks } from './flow-inputs.ts'
import { runPayload } from './run-payload.ts'
import { snippetsOf } from './snippets/snippets.ts'

const starter = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../../../starters/${name}.json`), 'utf8')).data
const basic = starter('Basic Prompting')
const idOf = (type: string) => readFlowInputs(basic).nodes.find((node) => node.type === type)?.id ?? ''

test('the body names what the flow takes and gives, in the order of the documents', () => {
  const payload = runPayload(readFlowInputs(basic))
  expect(Object.keys(payload)).toEqual(['output_type', 'input_type', 'input_value'])
  expect(payload).toMatchObject({ output_type: 'chat', input_type: 'chat' })
  expect(runPayload(readFlowInputs(starter('Webhook Summary')))).toMatchObject({ input_type: 'text' })
  expect(runPayload(readFlowInputs(null))).toEqual({
    output_type: 'text',
    input_type: 'text',
    input_value: 'hello world!',
  })
})

test('an exposed field becomes a tweak with the value it has, a secret the name of a variable', () => {
  const model = idOf('LanguageModelComponent')
  const exposed = withMarks(withMarks(basic, model, 'temperature', { api_editable: true }), model, 'api_key', {
    api_editable: true,
  })
  expect(runPayload(readFlowInputs(exposed)).tweaks).toEqual({
    [model]: { temperature: expect.any(Number), api_key: 'NAME_OF_A_GLOBAL_VARIABLE' },
  })
  expect(
    readFlowInputs(withMarks(exposed, model, 'api_key', { api_editable: false })).nodes.flatMap(({ fields }) =>
      fields.filter((field) => field.isExposed).map(({ name }) => name),
    ),
  ).toEqual(['temperature'])
})

test('a field with a public name is sent by that alone, beside those of nodes', () => {
  const [model, input] = [idOf('LanguageModelComponent'), idOf('ChatInput')]
  const named = withMarks(basic, model, 'temperature', { api_editable: true, api_name: '创造力' })
  const exposed = withMarks(named, input, 'sender_name', { api_editable: true })
  expect(runPayload(readFlowInputs(exposed)).tweaks).toEqual({
    创造力: expect.any(Number),
    [input]: { sender_name: 'User' },
  })
  const asked = withMarks(basic, input, 'input_value', { api_editable: true, api_name: 'question' })
  expect(runPayload(readFlowInputs(asked))).toMatchObject({ tweaks: { question: '' } })
  expect(runPayload(readFlowInputs(asked))).not.toHaveProperty('input_value')
})

test('the text is given once: at the top, or by the tweak of the input node', () => {
  const input = idOf('ChatInput')
  const payload = runPayload(readFlowInputs(withMarks(basic, input, 'input_value', { api_editable: true })))
  expect(payload).not.toHaveProperty('input_value')
  expect(payload.tweaks?.[input]).toHaveProperty('input_value')
})

test('a field an edge leads to is no input of a caller', () => {
  const model = idOf('LanguageModelComponent')
  const fields = readFlowInputs(basic).nodes.find(({ id }) => id === model)?.fields
  expect(fields?.find(({ name }) => name === 'input_value')?.isConnected).toBe(true)
  expect(
    runPayload(readFlowInputs(withMarks(basic, model, 'input_value', { api_editable: true }))).tweaks,
  ).toBeUndefined()
})

const call = (change: Partial<Call> = {}): Call => ({
  origin: 'http://localhost:7860',
  flowId: 'id',
  target: 'support desk',
  inputs: { ...readFlowInputs(basic), inputText: `it's "True", None and null` },
  needsKey: false,
  webhookNeedsKey: false,
  key: undefined,
  ...change,
})
const code = (language: 'python' | 'javascript' | 'curl' | 'powershell', change?: Partial<Call>) =>
  snippetsOf(call(change), language, 'run')
    .map((snippet) => snippet.code)
    .join('\n')

test('no language speaks of a key where none is needed, and none prints one unless it was asked for', () => {
  for (const language of ['python', 'javascript', 'curl', 'powershell'] as const) {
    expect(code(language)).not.toMatch(/api.?key/i)
    expect(code(language, { needsKey: true })).toContain('LANGFLOW_API_KEY')
    expect(code(language, { needsKey: true, key: 'sk-fresh' })).toContain('sk-fresh')
    expect(code(language)).toContain('/api/v1/run/support%20desk')
  }
})

test('words of a text that look like a literal of another language stay as they are', () => {
  expect(code('python')).toContain(String.raw`"it's \"True\", None and null"`)
  expect(code('curl')).toContain(String.raw`it'\''s \"True\", None and null`)
  expect(code('powershell')).toContain(String.raw`it's \"True\", None and null`)
})

test('PowerShell gets its body by a pipe and its command on one line', () => {
  const lines = code('powershell').trim().split('\n')
  expect(lines.at(0)).toBe("$jsonData = @'")
  expect(lines.at(-3)).toBe("'@")
  expect(lines.at(-1)).toMatch(/^\$jsonData \| curl\.exe .*--data "@-"$/)
  expect(code('powershell')).not.toContain('\\\n')
})
