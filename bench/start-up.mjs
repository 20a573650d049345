// (c) From the spawn of the process to its first answer, and the memory it then holds.
import { figure } from './figures.mjs'
import { residentMegabytes, sleep, temporaryFolder } from './processes.mjs'
import { startFloor, startServer } from './targets.mjs'

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
  ]
}
