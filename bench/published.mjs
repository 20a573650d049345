// (f) The flow of part (a), published and called as FlowAI's users do, against the same flow through /api/v1/run: what
// versions, contracts, limits and counting cost. And the check of a contract of 20 inputs, alone.
import { createInputCheck } from '../apps/server/src/publications/contract-check.ts'
import { figure } from './figures.mjs'
import { chain, saveFlow } from './flows.mjs'
import { temporaryFolder } from './processes.mjs'
import { call, load, makeKey, startServer } from './targets.mjs'

const CONNECTIONS = [1, 10, 50]
const SESSIONS = 1000
const INPUTS = 20

export async function published(settings) {
  const server = await startServer(settings, temporaryFolder(), { FLOWAI_RATE_LIMIT: '0' })
  const headers = await makeKey(server)
  const flow = await saveFlow(server, 'Published', chain(3))
  await call(server, 'POST', `/api/v1/publications/${flow.id}`, {})
  const bodies = (of) => Array.from({ length: SESSIONS }, (_, i) => JSON.stringify({ ...of, session_id: `s-${i}` }))
  const once = async (connections, seconds, isFirst) => {
    const common = { connections, seconds, warmup: 0.5, headers }
    const run = () =>
      load(server, {
        ...common,
        bodies: bodies({ input_value: 'hello' }),
        url: `${server.address}/api/v1/run/${flow.id}`,
      })
    const called = () =>
      load(server, {
        ...common,
        bodies: bodies({ input: { text: 'hello' } }),
        url: `${server.address}/v1/api/workflow/run/${flow.id}`,
      })
    // What comes second finds more stored: they take turns.
    const [first, second] = isFirst ? [await run(), await called()] : [await called(), await run()]
    for (const { errors, firstError } of [first, second]) if (errors) throw new Error(`${errors} errors: ${firstError}`)
    return isFirst ? { atRun: first, ours: second } : { atRun: second, ours: first }
  }
  await once(10, 2, true) // the code becomes warm
  const rounds = new Map(CONNECTIONS.map((connections) => [connections, []]))
  // Both differ by less than the machine does from one moment to the next: many short rounds, an even number of them.
  for (let round = 0; round < settings.rounds * 2; round++) {
    for (const connections of CONNECTIONS) {
      rounds.get(connections).push(await once(connections, settings.seconds / 2, round % 2 === 0))
    }
  }
  await server.stop()

  const costs = CONNECTIONS.flatMap((connections) => {
    // A machine that does other work may answer nothing for a whole round.
    const measured = rounds.get(connections).filter(({ atRun, ours }) => atRun.latency && ours.latency)
    if (measured.length === 0) throw new Error(`No round with ${connections} connections has answers on both sides`)
    const told = (name, unit, pick, more) => {
      const values = { floor: measured.map(({ atRun }) => pick(atRun)), ours: measured.map(({ ours }) => pick(ours)) }
      return figure({ part: 'f', name: `${name}, c = ${connections}`, unit, ...values, ...more })
    }
    return [
      told('published run p50', 'ms', ({ latency }) => latency.p50, { gate: 1.1, aim: 1 }),
      told('CPU per published run', 'µs', ({ cpuPerRequest }) => cpuPerRequest, { gate: 1.1, aim: 1 }),
    ]
  })
  return [...costs, checkOfContract(settings.rounds)]
}

/** Time of one check of 20 inputs of all types, in µs. */
function checkOfContract(rounds) {
  const types = ['text', 'number', 'integer', 'boolean', 'object', 'list', 'file', 'json']
  const values = ['text', 1.5, 7, true, { a: 1 }, [1], 'https://example.com/a.png', null]
  const inputs = Array.from({ length: INPUTS }, (_, i) => ({
    name: `Eingabe ${i} 输入`,
    label: `Label ${i}`,
    type: types[i % types.length],
    required: types[i % types.length] !== 'json',
    default: null,
    description: '',
    node_id: `Node-${i}`,
  }))
  const check = createInputCheck({ inputs, outputs: [] })
  const body = JSON.stringify(Object.fromEntries(inputs.map(({ name }, i) => [name, values[i % values.length]])))
  const CHECKS = 20_000
  const time = () => {
    const calls = Array.from({ length: CHECKS }, () => JSON.parse(body))
    const begun = performance.now()
    for (const input of calls) check(input)
    return ((performance.now() - begun) / CHECKS) * 1000
  }
  time()
  const ours = Array.from({ length: rounds }, time)
  return figure({
    part: 'f',
    name: 'check of a contract of 20 inputs',
    unit: 'µs',
    ours,
    judge: 'ours',
    gate: 50,
    aim: 10,
  })
}
