import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { JsonObject } from '@runnel/protocol/json'
import type { McpAnswer, McpTool } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { FlowHeader } from '@runnel/storage/records'
import { createAttemptLimiter } from '../auth/attempt-limiter.ts'
import { runFailureText } from '../runs/run-failure.ts'
import type { PreparedRun, RunService } from '../runs/run-service.ts'

/** As long as clients take. */
const MAX_NAME = 46

/** Whose flows are tools: all of a user's, or those of a project that are switched on. */
export interface ToolRoom {
  readonly userId: string
  readonly projectId: string | null
  /** Set where somebody else than the user calls: what the history of this caller is kept under. */
  readonly visitor: string | null
}

export interface FlowToolsOptions {
  readonly storage: Pick<Storage, 'flows'>
  readonly runs: RunService
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Calls of a visitor of one project, as of builds of a public flow. */
const VISITORS_CALLS = { limit: 20, windowMs: 60_000 }

export type FlowTools = ReturnType<typeof createFlowTools>

/** Flows as tools of an MCP server. */
export function createFlowTools({ storage, runs, now }: FlowToolsOptions) {
  const limiter = createAttemptLimiter(VISITORS_CALLS, now)

  function countCall({ visitor, projectId }: ToolRoom): void {
    if (visitor === null) return
    const key = `${visitor} ${projectId}`
    const retryAfterSeconds = limiter.waitSeconds(key)
    if (retryAfterSeconds !== undefined) throw new AppError('public_build_rate_limited', [], { retryAfterSeconds })
    limiter.record(key)
  }

  /** The flows by the names of their tools; a second of a name is numbered. */
  async function named({ userId, projectId }: ToolRoom): Promise<ReadonlyMap<string, FlowHeader>> {
    const query = projectId === null ? { isComponent: false } : { isComponent: false, projectId }
    const flows = await storage.flows.headers(userId, query)
    const names = new Map<string, FlowHeader>()
    for (const flow of flows) {
      if (projectId !== null && !flow.mcpEnabled) continue
      const wanted = toolName(flow)
      let name = wanted
      for (let number = 1; names.has(name); number++) name = `${wanted.slice(0, MAX_NAME - 4)}_${number}`
      names.set(name, flow)
    }
    return names
  }

  return {
    /** The flows that are tools here. */
    flows: async (room: ToolRoom): Promise<readonly FlowHeader[]> => [...(await named(room)).values()],

    async list(room: ToolRoom): Promise<readonly McpTool[]> {
      return Array.from(await named(room), ([name, flow]) => ({
        name,
        description: flow.actionDescription || flow.description || `Tool generated from flow: ${flow.name}`,
        inputSchema,
      }))
    },

    /**
     * Runs the flow of that name. A run that fails is an answer; undefined when there is no such tool. `onStep` hears
     * of each node that is done.
     */
    async call(
      room: ToolRoom,
      { name, input }: { readonly name: string; readonly input: JsonObject },
      signal: AbortSignal,
      onStep: (done: number) => void,
    ): Promise<McpAnswer | undefined> {
      const flow = (await named(room)).get(name)
      if (!flow) return undefined
      countCall(room)
      try {
        const run = await runs.prepare(room.userId, flow.id, {
          inputValue: textOf(input.input_value),
          inputType: 'any',
          outputType: 'any',
          tweaks: {},
          // Calls that name no session have nothing to do with one another.
          sessionId: textOf(input.session_id) || newId(),
          stream: false,
          kind: 'mcp',
          visitor: room.visitor,
        })
        let done = 0
        for await (const events of run.events(signal)) {
          for (const event of events) if (event.type === 'node-end') onStep(++done)
        }
        return { content: textsOf(run).map((text) => ({ type: 'text', text })), isError: false }
      } catch (error) {
        if (!(error instanceof AppError) || signal.aborted) throw error
        return { content: [{ type: 'text', text: runFailureText(error) }], isError: true }
      }
    },
  }
}

const inputSchema = {
  type: 'object',
  properties: {
    input_value: { type: 'string', title: 'Input Value', description: 'What the flow is asked.', default: '' },
    session_id: {
      type: 'string',
      title: 'Session ID',
      description: 'Calls with the same session are one conversation. Leave it out to begin a new one.',
      default: '',
    },
  },
} as const

/** In the letters models take. A name of none of them, as in Chinese, tells nothing so: the flow's id stands in. */
function toolName({ id, actionName, name }: FlowHeader): string {
  const snake = (actionName || name)
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .slice(0, MAX_NAME)
  return /[a-z0-9]/.test(snake) ? snake : `flow_${id.slice(-8)}`
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)

/** What the outputs say, each text once. */
function textsOf(run: PreparedRun): readonly string[] {
  const said = run.results().flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ message, type }) => {
      if (type === 'unknown') return []
      return [typeof message === 'string' ? message : JSON.stringify(message)]
    }),
  )
  return [...new Set(said)]
}
