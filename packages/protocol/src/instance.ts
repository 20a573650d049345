import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'

const common = { tag: 'Server', access: 'superuser' } as const

/** How a part of the server does; `problem` says what is wrong with it. */
const partOf = <Facts extends z.ZodRawShape>(facts: Facts) =>
  z.object({ status: z.enum(['ok', 'failing']), problem: z.string().nullable(), ...facts })

const InstanceHealth = z.object({
  database: partOf({ kind: z.string(), /** Of a write and a read. */ milliseconds: z.number() }),
  /** In the memory of this process. */
  cache: partOf({
    answers: z.number().int(),
    results: z.number().int(),
    memory_bytes: z.number().int(),
  }),
  queue: partOf({ /** Runs that wait or are worked on. */ runs: z.number().int(), limit: z.number().int() }),
  storage: partOf({ folder: z.string(), free_bytes: z.number(), total_bytes: z.number() }),
})
export type InstanceHealth = z.output<typeof InstanceHealth>

const EffectiveSetting = z.object({
  variable: z.string(),
  /** Null for a secret that is set. */
  value: z.string().nullable(),
  about: z.string(),
  is_default: z.boolean(),
})
export type EffectiveSetting = z.output<typeof EffectiveSetting>

export const readInstance = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/instance',
  summary: 'How the parts of the server do, and the settings it goes by, in Chinese for whom `Accept-Language` says so',
  response: z.object({
    started_at: z.string(),
    node: z.string(),
    platform: z.string(),
    health: InstanceHealth,
    settings: z.array(EffectiveSetting),
  }),
  examples: {
    response: {
      started_at: '2026-01-05T17:59:07.855000',
      node: 'v26.10.0',
      platform: 'linux x64',
      health: {
        database: { status: 'ok', problem: null, kind: 'sqlite', milliseconds: 1.2 },
        cache: { status: 'ok', problem: null, answers: 0, results: 3, memory_bytes: 182_000_000 },
        queue: { status: 'ok', problem: null, runs: 0, limit: 10_000 },
        storage: {
          status: 'ok',
          problem: null,
          folder: '/var/lib/runnel',
          free_bytes: 81_000_000_000,
          total_bytes: 100_000_000_000,
        },
      },
      settings: [
        {
          variable: 'LANGFLOW_AUTO_SAVING',
          value: 'true',
          about: 'The editor saves by itself.',
          is_default: true,
        },
      ],
    },
  },
})

const ComponentFailure = z.object({
  flow_id: z.string(),
  flow: z.string(),
  owner: z.string(),
  node_id: z.string(),
  component: z.string(),
  /** `code`: its TypeScript does not load. `missing`: no component of this server is meant by it. */
  kind: z.enum(['code', 'missing']),
  error: z.string(),
  /** Where in the code it happened; empty when nobody knows. */
  traceback: z.string(),
})
export type ComponentFailure = z.output<typeof ComponentFailure>

export const checkComponents = defineEndpoint({
  ...common,
  method: 'POST',
  path: '/api/v1/instance/component-check',
  summary: 'Load the components of all flows, and say which do not load',
  response: z.object({
    flows: z.number().int(),
    components: z.number().int(),
    failures: z.array(ComponentFailure),
    /** There are more failures than are told. */
    is_cut: z.boolean(),
  }),
  examples: {
    response: {
      flows: 12,
      components: 61,
      failures: [
        {
          flow_id: '4bf61b32-2e3c-4c69-8d4e-1c4dd7ea6e3e',
          flow: 'Support',
          owner: 'ada',
          node_id: 'CustomComponent-x1y2z',
          component: 'Shout',
          kind: 'code',
          error: 'Line 3: no luck',
          traceback: 'at <anonymous> (component:3:7)',
        },
      ],
      is_cut: false,
    },
  },
})

const UpdateRead = z.object({
  /** `off`: nobody is asked. `failed`: no answer that could be read. */
  status: z.enum(['off', 'current', 'available', 'failed']),
  version: z.string(),
  latest: z.string().nullable(),
  checked_at: z.string().nullable(),
})
export type UpdateRead = z.output<typeof UpdateRead>

const update = {
  response: UpdateRead,
  examples: {
    response: {
      status: 'available',
      version: '0.1.0',
      latest: '0.2.0',
      checked_at: '2026-01-05T17:59:07.855000',
    },
  },
} as const

export const readUpdate = defineEndpoint({
  ...update,
  method: 'GET',
  tag: 'Server',
  access: 'user',
  path: '/api/v1/update',
  summary: 'Whether there is a newer release, as it was known in the last day',
})

export const checkForUpdate = defineEndpoint({
  ...update,
  ...common,
  method: 'POST',
  path: '/api/v1/update',
  summary: 'Ask for the newest release now',
})
