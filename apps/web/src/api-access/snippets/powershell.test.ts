import { expect, test } from 'vitest'
import { type Call, MODES } from '../call.ts'
import { powershellSnippets } from './powershell.ts'

const text = `it's "on" \\ $HOME 你好😀\n'@`
const call: Call = {
  origin: 'http://localhost:7860',
  flowId: 'f1',
  target: 'desk',
  inputs: {
    hasChatInput: true,
    hasChatOutput: true,
    hasWebhook: true,
    outputIds: ['ChatOutput-1'],
    inputText: text,
    nodes: [],
    fileFields: [{ nodeId: 'File-1', field: 'path', kind: 'file' }],
  },
  needsKey: true,
  webhookNeedsKey: true,
  key: undefined,
}

test('the body arrives as it is, through a pipe that carries ASCII alone', () => {
  const [{ code } = { code: '' }] = powershellSnippets(call, 'run')
  const [, json = ''] = /\$jsonData = @'\n([\s\S]*?)\n'@\n/.exec(code) ?? []
  expect(json).toMatch(/^[\0-~]*$/)
  expect(JSON.parse(json)).toMatchObject({ input_value: text, session_id: 'YOUR_SESSION_ID_HERE' })
  expect(code).toContain(
    '$jsonData | curl.exe --request POST --url "http://localhost:7860/api/v1/run/desk?stream=false"',
  )
})

test.each(MODES)('a command of %s stands on one line, with the key out of the environment', (mode) => {
  for (const { code } of powershellSnippets(call, mode)) {
    const commands = code.split('\n').filter((line) => line.includes('curl.exe'))
    expect(commands.length).toBeGreaterThan(0)
    for (const command of commands) expect(command).toMatch(/"x-api-key: \$env:LANGFLOW_API_KEY"(?: .*")?$/)
  }
  const keyless = powershellSnippets({ ...call, needsKey: false, webhookNeedsKey: false }, mode)
  expect(JSON.stringify(keyless)).not.toContain('x-api-key')
})
