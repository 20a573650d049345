// (d) What a run costs in a flow of 10, 100 and 1,000 nodes, and beside 10^3 up to 10^6 stored messages.
import { join } from 'node:path'
import { figure } from './figures.mjs'
import { chain, saveFlow } from './flows.mjs'
import { load, makeKey, startServer } from './targets.mjs'

const NODES = [10, 100, 1000]
const FEW = 1000

export async function growth(settings) {
  return [...(await byNodes(settings)), ...(await byHistory(settings))]
}

async function measured(server, headers, flowId, options) {
  const url = `${server.address}/api/v1/run/${flowId}`
  const bodies = Array.from({ length: 100 }, (_, i) => JSON.stringify({ input_value: 'hello', session_id: `s-${i}` }))
  const result = await load(server, { url, bodies, headers, warmup: 0.5, ...options })
  if (result.errors) throw new Error(`${result.errors} errors: ${result.firstError}`)
  return result
}

async function byNodes(settings) {
  const server = await startServer(settings)
  const headers = await makeKey(server)
  const flows = []
  for (const nodes of NODES) flows.push(await saveFlow(server, `Chain of ${nodes}`, chain(nodes)))
  const times = new Map(NODES.map((nodes) => [nodes, []]))
  for (let round = 0; round <= settings.rounds; round++) {
    for (const [i, nodes] of NODES.entries()) {
      const { latency } = await measured(server, headers, flows[i].id, { connections: 1, seconds: settings.seconds })
      if (round > 0) times.get(nodes).push(latency.p50) // the first round warms the code
    }
  }
  await server.stop()
  const [base] = NODES
  return NODES.slice(1).map((nodes) =>
    figure({
      part: 'd',
      name: `a run of ${nodes} nodes against ${base}, p50`,
      unit: 'ms',
      floor: times.get(base),
      ours: times.get(nodes),
      gate: Math.round((1.1 * nodes) / base),
      aim: nodes / base,
    }),
  )
}

async function byHistory(settings) {
  const sizes = settings.full ? [1e4, 1e5, 1e6] : [1e4, 1e5]
  const few = await seeded(settings, FEW)
  const figures = []
  for (const size of sizes) {
    const many = await seeded(settings, size)
    const [floor, ours] = [[], []]
    for (let round = 0; round < settings.rounds; round++) {
      for (const [store, values] of [
        [few, floor],
        [many, ours],
      ]) {
        values.push(
          await measured(store.server, store.headers, store.flow.id, { connections: 10, seconds: settings.seconds }),
        )
      }
    }
    await many.server.stop()
    const compare = (name, unit, pick, more) =>
      figure({
        part: 'd',
        name: `${name} beside ${size} messages against ${FEW}`,
        unit,
        floor: floor.map(pick),
        ours: ours.map(pick),
        ...more,
      })
    figures.push(
      compare('CPU of a run', 'µs', ({ cpuPerRequest }) => cpuPerRequest, { gate: 1.5, aim: 1.2 }),
      compare('a run, p50', 'ms', ({ latency }) => latency.p50, { gate: 1.5, aim: 1.2 }),
    )
  }
  await few.server.stop()
  return figures
}

/** A server whose flow already has that many messages. */
async function seeded(settings, messages) {
  const first = await startServer(settings)
  const headers = await makeKey(first)
  const flow = await saveFlow(first, 'History', chain(3))
  await first.stop()
  await seed(join(first.folder, 'runnel.db'), flow, messages)
  const server = await startServer(settings, first.folder)
  await measured(server, headers, flow.id, { connections: 10, seconds: settings.seconds / 2 }) // the code becomes warm
  return { server, headers, flow }
}

const PER_RUN = 500
const PER_SESSION = 10
const TEXT = 'a message of ordinary length '.repeat(8)

/** Writes messages through the storage package, as runs would, one a second until now. */
async function seed(sqlitePath, flow, count) {
  const { openStorage } = await import('../packages/storage/src/open-storage.ts')
  const { newId } = await import('../packages/protocol/src/id.ts')
  const { emptyProperties } = await import('../packages/protocol/src/message.ts')
  const storage = await openStorage({ sqlitePath })
  const begun = Date.now() - count * 1000
  for (let written = 0; written < count; written += PER_RUN) {
    const messages = Array.from({ length: PER_RUN }, (_, i) => {
      const number = written + i
      const isUser = number % 2 === 0
      return {
        id: newId(),
        userId: flow.user_id,
        flow_id: flow.id,
        run_id: null,
        session_id: `old-${Math.floor(number / PER_SESSION)}`,
        context_id: '',
        timestamp: begun + number * 1000,
        sender: isUser ? 'User' : 'Machine',
        sender_name: isUser ? 'User' : 'AI',
        text: TEXT,
        files: [],
        error: false,
        edit: false,
        properties: emptyProperties,
        category: 'message',
        content_blocks: [],
      }
    })
    await storage.runs.record({ messages, steps: [] })
  }
  await storage.close()
}
