/*
 * What stands between the sandbox and the code in it: reads a component, calls it, and hands back what came. It runs
 * inside, beside the user's code, so nothing it says is trusted: the caller checks the shape of every answer.
 */

/** The functions the sandbox puts there before anything else runs; they are taken away again at once. */
interface Bridge {
  /** One call of a lent function; arguments and answer are JSON. */
  call(name: string, args: string): Promise<string>
  done(json: string): void
  failed(json: string): void
}

export interface Task {
  readonly kind: 'declaration' | 'output' | 'script'
  /** Of an output. */
  readonly output?: string
  readonly inputs?: Readonly<Record<string, unknown>>
  readonly context?: Readonly<Record<string, unknown>>
}

type Record_ = Readonly<Record<string, unknown>>
const MAX_LOG = 64 * 1024

/** Does what was asked for with the module that `load` gives, and reports. */
export function start(load: () => Promise<Record_>, taskJson: string): void {
  const global = globalThis as unknown as { bridge?: Bridge; console?: unknown }
  const bridge = global.bridge as Bridge
  delete global.bridge
  const task = JSON.parse(taskJson) as Task
  const { lines, log } = createLog()
  global.console = consoleOf(log)
  const stringify = JSON.stringify
  Promise.resolve()
    .then(load)
    .then((module) => perform(module, task, bridge, log))
    .then((value) => bridge.done(stringify({ value: value === undefined ? null : value, logs: lines })))
    .catch((error: unknown) => bridge.failed(stringify(problemOf(error))))
}

async function perform(module: Record_, task: Task, bridge: Bridge, log: Log): Promise<unknown> {
  if (task.kind === 'script') return module.default
  const component = module.default
  if (!isRecord(component)) {
    throw new Problem('shape', 'The code exports no component. End it with: export default defineComponent({ … })')
  }
  if (task.kind === 'declaration') return declarationOf(component)
  const output = isRecord(component.outputs) ? component.outputs[task.output ?? ''] : undefined
  if (!isRecord(output) || typeof output.run !== 'function') {
    throw new Problem('shape', `The code has no output "${task.output}" with a function run.`)
  }
  const context = { ...task.context, log, ...fetching(bridge) }
  const value: unknown = await output.run({ inputs: task.inputs ?? {}, context })
  return value
}

/** All but the functions; a function where a value belongs is left out by JSON. */
function declarationOf({ displayName, description, icon, documentation, inputs, outputs }: Record_): unknown {
  const entries = isRecord(outputs) ? Object.entries(outputs) : []
  const described = entries.map(([name, output]) => {
    if (!isRecord(output) || typeof output.run !== 'function') {
      throw new Problem('shape', `The output "${name}" has no function run.`)
    }
    return [name, { type: output.type, label: output.label, info: output.info }] as const
  })
  return { displayName, description, icon, documentation, inputs: inputs ?? {}, outputs: Object.fromEntries(described) }
}

interface Asked {
  readonly query?: Record_
  readonly json?: unknown
  readonly body?: string
  readonly headers?: Record_
}
interface Answer {
  readonly status: number
  readonly text: string
  readonly url: string
}

function fetching(bridge: Bridge) {
  const fetch = async (url: string, { query, json, ...options }: Asked = {}): Promise<Answer> => {
    const pairs = Object.entries(query ?? {}).map((pair) =>
      pair.map((part) => encodeURIComponent(String(part))).join('='),
    )
    const address = pairs.length > 0 ? `${url}${String(url).includes('?') ? '&' : '?'}${pairs.join('&')}` : String(url)
    const sent =
      json === undefined
        ? options
        : {
            ...options,
            body: JSON.stringify(json),
            headers: { 'content-type': 'application/json', ...options.headers },
          }
    return JSON.parse(await bridge.call('fetch', JSON.stringify([address, sent]))) as Answer
  }
  const fetchText = async (url: string, options?: Asked): Promise<string> => {
    const { status, text } = await fetch(url, options)
    if (status >= 400) throw new Error(`${url} answered ${status}: ${text.slice(0, 200)}`)
    return text
  }
  const fetchJson = async (url: string, options?: Asked): Promise<unknown> => {
    const text = await fetchText(url, options)
    try {
      return JSON.parse(text)
    } catch {
      throw new Error(`${url} did not answer with JSON: ${text.slice(0, 200)}`)
    }
  }
  return { fetch, fetchText, fetchJson }
}

type Log = (name: string, entry?: unknown) => void

/** Lines are kept until some 64 KB are full. */
function createLog() {
  const lines: { name: string; entry: unknown }[] = []
  let room = MAX_LOG
  const log: Log = (name, entry) => {
    const line = { name: String(name), entry: entry === undefined ? String(name) : entry }
    const size = (JSON.stringify(line.entry) ?? '').length + line.name.length
    if (size > room) return
    room -= size
    lines.push(line)
  }
  return { lines, log }
}

function consoleOf(log: Log) {
  const write = (...parts: unknown[]) => log('console', parts.map(shown).join(' '))
  return { log: write, info: write, debug: write, warn: write, error: write }
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Error) return String(value)
  const json = typeof value === 'object' ? JSON.stringify(value) : undefined
  return json ?? String(value)
}

class Problem extends Error {
  readonly kind: string
  constructor(kind: string, message: string) {
    super(message)
    this.kind = kind
  }
}

function problemOf(error: unknown): unknown {
  // Also what QuickJS throws when there is no memory left for an error.
  if (error === null) return {}
  if (!isRecord(error)) return { kind: 'thrown', message: `It threw ${shown(error)}` }
  const { name, message, stack, kind, lent } = error
  return {
    kind: error instanceof Problem ? kind : 'thrown',
    name: String(name ?? ''),
    message: String(message ?? ''),
    stack: String(stack ?? ''),
    ...(typeof lent === 'number' && { lent }),
  }
}

const isRecord = (value: unknown): value is Record_ => typeof value === 'object' && value !== null
