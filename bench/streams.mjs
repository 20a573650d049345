// (b) A streamed answer of a paced model: what our server adds to a bare Fastify proxy before the first token and to
// every token, and whether a thousand streams at once go through.
import { figure } from './figures.mjs'
import { chat, saveFlow } from './flows.mjs'
import { residentMegabytes } from './processes.mjs'
import { load, makeKey, startFloor, startModel, startServer } from './targets.mjs'

/** 50 tokens, the first after 50 ms, then one every 20 ms; with a thousand streams one every 100 ms. */
const PACED = 'mock-50-50-20'
const SLOW = 'mock-50-50-100'
const MANY = 1000
/**
 * V8 has compiled a function for good after 3,000 calls. At the pace above, what runs once in a stream comes to that after
 * a minute at 50 streams; at this one it takes seconds, and what is measured is a server in service.
 */
const BRISK = 'mock-50-1-1'
const WARM = 5000
/** How often a round of 50 streams is done: the processor time of one strays by a fifth, and a median of three by a tenth. */
const TIMES = 3

export async function streams(settings) {
  const model = await startModel()
  const floor = await startFloor({ upstream: model.address })
  const server = await startServer(settings)
  const headers = await makeKey(server)
  const flows = {
    [PACED]: await saveFlow(server, 'Paced', chat(model.address, PACED)),
    [SLOW]: await saveFlow(server, 'Slow', chat(model.address, SLOW)),
    [BRISK]: await saveFlow(server, 'Brisk', chat(model.address, BRISK)),
  }
  const direct = (name) => JSON.stringify({ model: name, stream: true, messages: [{ role: 'user', content: 'hello' }] })
  const ask = (target, name, options) =>
    load(target, {
      stream: true,
      headers,
      warmup: 1.1,
      ...options,
      url: target === floor ? `${floor.address}/proxy` : `${server.address}/api/v1/run/${flows[name].id}?stream=true`,
      bodies: [target === floor ? direct(name) : JSON.stringify({ input_value: 'hello' })],
    })

  const pairs = async (connections, seconds, count = settings.rounds) => {
    const rounds = []
    for (let round = 0; round < count; round++) {
      const atFloor = await ask(floor, PACED, { connections, seconds })
      const ours = await ask(server, PACED, { connections, seconds })
      for (const { errors, firstError } of [atFloor, ours]) {
        if (errors) throw new Error(`${errors} errors: ${firstError}`)
      }
      rounds.push({ atFloor, ours })
    }
    return (pick) => ({
      floor: rounds.map(({ atFloor }) => pick(atFloor)),
      ours: rounds.map(({ ours }) => pick(ours)),
    })
  }
  const many = async (target) => {
    let megabytes = residentMegabytes(target.pid)
    const before = megabytes
    const timer = setInterval(() => {
      megabytes = Math.max(megabytes, residentMegabytes(target.pid))
    }, 100)
    const result = await ask(target, SLOW, {
      connections: MANY,
      requests: MANY,
      seconds: 60,
      warmup: 0,
      rampMs: 1000,
    })
    clearInterval(timer)
    if (result.errors) console.error(`${result.errors} of ${MANY} streams failed: ${result.firstError}`)
    return { ...result, megabytes: megabytes - before }
  }

  for (const target of [floor, server]) {
    await ask(target, BRISK, { connections: 50, requests: WARM, seconds: 60, warmup: 0 })
    await ask(target, PACED, { connections: 50, seconds: settings.seconds })
  }
  const one = await pairs(1, settings.seconds * 2)
  const fifty = await pairs(50, settings.seconds, settings.rounds * TIMES)
  const [manyAtFloor, manyOurs] = [await many(floor), await many(server)]
  await Promise.all([model.stop(), floor.stop(), server.stop()])

  const single = (name, unit, pick, more) =>
    figure({ part: 'b', name, unit, floor: [pick(manyAtFloor)], ours: [pick(manyOurs)], judge: 'ours', ...more })
  const firstToken = ({ firstToken }) => firstToken.p50
  const age = ({ age }) => age.p50
  const added = (name, values, more) => figure({ part: 'b', name, unit: 'ms', ...values, judge: 'added', ...more })
  return [
    added('first token p50, 1 stream', one(firstToken), { gate: 3, aim: 1 }),
    added('first token p50, 50 streams', fifty(firstToken), { gate: 15, aim: 5 }),
    added('age of a token p50, 1 stream', one(age)),
    added('age of a token p50, 50 streams', fifty(age), { gate: 0.5, aim: 0.2 }),
    figure({
      part: 'b',
      name: 'CPU per paced token, 50 streams',
      unit: 'µs',
      ...fifty(({ cpuPerToken }) => cpuPerToken),
      gate: 1.5,
      aim: 1.15,
    }),
    single(`errors of ${MANY} streams at once`, 'streams', ({ errors }) => errors, { gate: 0, aim: 0 }),
    single(`live at once of ${MANY}`, 'streams', ({ liveAtMost }) => liveAtMost, { better: 'more', gate: MANY }),
    single(`first token p50, ${MANY} streams`, 'ms', firstToken),
    single(`age of a token p50, ${MANY} streams`, 'ms', age, { gate: 50 }),
    single(`memory for ${MANY} streams`, 'MB', ({ megabytes }) => megabytes, { gate: 80, aim: 60 }),
  ]
}
