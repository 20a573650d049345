import { existsSync, readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMachine, type GuestModules, type Machine, type RunningJob, startJob } from './machine.ts'
import { plainSource } from './plain-source.ts'
import type { FromProcess, Limits, ToProcess } from './traffic.ts'

/*
 * The program of a sandbox process. It is started without environment, file system, network, workers and child
 * processes, runs one job at a time, and knows the server by these messages alone.
 */

// The server comes first, however many of these compute.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const here = import.meta.dirname
const bundledWasm = join(here, 'quickjs.wasm')
const wasm = new WebAssembly.Module(
  readFileSync(
    existsSync(bundledWasm)
      ? bundledWasm
      : fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')),
  ),
)
const modules: GuestModules = { runnel: guest('guest.ts'), driver: guest('guest-driver.ts') }
// The first machine loads what the later ones share; from here on not even the program's own files can be read.
await createMachine(wasm, { memoryBytes: 0 })
process.permission?.drop('fs.read')

let limits: Limits | undefined
let next: Promise<Machine> | undefined
let running: RunningJob | undefined

process.on('message', (message: ToProcess) => {
  if (message.type === 'answer') running?.answer(message.id, message)
  else if (message.type === 'limits') {
    limits = message.limits
    next = createMachine(wasm, limits)
    next.then(
      () => send({ type: 'ready' }),
      () => process.exit(1),
    )
  } else void perform(message.job)
})
process.on('disconnect', () => process.exit(0))

async function perform(job: Extract<ToProcess, { type: 'job' }>['job']): Promise<void> {
  if (!limits || !next) return
  const machine = await next
  running = startJob(machine, {
    job,
    limits,
    modules,
    call: (id, name, args) => send({ type: 'call', id, name, args }),
  })
  const result = await running.result
  running = undefined
  const memoryBytes = machine.memory.buffer.byteLength
  // Made while nobody waits for it.
  next = createMachine(wasm, limits)
  send('answer' in result ? { type: 'done', ...result, memoryBytes } : { type: 'failed', ...result, memoryBytes })
}

function send(message: FromProcess): void {
  process.send?.(message)
}

function guest(file: string): string {
  const plain = plainSource(readFileSync(join(here, file), 'utf8'))
  if ('problem' in plain) throw new Error(`${file}: ${plain.problem.message}`)
  return plain.code
}
