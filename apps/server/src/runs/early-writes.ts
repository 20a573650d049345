/** How often what has waited since the time before is written, in milliseconds. */
const EVERY_MS = 150

type Write = () => void

let older = new Set<Write>()
let newer = new Set<Write>()
let isGoing = false

/**
 * Writes once the run has lasted for between one and two rounds, together with all others that wait: a transaction costs
 * as much as several runs, and nobody waits for this one. Answers how to take it back.
 */
export function writeTogether(write: Write): () => void {
  const own = newer
  own.add(write)
  if (!isGoing) next()
  return () => void own.delete(write)
}

function next(): void {
  isGoing = true
  setTimeout(round, EVERY_MS)
}

function round(): void {
  const due = older
  older = newer
  newer = due
  isGoing = false
  if (older.size > 0) next()
  for (const write of due) {
    due.delete(write)
    write()
  }
}
