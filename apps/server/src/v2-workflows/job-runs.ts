import type { RunRequest } from '@runnel/engine/run-scope'
import type { V2RunBody } from '@runnel/protocol/v2-workflows'
import type { RunJob, RunPayload } from '@runnel/storage/run-records'
import type { Secrets } from '../auth/secrets.ts'
import type { Config } from '../config.ts'
import type { LoadedFlow } from '../runs/flow-loader.ts'
import { type RunAsked, toRunRequest } from '../runs/run-service.ts'

/** What a run by the second API is asked. */
export type JobAsked = Pick<V2RunBody, 'input_value' | 'session_id' | 'tweaks' | 'globals'>

/** The same in our words. An empty text leaves the chat inputs what they hold. */
export const toRunAsked = ({ input_value, session_id, tweaks, globals }: JobAsked): RunAsked => ({
  inputValue: input_value || null,
  inputType: 'chat',
  outputType: 'any',
  tweaks,
  sessionId: session_id ?? null,
  stream: false,
  variables: new Map(Object.entries(globals).map(([name, value]) => [name.toUpperCase(), value])),
})

export type JobRuns = ReturnType<typeof createJobRuns>

/** Keeps what runs in the background begin with, sealed: it may hold keys. */
export function createJobRuns(secrets: Pick<Secrets, 'sealFor'>) {
  const seal = secrets.sealFor('run jobs')
  return {
    payload: ({ input_value, session_id, tweaks, globals }: JobAsked): RunPayload => ({
      body: seal.encrypt(JSON.stringify({ input_value, session_id, tweaks, globals })),
    }),

    /** What the engine is asked for a job that was begun with such a payload. */
    request(
      flow: LoadedFlow,
      { id, payload }: Pick<RunJob, 'id' | 'payload'>,
      config: Pick<Config, 'fallbackToEnvironment'>,
    ): RunRequest {
      const asked: JobAsked = JSON.parse(seal.decrypt(payload.body))
      return toRunRequest(flow, flow.ownerId, toRunAsked(asked), config, id)
    },
  }
}
