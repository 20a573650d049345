let waiting: (() => void)[] = []

/** Calls `work` when this turn of the event loop has read all that came in, after the others that wait for it. */
export function atEndOfTurn(work: () => void): void {
  if (waiting.push(work) === 1) setImmediate(run)
}

function run(): void {
  const now = waiting
  waiting = []
  for (const work of now) work()
}
