/** What has work to do when a turn of the event loop has read all that came in. */
export interface EndsTurn {
  endTurn(): void
}

let waiting: EndsTurn[] = []

/** Has it end this turn, after the others that wait for it. An object and no function, which would be one more to look at. */
export function atEndOfTurn(work: EndsTurn): void {
  if (waiting.push(work) === 1) setImmediate(run)
}

function run(): void {
  const now = waiting
  waiting = []
  for (const work of now) work.endTurn()
}
