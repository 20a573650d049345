// (a) ChatInput -> Prompt -> ChatOutput through the API with a key; messages, builds and transactions are stored.
// Against the SQLite floor: the same HTTP, two inserts, one transaction.
import { figure } from './figures.mjs'
import { chain, saveFlow } from './flows.mjs'
import { load, makeKey, startFloor, startServer } from './targets.mjs'

const CONNECTIONS = [1, 10, 50]
const SESSIONS = 1000

export async function runThroughput(settings) {
  const [floor, server] = [await startFloor(), await startServer(settings)]
  const headers = await makeKey(server)
  const flow = await saveFlow(server, 'Throughput', chain(3))
  const bodies = Array.from({ length: SESSIONS }, (_, i) =>
    JSON.stringify({ input_value: 'hello', session_id: `s-${i}` }),
  )
  const once = async (connections, seconds) => {
    const common = { bodies, connections, seconds, warmup: 0.5, headers }
    const atFloor = await load(floor, { ...common, url: `${floor.address}/db` })
    const ours = await load(server, { ...common, url: `${server.address}/api/v1/run/${flow.id}` })
    for (const { errors, firstError } of [atFloor, ours]) if (errors) throw new Error(`${errors} errors: ${firstError}`)
    return { atFloor, ours }
  }
  await once(10, 2) // the code becomes warm
  const rounds = new Map(CONNECTIONS.map((connections) => [connections, []]))
  for (let round = 0; round < settings.rounds; round++) {
    for (const connections of CONNECTIONS) rounds.get(connections).push(await once(connections, settings.seconds))
  }
  await Promise.all([floor.stop(), server.stop()])

  return CONNECTIONS.flatMap((connections) => {
    const measured = rounds.get(connections)
    const values = (pick) => ({
      floor: measured.map(({ atFloor }) => pick(atFloor)),
      ours: measured.map(({ ours }) => pick(ours)),
    })
    const told = (name, unit, pick, more) =>
      figure({ part: 'a', name: `${name}, c = ${connections}`, unit, ...values(pick), ...more })
    const gates = connections > 1
    return [
      told('runs stored', 'per s', ({ perSecond }) => perSecond, {
        better: 'more',
        ...(gates && { gate: 0.5, aim: 1 }),
      }),
      told('p50', 'ms', ({ latency }) => latency.p50),
      told('p99', 'ms', ({ latency }) => latency.p99, gates && { gate: 1.5, aim: 1 }),
      told('CPU per run', 'µs', ({ cpuPerRequest }) => cpuPerRequest),
    ]
  })
}
