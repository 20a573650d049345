import type { Editor } from '../editor.ts'
import type { FlowRunner, RunRequest } from './flow-runner.ts'
import type { RunOutcome } from './node-run.ts'

export interface RunGuard {
  readonly editor: Pick<Editor, 'getDocument'>
  /** Takes in what others have saved. */
  readonly catchUp: () => Promise<void>
  /** Whether somebody has to choose between two states of the flow. */
  readonly hasConflict: () => boolean
  /** What is said where that keeps a flow from running. */
  readonly refusal: () => string
}

/** A run does not wait longer for what others have saved: the server may be slow, and says so by itself when it is away. */
const PATIENCE_MS = 2000

/** Runs the flow as it is for everybody: with what others have saved, and not while nobody has chosen between two states. */
export function guardedRunner(
  runner: FlowRunner,
  { editor, catchUp, hasConflict, refusal }: RunGuard,
  wait = pause,
): FlowRunner {
  let starting: Promise<RunOutcome> | undefined

  async function start(request: RunRequest): Promise<RunOutcome> {
    const before = editor.getDocument()
    // What was published stays as it is, whoever saves.
    if (request.version === undefined) await Promise.race([catchUp(), wait(PATIENCE_MS)])
    starting = undefined
    if (hasConflict()) {
      const outcome: RunOutcome = { kind: 'failed', nodeId: undefined, message: refusal() }
      runner.store.setState({ outcome })
      return outcome
    }
    return runner.run(request.document === before ? { ...request, document: editor.getDocument() } : request)
  }

  return {
    ...runner,
    // A second click before the first has got anywhere is no second run.
    run(request) {
      starting ??= start(request)
      return starting
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
