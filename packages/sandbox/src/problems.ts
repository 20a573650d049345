import type { Limits, Problem } from './traffic.ts'

/** An error of the code, as far as it is known. */
export interface Thrown {
  readonly kind?: string
  readonly name?: string
  readonly message?: string
  readonly stack?: string
  readonly lent?: number
}

const LONGEST = 2000

interface Circumstances {
  /** Whatever was thrown, it was because of that. */
  readonly isTimeUp: boolean
  /** What memory was taken. */
  readonly usedBytes: number
}

/** Sentences for whoever wrote the code. */
export function createProblems({ computeMs, memoryBytes, jsonLength }: Limits) {
  const timeout = (): Problem => ({
    kind: 'timeout',
    message: `The code computed for more than ${computeMs / 1000} seconds and was stopped.`,
  })
  const memory = (): Problem => ({
    kind: 'memory',
    message: `The code needed more than ${Math.round(memoryBytes / 1024 / 1024)} MB of memory and was stopped.`,
  })
  const isFull = (usedBytes: number): boolean => usedBytes > memoryBytes * 0.9
  return {
    unknownImport: (name: string) => `No module named '${name.slice(0, 100)}'. A component may import 'runnel' alone.`,
    /** Nothing goes on although nothing came out; a full memory loses jobs of the promise queue silently. */
    unsettled: (usedBytes: number): Problem =>
      isFull(usedBytes)
        ? memory()
        : {
            kind: 'unsettled',
            message: 'The code waits for something that never comes: a promise that nothing settles.',
          },
    tooLong: (what: 'answer' | 'inputs', length: number): Problem => ({
      kind: 'size',
      message: `The ${what} of the code ${what === 'answer' ? 'is' : 'are'} ${length} characters of JSON; at most ${jsonLength} can pass.`,
    }),
    of(thrown: Thrown, { isTimeUp, usedBytes }: Circumstances): Problem {
      const name = String(thrown.name ?? '')
      const message = String(thrown.message ?? '').slice(0, LONGEST)
      if (isTimeUp) return timeout()
      if (/out of memory/i.test(message)) return memory()
      if (name === '' && message === '')
        return isFull(usedBytes) ? memory() : { kind: 'thrown', message: 'It threw null' }
      if (isDepth(name, message)) {
        return {
          kind: 'depth',
          message: 'The code calls itself too deep: a recursion without an end, or data nested too deep.',
        }
      }
      const trace = ownFrames(String(thrown.stack ?? ''))
      const line = lineIn(trace)
      const at = line === undefined ? {} : { line, trace }
      if (/^No module named '/.test(message)) return { kind: 'import', message, ...at }
      if (thrown.kind === 'shape') return { kind: 'shape', message }
      if (name === 'SyntaxError' && line !== undefined) return { kind: 'syntax', message, ...at }
      const said = name === '' || name === 'Error' ? message : `${name}: ${message}`
      return { kind: 'thrown', message: said, ...at, ...(typeof thrown.lent === 'number' && { lent: thrown.lent }) }
    },
  }
}

/** QuickJS's own overflow, and that of the host when QuickJS did not notice. */
const isDepth = (name: string, message: string): boolean =>
  /stack overflow/i.test(message) || (name === 'RangeError' && /call stack/i.test(message))

/** The frames of the user's own code in a stack. */
const ownFrames = (stack: string): string =>
  stack
    .split('\n')
    .filter((frame) => /\bcomponent:\d/.test(frame))
    .map((frame) => frame.trim())
    .join('\n')
    .slice(0, LONGEST)

/** The first line of the user's own code in a stack. */
function lineIn(stack: string): number | undefined {
  const line = /\bcomponent:(\d+)/.exec(stack)?.[1]
  return line === undefined ? undefined : Number(line)
}
