import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { startServer } from './main.ts'

/** What real Langflows answered and asked, recorded; a folder beside the repository that not everyone has. */
const SHARED = join(import.meta.dirname, '../../../../shared')
const HOST = '127.0.0.2'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('The system gave no port')
  return address.port
}

/** Starts a model provider of the recordings and gives its address. */
async function provider(script: string, ...options: readonly string[]): Promise<string> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(SHARED, script), '--host', HOST, '--port', String(port), ...options])
  cleanUp.push(() => child.kill())
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return `http://${HOST}:${port}`
}

async function server(modelUrl: string): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'runnel-reference-'))
  cleanUp.push(() => rm(dataDir, { recursive: true, force: true }))
  const config = loadConfig({
    LANGFLOW_CONFIG_DIR: dataDir,
    LANGFLOW_HOST: '127.0.0.1',
    LANGFLOW_PORT: String(await freePort()),
    OPENAI_API_KEY: 'sk-mock',
    OPENAI_BASE_URL: `${modelUrl}/v1`,
  })
  const running = await startServer(config, { print: () => {}, drainMs: 0 })
  cleanUp.push(() => running.stop())
  return running.address
}

async function check(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const run = promisify(execFile)(process.execPath, [join(SHARED, script), ...args], {
    env: { ...process.env, ...env },
  })
  // A difference ends the script with code 1; what it printed says which.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string })
  return stdout
}

describe.skipIf(!existsSync(SHARED))('beside recordings of real Langflows (skipped without ../shared)', () => {
  test('runs answer as recorded, but for the one decided difference', async () => {
    const mock = await provider('bench/mock-llm.mjs', '--tokens', '20')
    const goldens = ['1.6.4', '1.13.0'].map((version) => join(SHARED, `golden/langflow-${version}.json`)).join()
    const env = { BASE_URL: await server(mock), MOCK_LLM_URL: `${mock}/v1` }
    const printed = await check('conformance/run.mjs', ['check', goldens, 'run /'], env)
    const failed = [...printed.matchAll(/^FAIL (.*)$/gm)].map(([, step]) => step)
    // docs/compatibility.md: a failed stream ends with exactly one `error`, whose `error` is the text.
    expect(failed).toEqual(['run / llm stream upstream down'])
    expect(printed).toMatch(/^23 passed, 1 failed$/m)
  })

  const flows: readonly (readonly [version: string, folder: string, flow: string, model: string])[] = [
    // The models of these two flows were recorded against the token mock, the others against the digesting one.
    ['1.6.4', 'flows', 'Basic Prompt Chaining', 'bench/mock-llm.mjs'],
    ['1.6.4', 'flows', 'Memory Chatbot', 'bench/mock-llm.mjs'],
    ['1.13.0', 'flows-1.13', 'Basic Prompting', 'twin/upstream.mjs'],
    ['1.13.0', 'flows-1.13', 'Image Sentiment Analysis', 'twin/upstream.mjs'],
  ]
  test.each(flows)('%s %s/%s asks the model and answers as recorded', async (version, folder, name, script) => {
    const upstream = await provider('twin/upstream.mjs')
    const model = script === 'twin/upstream.mjs' ? upstream : await provider(script, '--tokens', '20')
    const env = { BASE_URL: await server(model), UPSTREAM: upstream }
    const golden = join(SHARED, `twin/golden-${version}.json`)
    const printed = await check('twin/run.mjs', ['check', golden, join(SHARED, folder), name], env)
    expect(printed).toMatch(/^1 of 1 flows behave the same$/m)
  })
})
