import type { MessageRecord } from '@runnel/protocol/message'
import { type Component, defineComponent, field, isMessage, message, type RunContext } from '@runnel/sdk'
import { compileGraph } from './compile-graph.ts'
import type { Graph } from './graph.ts'
import type { NodeResult } from './node-result.ts'
import { createMemoryPorts, type RunPorts } from './ports.ts'
import { createRegistry } from './registry.ts'
import type { RunEvent } from './run-event.ts'
import { runFlow } from './run-flow.ts'
import type { RunRequest } from './run-scope.ts'

export interface TestRun {
  readonly events: readonly RunEvent[]
  /** Node ids in the order they started. */
  readonly started: readonly string[]
  readonly results: ReadonlyMap<string, NodeResult>
  readonly error: unknown
  /** What `messages.save` was given, in order. */
  readonly saved: readonly MessageRecord[]
  /** The value of a node's output. */
  value(nodeId: string, output?: string): unknown
}

export interface TestRunOptions {
  readonly request?: Partial<RunRequest>
  readonly ports?: Partial<RunPorts>
  readonly environment?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
}

/** A request for tests: one session, no input, failures do not end the run. */
export const testRequest: RunRequest = {
  runId: 'run-1',
  flowId: 'flow-1',
  userId: 'user-1',
  sessionId: 'session-1',
  sessionFields: 'all',
  inputValues: new Map(),
  inputFiles: [],
  overlay: new Map(),
  requestVariables: new Map(),
  environmentFallback: true,
  failFast: false,
  cacheAll: false,
}

/** The graph of a flow's data, with these components and no others. */
export const testGraph = (components: readonly Component[], data: unknown): Graph =>
  compileGraph(data, createRegistry(components))

/** Ports in memory: ids count up, the clock stands still. */
export function testPorts(environment: Readonly<Record<string, string>> = {}): RunPorts {
  let made = 0
  return createMemoryPorts({
    environment: (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined),
    newId: () => `id-${++made}`,
    now: () => 1_700_000_000_000,
    readFile: async (path) => {
      throw new Error(`File ${path} not found`)
    },
  })
}

/** Runs a flow to its end and keeps what happened, an error of the run included. */
export async function testRun(graph: Graph, options: TestRunOptions = {}): Promise<TestRun> {
  const { request, ports, environment, signal = new AbortController().signal, onEvent } = options
  const memory = testPorts(environment)
  const saved: MessageRecord[] = []
  const messages = { ...memory.messages, ...ports?.messages }
  const recording = {
    ...messages,
    save(message: MessageRecord, nodeId: string) {
      saved.push(message)
      messages.save(message, nodeId)
    },
  }
  const events: RunEvent[] = []
  let results: ReadonlyMap<string, NodeResult> = new Map()
  let error: unknown
  try {
    const run = runFlow(graph, { ...testRequest, ...request }, { ...memory, ...ports, messages: recording }, signal)
    for await (const happened of run) {
      for (const event of happened) {
        events.push(event)
        onEvent?.(event)
        if (event.type === 'run-end') results = event.results
      }
    }
  } catch (thrown) {
    error = thrown
  }
  return {
    events,
    started: events.flatMap((event) => (event.type === 'node-start' ? [event.nodeId] : [])),
    results,
    error,
    saved,
    value: (nodeId, output = 'out') => results.get(nodeId)?.outputs.get(output),
  }
}

/** What a toy does with its texts, joined. */
type Run = (text: string, context: RunContext, dynamic: Readonly<Record<string, unknown>>) => unknown

/** A component with a text, a list of texts and the output `out`. */
export const toy = (type: string, run: Run, rest: Partial<Component> = {}): Component => ({
  ...defineComponent({
    type,
    displayName: `The ${type}`,
    description: '',
    icon: '',
    category: 'toys',
    inputs: {
      text: field.text({ label: 'Text' }),
      texts: field.text({ label: 'Texts', list: true }),
      any: field.handle({ label: 'Any', accepts: ['Message', 'Data'] }),
      session_id: field.text({ label: 'Session' }),
    },
    outputs: {
      out: {
        type: 'Any',
        label: 'Out',
        method: 'build_out',
        run: ({ inputs, context, dynamic }) => run([inputs.text, ...inputs.texts].join(''), context, dynamic),
      },
    },
  }),
  ...rest,
})
/** Says its text again. */
export const echo = toy('Echo', (text) => message(text, { timestamp: 0 }))
/** The text of a message; any other value as it is. */
export const textOf = (value: unknown) => (isMessage(value) ? value.text : value)
