// (c) From the spawn of the process to its first answer, and the memory it then holds; and what the components have to do
// with it: a server that has all of them against one that has a single one.
import { figure } from './figures.mjs'
import { buildWithOneComponent } from './one-component.mjs'
import { cpuSeconds, residentMegabytes, sleep, temporaryFolder } from './processes.mjs'
import { call, startFloor, startServer } from './targets.mjs'

const IDLE_MS = 5000

export async function startUp(settings) {
  const [floorFolder, folder] = [temporaryFolder(), temporaryFolder()]
  // The first start of all writes V8's compile cache when it stops; it is not counted.
  for (const warm of [await startFloor({ folder: floorFolder }), await startServer(settings, folder)]) await warm.stop()

  const rounds = { floor: [], existing: [], first: [], idleFloor: [], idle: [] }
  for (let round = 0; round < settings.rounds * 2; round++) {
    const floor = await startFloor({ folder: floorFolder })
    const isIdleRound = round < settings.rounds
    if (isIdleRound) {
      await sleep(IDLE_MS)
      rounds.idleFloor.push(residentMegabytes(floor.pid))
    }
    await floor.stop()
    const existing = await startServer(settings, folder)
    if (isIdleRound) {
      await sleep(IDLE_MS)
      rounds.idle.push(residentMegabytes(existing.pid))
    }
    await existing.stop()
    const first = await startServer(settings)
    await first.stop()
    rounds.floor.push(floor.startMs)
    rounds.existing.push(existing.startMs)
    rounds.first.push(first.startMs)
  }
  const { floor, existing, first, idleFloor, idle } = rounds
  return [
    figure({ part: 'c', name: 'start, existing database', unit: 'ms', floor, ours: existing, gate: 2.5, aim: 1.5 }),
    figure({ part: 'c', name: 'first start', unit: 'ms', floor, ours: first, gate: 5, aim: 2.5 }),
    figure({
      part: 'c',
      name: `resident ${IDLE_MS / 1000} s after the start`,
      unit: 'MB',
      floor: idleFloor,
      ours: idle,
      judge: 'ours',
      gate: 130,
      aim: 100,
    }),
    ...(await catalogueCost(settings, folder)),
  ]
}

async function catalogueCost(settings, folder) {
  const few = { ...settings, server: await buildWithOneComponent() }
  const fewFolder = temporaryFolder()
  await (await startServer(few, fewFolder)).stop()
  const rounds = { few: [], all: [], fewCpu: [], allCpu: [], list: [] }
  const startOf = async (kind) => {
    const started = await (kind === 'few' ? startServer(few, fewFolder) : startServer(settings, folder))
    rounds[kind].push(started.startMs)
    rounds[`${kind}Cpu`].push(cpuSeconds(started.pid) * 1000)
    if (kind === 'all') {
      const begun = performance.now()
      const categories = await call(started, 'GET', '/api/v1/all')
      rounds.list.push(performance.now() - begun)
      if (Object.values(categories).flatMap(Object.keys).length < 100) throw new Error('The catalogue is not whole')
    }
    await started.stop()
  }
  // Both differ by less than the machine does from one moment to the next: many rounds, in turns.
  for (let round = 0; round < settings.rounds * 4; round++) {
    for (const kind of round % 2 ? ['few', 'all'] : ['all', 'few']) await startOf(kind)
  }
  const told = (name, ours, more) => figure({ part: 'c', name, unit: 'ms', ours, ...more })
  return [
    told('start with all components against one', rounds.all, { floor: rounds.few }),
    // What else the machine does makes a start twice as long, but not its work.
    told('CPU of a start with all components against one', rounds.allCpu, {
      floor: rounds.fewCpu,
      gate: 1.1,
      aim: 1.05,
    }),
    told('first list of all components', rounds.list, { judge: 'ours' }),
  ]
}
