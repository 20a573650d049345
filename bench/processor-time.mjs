// What processors spend on the browser of this process, and its main threads on theirs, as Linux counts it.
import { readdirSync, readFileSync } from 'node:fs'

/** Nanoseconds that each process of the browser and its main thread have had. */
export function processorTimes() {
  const parentOf = (pid) => /\) \S+ (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
  const isOurs = (pid) => {
    for (let up = pid; up !== undefined && Number(up) > 1; up = parentOf(up))
      if (Number(up) === process.pid) return true
    return false
  }
  const timeOf = (path) => Number(readFileSync(path, 'utf8').split(' ')[0])
  const times = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!isOurs(pid)) continue
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (command.includes('main.mjs')) continue
      const threads = readdirSync(`/proc/${pid}/task`).map((id) => timeOf(`/proc/${pid}/task/${id}/schedstat`))
      const all = threads.reduce((sum, time) => sum + time, 0)
      times.set(pid, { isPage: command.includes('--type=renderer'), main: timeOf(`/proc/${pid}/schedstat`), all })
    } catch (error) {
      // It has ended meanwhile.
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error
    }
  }
  return times
}

/** Milliseconds of processor time since: of the busiest page's main thread, and of the whole browser. */
export function spentSince(before) {
  let [mainMs, allMs] = [0, 0]
  for (const [pid, { isPage, main, all }] of processorTimes()) {
    const was = before.get(pid) ?? { main: 0, all: 0 }
    allMs += (all - was.all) / 1e6
    if (isPage) mainMs = Math.max(mainMs, (main - was.main) / 1e6)
  }
  return { mainMs, allMs }
}

/**
 * Waits until the browser has nothing more to do for itself: a new window first loads some hundred files of the browser's
 * own pages, for half a second of processor time, and whoever opens an address has long had that window.
 */
export async function comeToRest() {
  for (let calm = 0; calm < 2; ) {
    const before = processorTimes()
    await new Promise((resolve) => setTimeout(resolve, 250))
    calm = spentSince(before).allMs < 10 ? calm + 1 : 0
  }
}
