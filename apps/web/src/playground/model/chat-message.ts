import type { WireMessage } from '../../editor/run/build-events.ts'
import { timeOf } from '../../ui/time.tsx'

/** One message of a conversation, as it is shown. */
export interface ChatMessage {
  readonly id: string
  readonly sessionId: string
  readonly sender: 'user' | 'machine'
  readonly senderName: string
  readonly text: string
  /** Epoch milliseconds, by the server's clock. */
  readonly at: number
  /** Orders messages of the same second: the order they came in. */
  readonly sequence: number
  /** Stored paths: `FLOW_ID/NAME`. */
  readonly files: readonly string[]
  /** `stopped`: the run was stopped before the whole text was there. */
  readonly state: 'partial' | 'complete' | 'stopped'
  readonly isEdited: boolean
  readonly isError: boolean
  /** Thumb up, thumb down, none. */
  readonly feedback: boolean | null
  /** Why the thumb is down, where somebody said. */
  readonly reasons: { readonly reasons: readonly string[]; readonly text: string } | undefined
  readonly icon: string | undefined
  /** The node it comes from, and the model or title that goes by. */
  readonly source: {
    readonly nodeId: string | undefined
    readonly name: string | undefined
    readonly model: string | undefined
  }
  readonly blocks: readonly ContentBlock[]
  /** Seconds. */
  readonly duration: number | undefined
  readonly tokens: { readonly input: number; readonly output: number } | undefined
  /** US dollars; undefined where the price of a model is not known. */
  readonly cost: number | undefined
  /** The run that said it, where it is known. */
  readonly runId: string | undefined
}

/** Steps of an answer, in the order they were taken. */
export interface ContentBlock {
  readonly title: string
  readonly steps: readonly BlockStep[]
}

/** One step: what an agent thought, a tool it used, a failure… `type` says which keys are there. */
export interface BlockStep {
  readonly type: string
  readonly title: string
  /** Milliseconds; undefined while it goes on. */
  readonly duration: number | undefined
  readonly data: Readonly<Record<string, unknown>>
}

type Loose = Readonly<Record<string, unknown>>
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** Reads a message of an event or of the monitor; undefined when it cannot be told from others. */
export function readMessage(wire: WireMessage, sequence: number): ChatMessage | undefined {
  const { id, properties = {} } = wire
  if (!id) return undefined
  const at = timeOf(wire.timestamp ?? '')
  const usage = isLoose(properties.usage) ? properties.usage : undefined
  const isUnfinished = properties.state === 'partial'
  // What was being said when a run broke is no error: that is told in a message of its own.
  const isError = wire.category === 'error' || (wire.error === true && !isUnfinished)
  return {
    id,
    sessionId: wire.session_id ?? '',
    sender: wire.sender === 'User' ? 'user' : 'machine',
    senderName: wire.sender_name ?? wire.sender ?? '',
    text: wire.text ?? '',
    at: Number.isNaN(at) ? 0 : at,
    sequence,
    files: readFiles(wire.files),
    state: isUnfinished && !wire.error ? 'partial' : 'complete',
    isEdited: wire.edit === true,
    isError,
    feedback: typeof properties.positive_feedback === 'boolean' ? properties.positive_feedback : null,
    reasons: readReasons(properties.feedback),
    icon: text(properties.icon),
    source: {
      nodeId: text(properties.source?.id),
      name: text(properties.source?.display_name),
      model: text(properties.source?.source),
    },
    blocks: (wire.content_blocks ?? []).filter(isLoose).map(readBlock),
    duration: number(properties.build_duration),
    tokens: usage && { input: number(usage.input_tokens) ?? 0, output: number(usage.output_tokens) ?? 0 },
    cost: number(properties.cost),
    runId: text(wire.run_id),
  }
}

function readReasons(value: unknown): ChatMessage['reasons'] {
  if (!isLoose(value)) return undefined
  const reasons = Array.isArray(value.reasons) ? value.reasons.map(String) : []
  return { reasons, text: text(value.text) ?? '' }
}

/** The monitor writes the list into a string. */
function readFiles(files: unknown): readonly string[] {
  if (typeof files === 'string') {
    try {
      return readFiles(JSON.parse(files))
    } catch {
      return []
    }
  }
  if (!Array.isArray(files)) return []
  return files.flatMap((file: unknown) => {
    const path = isLoose(file) ? (file.path ?? file.file_path) : file
    return typeof path === 'string' ? [path] : []
  })
}

function readBlock(block: Loose): ContentBlock {
  const contents = Array.isArray(block.contents) ? block.contents.filter(isLoose) : []
  return {
    title: text(block.title) ?? '',
    steps: contents.map((data) => ({
      type: text(data.type) ?? 'json',
      title: (isLoose(data.header) && text(data.header.title)) || text(data.name) || '',
      duration: number(data.duration),
      data,
    })),
  }
}

/** What an error message says besides its text. */
export interface ErrorFacts {
  readonly component: string | undefined
  readonly field: string | undefined
  readonly reason: string
  readonly solution: string | undefined
  readonly traceback: string | undefined
}

/** The facts of an error message, from its blocks where it has some. */
export function errorFacts({ blocks, text: said, source }: ChatMessage): ErrorFacts {
  const data = blocks.flatMap(({ steps }) => steps).find(({ type }) => type === 'error')?.data ?? {}
  return {
    component: text(data.component) ?? source.name,
    field: text(data.field),
    reason: said.trim() || (text(data.reason) ?? ''),
    solution: text(data.solution),
    traceback: text(data.traceback),
  }
}
