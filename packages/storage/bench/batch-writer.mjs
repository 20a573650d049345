// CPU per stored run: 1 run, 2 messages of 400 bytes, 3 steps of 1 kB; so many runs at once as given.
// node packages/storage/bench/batch-writer.mjs [runs at once = 16] [runs = 40000]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../../protocol/src/id.ts'
import { emptyProperties } from '../../protocol/src/message.ts'
import { openStorage } from '../src/open-storage.ts'

const [atOnce = 16, total = 40_000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'runnel-bench-'))
const storage = await openStorage({ sqlitePath: join(folder, 'bench.db') })
const [userId, flowId] = [newId(), newId()]
const text = 'x'.repeat(400)
const json = JSON.stringify({ text: 'y'.repeat(300) })

function batch() {
  const [runId, now] = [newId(), Date.now()]
  const message = (sender) => ({
    ...{ id: newId(), flow_id: flowId, run_id: runId, session_id: runId, context_id: '', timestamp: now, sender },
    ...{ sender_name: sender, text, files: [], error: false, edit: false, properties: emptyProperties },
    ...{ category: 'message', content_blocks: [], userId },
  })
  const step = (nodeId) => ({
    ...{ id: newId(), runId, flowId, nodeId, targetId: null, startedAt: now, durationMs: 1.5, valid: true },
    ...{ params: null, data: json, artifacts: json, inputs: json, error: null },
  })
  return {
    run: {
      ...{ id: runId, flowId, userId, sessionId: runId, kind: 'run', status: 'succeeded', startedAt: now },
      ...{ endedAt: now, error: null, errorCode: null, failedNodeId: null, inputTokens: 1, outputTokens: 2 },
    },
    messages: [message('User'), message('Machine')],
    steps: [step('ChatInput-1'), step('Prompt-1'), step('ChatOutput-1')],
  }
}

const turns = []
const batches = Array.from({ length: atOnce }, batch)
await Promise.all(batches.map(storage.runs.record))
const cpu = process.cpuUsage()
const mainCpu = process.threadCpuUsage()
const began = performance.now()
let making = 0
for (let done = 0; done < total; done += atOnce) {
  const before = performance.now()
  const fresh = Array.from({ length: atOnce }, batch)
  making += performance.now() - before
  const wrote = performance.now()
  await Promise.all(fresh.map(storage.runs.record))
  turns.push(performance.now() - wrote)
}
const { user, system } = process.cpuUsage(cpu)
const main = process.threadCpuUsage(mainCpu)
turns.sort((a, b) => a - b)
const perRun = (us) => (us / total).toFixed(1)
const at = (part) => turns[Math.floor((turns.length - 1) * part)].toFixed(2)
process.stdout.write(
  `${atOnce} runs at once: CPU ${perRun(main.user + main.system - making * 1000)} µs a run of the main thread, ` +
    `${perRun(user + system - making * 1000)} of all, ` +
    `wall ${perRun((performance.now() - began - making) * 1000)} µs; ` +
    `a group p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms\n`,
)
await storage.close()
rmSync(folder, { recursive: true })
