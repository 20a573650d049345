import { execFileSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { type Call, type CODE_LANGUAGES, MODES, type Mode } from '../call.ts'
import type { FlowInputs, InputField, JsonType } from '../flow-inputs.ts'
import { snippetsOf } from './snippets.ts'

/** What a replacement of words, or a shell, would spoil. */
const SAID = `it's 'true', false and null: "True" $HOME \`date\` \\ 你好`

const field = (name: string, type: JsonType, value: unknown): InputField => ({
  nodeId: 'Agent-1',
  name,
  label: name,
  info: '',
  value,
  options: [],
  publicName: undefined,
  isExposed: true,
  isConnected: false,
  isSecret: false,
  type,
})

const inputs: FlowInputs = {
  hasChatInput: true,
  hasChatOutput: true,
  hasWebhook: true,
  outputIds: ['ChatOutput-1'],
  inputText: SAID,
  nodes: [
    {
      id: 'Agent-1',
      type: 'Agent',
      name: 'Agent',
      icon: undefined,
      fields: [
        field('verbose', 'boolean', true),
        field('memory', 'boolean', false),
        field('limit', 'integer', null),
        field('prompt', 'string', SAID),
      ],
    },
  ],
  fileFields: [
    { nodeId: 'ChatInput-1', field: 'files', kind: 'chat' },
    { nodeId: 'File-1', field: 'path', kind: 'file' },
  ],
}

const calling = (needsKey: boolean): Call => ({
  origin: 'http://localhost:7860',
  flowId: 'f1',
  target: 'desk',
  inputs,
  needsKey,
  webhookNeedsKey: needsKey,
  key: undefined,
})

type Language = (typeof CODE_LANGUAGES)[number]
const blocks = (language: Language, mode: Mode, needsKey = true): readonly string[] =>
  snippetsOf(calling(needsKey), language, mode).map(({ code }) => code)

/** Every way of calling, with a key and without one. */
const CASES = MODES.flatMap((mode) => [true, false].map((needsKey) => ({ mode, needsKey })))
/** OpenAI's client makes its requests itself. */
const PLAIN = CASES.filter(({ mode }) => mode !== 'openai')

interface Sent {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Runs printed JavaScript where a server takes everything. @returns what it has sent and said of failures */
async function runJavascript(code: string): Promise<{ readonly sent: readonly Sent[]; readonly failures: unknown[] }> {
  const sent: Sent[] = []
  const failures: unknown[] = []
  const answer = { event: 'end', status: 'completed', job_id: 'j1', path: 'p1', file_path: 'p2' }
  const finished: Promise<void> = runInNewContext(code.replace(/^import .*$/m, ''), {
    fetch: (url: string, { headers = {}, body }: { headers?: Sent['headers']; body?: unknown } = {}) => {
      sent.push({ url, headers, body })
      return Promise.resolve(new Response(`${JSON.stringify(answer)}\n`))
    },
    readFile: () => Promise.resolve(''),
    console: { log: () => undefined, error: (failure: unknown) => failures.push(failure) },
    FormData,
    Blob,
    TextDecoder,
  })
  await finished
  return { sent, failures }
}

describe.each(CASES)('$mode, needs a key: $needsKey', ({ mode, needsKey }) => {
  test.each(['python', 'javascript'] as const)('an assignment of the %s begins its line', (language) => {
    const names = '(?:api_?key|url|payload|headers|options)'
    for (const code of blocks(language, mode, needsKey)) {
      const assigning = code.split('\n').filter((line) => new RegExp(`${names} = `, 'i').test(line))
      for (const line of assigning) expect(line).toMatch(new RegExp(`^ *(?:const )?${names} = `, 'i'))
    }
  })

  test('the Python imports and makes all it uses', () => {
    for (const code of blocks('python', mode, needsKey)) {
      for (const module of ['json', 'os', 'requests', 'time', 'uuid']) {
        const isUsed = new RegExp(`(?<![\\w."])${module}\\.`).test(code)
        expect(new RegExp(`^import ${module}$`, 'm').test(code), module).toBe(isUsed)
      }
      for (const [use, made] of [
        ['headers=headers', /^ *headers = \{/m],
        ['json=payload', /^ *payload = \{/m],
        ['": api_key', /^api_key = /m],
      ] as const) {
        if (code.includes(use)) expect(code).toMatch(made)
      }
    }
  })

  test('no command of PowerShell goes on behind a backslash', () => {
    for (const code of blocks('powershell', mode, needsKey)) expect(code).not.toMatch(/\\$/m)
  })
})

test.each(PLAIN)('the JavaScript of $mode runs as it stands, needs a key: $needsKey', async ({ mode, needsKey }) => {
  const [code = ''] = blocks('javascript', mode, needsKey)
  const { sent, failures } = await runJavascript(code)
  expect(failures).toEqual([])
  const withText = sent.filter(({ body }) => typeof body === 'string')
  expect(withText.length).toBeGreaterThan(0)
  for (const { headers } of withText) {
    expect(headers).toEqual({
      'Content-Type': 'application/json',
      ...(needsKey && { 'x-api-key': 'YOUR_API_KEY_HERE' }),
    })
  }
})

test.each(PLAIN)('every other language says that $mode sends JSON, needs a key: $needsKey', ({ mode, needsKey }) => {
  for (const language of ['python', 'curl', 'powershell'] as const) {
    for (const code of blocks(language, mode, needsKey)) {
      const sends = /json=|--data/.test(code)
      expect(/"Content-Type: application\/json"|"Content-Type": "application\/json"/.test(code), code).toBe(sends)
    }
  }
})

test('values are literals of the language, and the same words within a text stay', () => {
  const [python = ''] = blocks('python', 'run')
  expect(python).toContain('"verbose": True')
  expect(python).toContain('"memory": False')
  expect(python).toContain('"limit": None')
  expect(python).toContain(`"prompt": ${JSON.stringify(SAID)}`)
  const [javascript = ''] = blocks('javascript', 'run')
  expect(javascript).toContain('"verbose": true')
  expect(javascript).toContain('"limit": null')
  expect(javascript).toContain(`"prompt": ${JSON.stringify(SAID)}`)
})

test('an upload puts the paths of the answers into the run, as names and not as texts', async () => {
  const [python = ''] = blocks('python', 'upload')
  for (const path of ['path_1', 'path_2']) {
    expect(python).toMatch(new RegExp(`^ {4}${path} = answer\\.json\\(\\)`, 'm'))
    expect(python).not.toContain(`"${path}"`)
  }
  expect(python).toContain('"files": path_1')
  const [javascript = ''] = blocks('javascript', 'upload')
  const { sent } = await runJavascript(javascript)
  expect(JSON.parse(String(sent.at(-1)?.body))).toMatchObject({
    tweaks: { 'ChatInput-1': { files: 'p2' }, 'File-1': { path: ['p1'] } },
  })
})

test('a shell hands the body on as it is, whatever quotes are in it', () => {
  const [code = ''] = blocks('curl', 'run')
  const printed = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${code}`], { encoding: 'utf8' })
  const said = printed.split('\0')
  expect(JSON.parse(said[said.indexOf('--data') + 1] ?? '')).toMatchObject({
    input_value: SAID,
    tweaks: { 'Agent-1': { prompt: SAID, verbose: true, limit: null } },
  })
})
