// npm run walk-api [BASE_URL] — calls a running server the way Langflow's documents do, with curl, and prints each
// answer beside the documented one. It makes its own flows and removes them at the end. Exit code 1 when one differs.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Call, calls, type Known } from './walk-api-calls.ts'

const base = process.argv[2] ?? 'http://127.0.0.1:7860'
const SHOWN = 220
const run = promisify(execFile)

const folder = await mkdtemp(join(tmpdir(), 'walk-api-'))
const files = {
  text: join(folder, 'note.txt'),
  image: join(folder, 'dot.png'),
  flow: join(folder, 'flow.json'),
  zip: join(folder, 'project.zip'),
}
await writeFile(files.text, 'Rivers carried 42 boats.\n')
// A PNG of one pixel.
await writeFile(
  files.image,
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
const echo = JSON.parse(await readFile(join(import.meta.dirname, '../apps/cli/src/__fixtures__/echo.json'), 'utf8'))
await writeFile(files.flow, JSON.stringify({ name: `uploaded ${Date.now()}`, data: echo.data }))

const known: Known = { ids: {}, files, echo: echo.data }
let differing = 0

for (const call of calls) {
  const { status, body } = await curl(call)
  const isAsDocumented = call.statuses.includes(status) && (call.holds?.(body) ?? true)
  if (!isAsDocumented) differing++
  console.log(`   documented: ${call.statuses.join(' or ')} ${call.documented}`)
  console.log(`   answered:   ${status} ${body.replaceAll('\n', ' ').slice(0, SHOWN)}${body.length > SHOWN ? '…' : ''}`)
  console.log(isAsDocumented ? '   as documented\n' : '   DIFFERENT\n')
  call.keep?.(body, known)
}
await rm(folder, { recursive: true, force: true })
console.log(`${calls.length - differing} of ${calls.length} calls answered as documented`)
process.exitCode = differing > 0 ? 1 : 0

async function curl(call: Call): Promise<{ readonly status: number; readonly body: string }> {
  const path = typeof call.path === 'string' ? call.path : call.path(known)
  const given = call.args?.(known) ?? []
  const output = join(folder, 'answer')
  // A call with a limit of its own comes after, and the last one counts.
  const limit = ['-sS', '--max-time', '20']
  const args = ['-X', call.method, `${base}${path}`, ...given]
  console.log(`${call.seed}  curl ${args.map(quoted).join(' ')}`)
  await rm(output, { force: true })
  const { stdout } = await run('curl', [...limit, ...args, '-o', output, '-w', '%{http_code}']).catch(
    // A stream that never ends is cut by the time limit; what came until then counts.
    (error: unknown) => error as { stdout: string },
  )
  const bytes = await readFile(output).catch(() => Buffer.alloc(0))
  if (call.saveAs) await writeFile(files[call.saveAs], bytes)
  return { status: Number(stdout), body: bytes.subarray(0, 2).toString() === 'PK' ? '(zip)' : bytes.toString('utf8') }
}

function quoted(text: string): string {
  const short = text.length > 160 ? `${text.slice(0, 157)}...` : text
  return /^[\w./:=@?&-]+$/.test(short) ? short : `'${short.replaceAll("'", "'\\''")}'`
}
