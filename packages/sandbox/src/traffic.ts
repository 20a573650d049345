/** What the server and a sandbox process tell each other. Values travel as JSON texts: neither side trusts the other's objects. */
export type ToProcess =
  | { readonly type: 'limits'; readonly limits: Limits }
  | { readonly type: 'job'; readonly job: Job }
  /** The answer of a lent function: JSON, or a sentence. */
  | { readonly type: 'answer'; readonly id: number; readonly value?: string; readonly error?: string }

export type FromProcess =
  | { readonly type: 'ready' }
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: string }
  | { readonly type: 'done'; readonly answer: string; readonly memoryBytes: number }
  | { readonly type: 'failed'; readonly problem: Problem; readonly memoryBytes: number }

/** `check` compiles the source and runs nothing; the other kinds run it. */
export type Job =
  | { readonly kind: 'check'; readonly source: string }
  | { readonly kind: 'run'; readonly source: string /** JSON of a `Task`. */; readonly task: string }

export interface Limits {
  /** Of computing, waiting for lent functions not counted; milliseconds. */
  readonly computeMs: number
  /** Of one job from beginning to end, milliseconds. */
  readonly wallMs: number
  readonly memoryBytes: number
  /** Characters of the JSON that goes in, and of that which comes out. */
  readonly jsonLength: number
}

export type ProblemKind =
  | 'syntax'
  | 'import'
  | 'thrown'
  | 'shape'
  | 'unsettled'
  | 'timeout'
  | 'memory'
  | 'depth'
  | 'size'

/** Why a job came to nothing. */
export interface Problem {
  readonly kind: ProblemKind
  /** A sentence for whoever wrote the code. */
  readonly message: string
  /** Of the source, from 1. */
  readonly line?: number
  /** Where in the source it happened, innermost first: `at <function> (component:12:5)`, a line each. */
  readonly trace?: string
  /** The call of a lent function whose failure this is. */
  readonly lent?: number
}
