import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleServer } from './bundle-server.mjs'

const folder = mkdtempSync(join(tmpdir(), 'runnel-bundle-'))
const dist = join(folder, 'dist')

beforeAll(async () => void (await bundleServer(dist)))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the bundle has all it needs to start', async () => {
  const server = spawn(process.execPath, [join(dist, 'main.mjs'), 'run', '--port', '0'], {
    env: { PATH: process.env.PATH, LANGFLOW_CONFIG_DIR: folder, LANGFLOW_AUTO_LOGIN: 'true' },
  })
  try {
    const said: string[] = []
    const address = await new Promise<string | undefined>((resolve) => {
      createInterface(server.stderr).on('line', (line) => said.push(line))
      createInterface(server.stdout).on('line', (line) => {
        const [found] = /https?:\/\/\S+/.exec(line) ?? []
        if (found) resolve(found)
      })
      server.once('exit', () => resolve(undefined))
    })
    expect(address, said.join('\n')).toBeDefined()
    expect((await fetch(`${address}/health`)).status).toBe(200)
  } finally {
    server.kill()
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  }
})

test('what a start loads is small, has each letter in one byte, and nothing that only some requests need', () => {
  const serve = readdirSync(dist).find((name) => name.startsWith('chunk-serve-'))
  const loaded = staticallyLoaded(['runnel.mjs', serve ?? 'no chunk'])
  const code = loaded.map((name) => readFileSync(join(dist, name), 'utf8')).join('\n')

  expect(code.length).toBeGreaterThan(1_000_000)
  expect(code.length).toBeLessThan(2_900_000)
  // V8 keeps a file with a single letter beyond Latin-1 in twice the memory.
  expect(code).not.toMatch(/[^\0-\xff]/)
  expect(code).not.toMatch(/^import .* from "node:/m)
  expect(code).not.toContain('"node:http2");')

  const packages = new Set([...code.matchAll(/^\/\/ node_modules\/(@[^/]+\/[^/]+|[^/]+)/gm)].map(([, name]) => name))
  expect(packages).toContain('fastify')
  const late = /^(ajv|ai|@ai-sdk\/.*|@opentelemetry\/.*|light-my-request|nodemailer|pdfjs.*|pg|yjs|exceljs)$/
  expect([...packages].filter((name) => late.test(name ?? ''))).toEqual([])
})

/** The files that these load without being asked, and they themselves. */
function staticallyLoaded(files: readonly string[]): readonly string[] {
  const seen = new Set(files)
  for (const name of seen) {
    const code = readFileSync(join(dist, name), 'utf8')
    for (const [, next] of code.matchAll(/^import (?:.* from )?"\.\/([^"]+)";$/gm)) if (next) seen.add(next)
  }
  return [...seen]
}
