import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { callingCode } from './calling-code.ts'

const flow = {
  origin: 'http://localhost:7860',
  endpoint: '/v1/api/workflow/run/abc',
  inputs: [
    { name: '输入', type: 'text', default: null },
    { name: "it's", type: 'integer', default: 3 },
    { name: 'deep', type: 'boolean', default: null },
  ],
  key: 'sk-1',
  text: '在吗?',
} as const

/** What a shell hands to the program it starts. */
const words = (command: string): readonly string[] =>
  JSON.parse(
    execFileSync(
      'sh',
      ['-c', `curl() { "${process.execPath}" -p 'JSON.stringify(process.argv.slice(1))' -- "$@"; }\n${command}`],
      {
        encoding: 'utf8',
      },
    ),
  )

test('a shell reads the names and values of inputs out of the curl line as they are', () => {
  const given = words(callingCode('curl', flow))
  const headers = ['-H', 'Content-Type: application/json', '-H', 'X-API-KEY: sk-1']
  expect(given.slice(0, 8)).toEqual(['-X', 'POST', `${flow.origin}${flow.endpoint}`, ...headers, '-d'])
  expect(JSON.parse(given[8] ?? '')).toEqual({ input: { 输入: '在吗?', "it's": 3, deep: true } })
})

test('the streaming line asks for a stream and shows it as it comes', () => {
  const given = words(callingCode('curl-stream', flow))
  expect(given[0]).toBe('-N')
  expect(JSON.parse(given[9] ?? '')).toMatchObject({ stream: true })
})

test('PowerShell gets the body by a pipe of ASCII letters, and its command on one line', () => {
  const code = callingCode('powershell', { ...flow, key: undefined })
  const [, json = '', command] = /^\$jsonData = @'\n([\0-~]*)\n'@\n\n(.*)$/.exec(code) ?? []
  expect(JSON.parse(json)).toEqual({ input: { 输入: '在吗?', "it's": 3, deep: true } })
  expect(command).toBe(
    `$jsonData | curl.exe --request POST --url "${flow.origin}${flow.endpoint}" --header "Content-Type: application/json" --header "x-api-key: $env:LANGFLOW_API_KEY" --data "@-"`,
  )
  expect(callingCode('powershell-stream', flow)).toMatch(/"stream": true[\s\S]*POST -N .*"x-api-key: sk-1"/)
})

test('Python writes its own words for true, false and nothing', () => {
  const inputs = [{ name: 'a', type: 'json', default: { x: [true, null, '"'] } }] as const
  expect(callingCode('python', { ...flow, inputs })).toContain('json={"input": {"a": {"x": [True, None, "\\""]}}}')
})

test('a key that is not known is read from the environment', () => {
  const keyless = { ...flow, key: undefined }
  expect(callingCode('javascript', keyless)).toContain('"X-API-KEY": process.env.LANGFLOW_API_KEY }')
  expect(callingCode('python', keyless)).toMatch(/^import os\n[\s\S]*"X-API-KEY": os\.environ\["LANGFLOW_API_KEY"\]/)
  expect(words(`LANGFLOW_API_KEY=sk-2\n${callingCode('curl', keyless)}`)[6]).toBe('X-API-KEY: sk-2')
})

test('streaming programs ask for a stream, with the same key', () => {
  const javascript = callingCode('javascript-stream', flow)
  expect(javascript).toContain('"X-API-KEY": "sk-1"')
  expect(javascript).toContain('"stream": true')
  const python = callingCode('python-stream', { ...flow, key: undefined })
  expect(python).toMatch(/^import json\nimport os\n[\s\S]*os\.environ\["LANGFLOW_API_KEY"\]/)
  expect(python).toContain('"stream": True')
})
