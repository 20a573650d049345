// (g) An agent that calls a tool again and again: what each of its steps adds to the model's own time. A step is one
// question to the model with all that was said and found before, its answer read, and the tool run. The model's own time
// is what the model measures itself, from the end of a question to the end of its answer: all else is ours. What a bare
// loop behind the same door adds to it, which no server could save, is told beside it.
import { figure } from './figures.mjs'
import { agent, saveGraph } from './flows.mjs'
import { call, load, makeKey, startFloor, startModel, startServer } from './targets.mjs'

const STEPS = 8
const MODEL = `agent-${STEPS}-5`
/** The last question is answered without a tool. */
const CALLS = STEPS + 1

export async function agents(settings) {
  const model = await startModel()
  const floor = await startFloor({ upstream: model.address })
  const server = await startServer(settings)
  const headers = await makeKey(server)
  const flow = await saveGraph(server, 'Agent', agent(model.address, MODEL))
  // A run of its own in a session of its own: no history to read.
  let session = 0
  const bodies = (more) =>
    Array.from({ length: 500 }, () =>
      JSON.stringify({ input_value: 'How much?', session_id: `s-${session++}`, ...more }),
    )
  const targets = {
    floor: { ...floor, url: `${floor.address}/agent`, body: { model: MODEL } },
    ours: { ...server, url: `${server.address}/api/v1/run/${flow.id}` },
  }
  /** Time and CPU of a step, and the time the model took by its own clock. */
  const once = async ({ url, body, ...target }, connections, seconds) => {
    const before = await call(model, 'GET', '/spent')
    const result = await load(target, { url, headers, bodies: bodies(body), connections, seconds })
    const after = await call(model, 'GET', '/spent')
    const asked = after.calls - before.calls
    if (result.errors) throw new Error(`${result.errors} errors: ${result.firstError}`)
    if (asked !== result.ended * CALLS) throw new Error(`${result.ended} runs asked the model ${asked} times`)
    return {
      ms: result.latency.mean / CALLS,
      model: (after.ms - before.ms) / asked,
      cpu: result.cpuPerRequest / CALLS,
    }
  }
  for (const target of Object.values(targets)) await once(target, 10, 2) // the code becomes warm
  const rounds = { 1: [], 10: [] }
  for (let round = 0; round < settings.rounds; round++) {
    for (const connections of [1, 10]) {
      rounds[connections].push({
        floor: await once(targets.floor, connections, settings.seconds),
        ours: await once(targets.ours, connections, settings.seconds),
      })
    }
  }
  await Promise.all([model.stop(), floor.stop(), server.stop()])

  const told = (connections, name, unit, pick, more) =>
    figure({
      part: 'g',
      name: `${name}, c = ${connections}`,
      unit,
      floor: rounds[connections].map(({ floor }) => pick(floor)),
      ours: rounds[connections].map(({ ours }) => pick(ours)),
      judge: 'added',
      ...more,
    })
  const step = ({ ms }) => ms
  const ownTime = { floor: rounds[1].map(({ ours }) => ours.model), gate: 2, aim: 1 }
  return [
    told(1, 'step of an agent', 'ms', step, ownTime),
    told(1, 'step against a bare loop', 'ms', step),
    told(10, 'step against a bare loop', 'ms', step),
    told(10, 'CPU per step', 'µs', ({ cpu }) => cpu),
  ]
}
