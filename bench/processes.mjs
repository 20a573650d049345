// Starts and stops the measured processes, and reads what they cost from /proc (Linux; elsewhere CPU and memory are
// left out). Every process is ended by its own id.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const running = new Set()
const folders = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** A folder of its own, removed at the end. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-bench-'))
  folders.add(folder)
  return folder
}

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * Starts `node file …args` and waits until `GET ready` answers 2xx.
 * `startMs` is the time from the spawn to that answer; `stop` ends the process and waits for it.
 */
export async function startProcess({ file, args = [], nodeArgs = [], env = {}, ready, limitMs = 30_000 }) {
  const begun = performance.now()
  const child = spawn(process.execPath, [...nodeArgs, file, ...args], {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.add(child)
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaint = (complaint + text).slice(-2000)
  })
  let exited = false
  const exit = new Promise((resolve) => {
    child.once('exit', () => {
      exited = true
      running.delete(child)
      resolve()
    })
  })
  while (!(await answers(ready))) {
    if (exited || performance.now() - begun > limitMs) {
      child.kill('SIGKILL')
      throw new Error(`${file} ${exited ? 'ended by itself' : 'does not answer'}. It said:\n${complaint}`)
    }
    await sleep(2)
  }
  const startMs = performance.now() - begun
  return {
    pid: child.pid,
    startMs,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exit
      clearTimeout(timer)
    },
  }
}

/** Settings of whoever runs the benchmark must not reach what is measured. */
function cleanEnvironment() {
  const keep = ['PATH', 'HOME', 'TMPDIR', 'LANG']
  return Object.fromEntries(keep.filter((name) => process.env[name]).map((name) => [name, process.env[name]]))
}

function answers(url) {
  return new Promise((resolve) => {
    const request = http.get(url, { agent: false, timeout: 5000 }, (response) => {
      response.resume()
      response.on('close', () => resolve(response.statusCode < 300))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}

/** User and system time of a process and its threads, in seconds; NaN where there is no /proc. */
export function cpuSeconds(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100 // USER_HZ is 100 on every Linux Node runs on
  } catch {
    return Number.NaN
  }
}

/** Resident memory in megabytes; NaN where there is no /proc. */
export function residentMegabytes(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024
  } catch {
    return Number.NaN
  }
}
