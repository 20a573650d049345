import { AppError } from '@runnel/protocol/errors'
import {
  deleteBuilds,
  deleteRuns,
  listBuilds,
  listFlowRuns,
  listRuns,
  listTransactions,
  readRun,
  readRunGraph,
  readRunTrace,
} from '@runnel/protocol/monitor'
import { toPage } from '@runnel/protocol/query'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { toRunQuery } from './run-query.ts'
import { toRunRead } from './run-wire.ts'
import { sayNothing } from './say-nothing.ts'
import { toBuild, toRunStep, toTransaction } from './step-wire.ts'
import { toTrace } from './trace-wire.ts'

/** Nodes whose builds one answer holds. */
const MOST_NODES = 1000

/** What runs left behind. */
export function monitorRoutes(
  app: FastifyInstance,
  { storage: { runs, runGraphs }, config }: Pick<Services, 'storage' | 'config'>,
): void {
  implement(app, listBuilds, async ({ query, user }) => {
    const steps = await runs.latestSteps(user.id, query.flow_id, 1)
    const builds = steps.slice(-MOST_NODES).map((step) => [step.nodeId, [toBuild(step)]] as const)
    return { vertex_builds: Object.fromEntries(builds) }
  })

  implement(app, deleteBuilds, async ({ query, user }, reply) => {
    await runs.removeSteps(user.id, query.flow_id)
    sayNothing(reply)
  })

  implement(app, listTransactions, async ({ query, user }) => {
    const { flow_id, page, size } = query
    const { steps, total } = await runs.stepsPage(user.id, flow_id, { page, size })
    return toPage(steps.map(toTransaction), { total, page, size })
  })

  implement(app, listRuns, async ({ query, user }) => {
    const { limit } = query
    const found = await runs.list({ ...toRunQuery(query), userId: user.id, limit: limit + 1 })
    const shown = found.slice(0, limit)
    return {
      runs: shown.map(toRunRead),
      next: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
      kept: { days: config.runHistoryDays, runs: config.maxRunsToKeep },
    }
  })

  implement(app, listFlowRuns, async ({ user }) => {
    const counted = await runs.byFlow(user.id)
    return { flows: counted.map(({ runs, last }) => ({ flow_id: last.flowId, runs, last: toRunRead(last) })) }
  })

  implement(app, deleteRuns, async ({ body, user }) => {
    let deleted = 0
    for (const id of new Set(body)) if (await runs.remove(user.id, id)) deleted++
    return { deleted }
  })

  implement(app, readRunGraph, async ({ params, user }) => {
    const run = await runs.get(user.id, params.run_id)
    if (!run) throw new AppError('run_not_found')
    const data = run.graphId === null ? undefined : await runGraphs.find(run.flowId, run.graphId)
    if (data === undefined) throw new AppError('run_graph_not_kept')
    return { data: JSON.parse(data) }
  })

  implement(app, readRunTrace, async ({ params, user }) => {
    const run = await runs.get(user.id, params.run_id)
    if (!run) throw new AppError('run_not_found')
    return { spans: toTrace(run, await runs.steps(user.id, run.id, { withSpans: true })) }
  })

  implement(app, readRun, async ({ params, user }) => {
    const run = await runs.get(user.id, params.run_id)
    if (!run) throw new AppError('run_not_found')
    return { ...toRunRead(run), steps: (await runs.steps(user.id, run.id)).map(toRunStep) }
  })
}
