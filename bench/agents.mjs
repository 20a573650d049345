// (g) An agent that calls a tool again and again: what each of its steps takes beside the model's own time. A step is one
// question to the model with all that was said and found before, its answer read, and the tool run.
import { figure } from './figures.mjs'
import { agent, saveGraph } from './flows.mjs'
import { call, load, makeKey, startModel, startServer } from './targets.mjs'

const STEPS = 8
const MODEL = `agent-${STEPS}-5`
/** The last question is answered without a tool. */
const CALLS = STEPS + 1

export async function agents(settings) {
  const model = await startModel()
  const server = await startServer(settings)
  const headers = await makeKey(server)
  const flow = await saveGraph(server, 'Agent', agent(model.address, MODEL))
  const url = `${server.address}/api/v1/run/${flow.id}`
  // A run of its own in a session of its own: no history to read.
  let session = 0
  const bodies = () =>
    Array.from({ length: 500 }, () => JSON.stringify({ input_value: 'How much?', session_id: `s-${session++}` }))
  const once = async (connections, seconds) => {
    const before = await call(model, 'GET', '/spent')
    const result = await load(server, { url, headers, bodies: bodies(), connections, seconds })
    const after = await call(model, 'GET', '/spent')
    const asked = after.calls - before.calls
    if (result.errors) throw new Error(`${result.errors} errors: ${result.firstError}`)
    if (asked !== result.ended * CALLS) throw new Error(`${result.ended} runs asked the model ${asked} times`)
    return {
      ours: result.latency.mean / CALLS,
      model: (after.ms - before.ms) / asked,
      cpu: result.cpuPerRequest / CALLS,
    }
  }
  await once(10, 2) // the code becomes warm
  const rounds = { 1: [], 10: [] }
  for (let round = 0; round < settings.rounds; round++) {
    for (const connections of [1, 10]) rounds[connections].push(await once(connections, settings.seconds))
  }
  await Promise.all([model.stop(), server.stop()])

  const told = (connections, more) =>
    figure({
      part: 'g',
      name: `step of an agent, c = ${connections}`,
      unit: 'ms',
      floor: rounds[connections].map(({ model }) => model),
      ours: rounds[connections].map(({ ours }) => ours),
      judge: 'added',
      ...more,
    })
  return [
    told(1, { gate: 2, aim: 1 }),
    told(10),
    figure({
      part: 'g',
      name: 'CPU per step, c = 10',
      unit: 'µs',
      ours: rounds[10].map(({ cpu }) => cpu),
      judge: 'ours',
    }),
  ]
}
