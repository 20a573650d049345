import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { Uuid } from './identifiers.ts'

const gone = 'The /process endpoint is deprecated and will be removed in a future version. Please use /run instead.'

/** Answers 400 and names its successor, whatever is sent. */
export const processFlow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/process/:flow_id',
  tag: 'Deprecated',
  summary: 'Deprecated: use /api/v1/run',
  access: 'key',
  params: z.object({ flow_id: z.string() }),
  response: z.never(),
  errors: { 400: gone },
})

/** The older spelling of `processFlow`. */
export const predictFlow = defineEndpoint({ ...processFlow, path: '/api/v1/predict/:flow_id' })

export const TaskStatus = z.object({
  status: z.enum(['PENDING', 'SUCCESS', 'FAILURE', 'REVOKED']),
  /** As a run answers it, or `{error}`; null while it runs and after it was cancelled. */
  result: z.looseObject({}).nullable(),
})
export type TaskStatus = z.output<typeof TaskStatus>

export const stopTask = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/task/:task_id',
  tag: 'Run',
  summary: 'Stop a background run, by the id of its task; one that has ended stays as it is',
  role: 'runner',
  access: 'user',
  keyScope: 'run',
  params: z.object({ task_id: Uuid }),
  response: TaskStatus,
  examples: { response: { status: 'REVOKED', result: null } },
  errors: { 404: 'Task not found', 409: 'The run is none in the background' },
})

export const readTask = defineEndpoint({
  method: 'GET',
  path: '/api/v1/task/:task_id',
  tag: 'Run',
  summary: 'The state and result of a run, by the id of its task, job or run',
  role: 'runner',
  access: 'user',
  keyScope: 'run',
  params: z.object({ task_id: Uuid }),
  response: TaskStatus,
  examples: { response: { status: 'FAILURE', result: { error: 'Invalid API key' } } },
  errors: { 404: 'Task not found' },
})
