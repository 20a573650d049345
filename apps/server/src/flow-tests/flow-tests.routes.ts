import {
  cancelFlowTestRun,
  createFlowTest,
  deleteFlowTest,
  listFlowTestRuns,
  listFlowTests,
  readFlowTestRun,
  readTestScores,
  replaceFlowTest,
  runFlowTests,
} from '@runnel/protocol/flow-tests'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** Tests of the caller's flows. */
export function flowTestsRoutes(app: FastifyInstance, { flowTests }: Pick<Services, 'flowTests'>): void {
  implement(app, listFlowTests, async ({ user, params }) => ({ tests: await flowTests.list(user.id, params.flow_id) }))
  implement(app, createFlowTest, ({ user, params, body }) => flowTests.add(user.id, params.flow_id, body))
  implement(app, replaceFlowTest, ({ user, params, body }) =>
    flowTests.replace(user.id, params.flow_id, params.test_id, body),
  )
  implement(app, deleteFlowTest, ({ user, params }) => flowTests.remove(user.id, params.flow_id, params.test_id))
  implement(app, runFlowTests, ({ user, params, body }) =>
    flowTests.begin(user.id, params.flow_id, {
      tests: body.tests,
      publishedVersion: body.published_version,
      savedVersionId: body.saved_version_id,
    }),
  )
  implement(app, listFlowTestRuns, async ({ user, params }) => ({
    runs: await flowTests.runs(user.id, params.flow_id),
  }))
  implement(app, readFlowTestRun, ({ user, params }) => flowTests.readRun(user.id, params.flow_id, params.test_run_id))
  implement(app, cancelFlowTestRun, ({ user, params }) => flowTests.cancel(user.id, params.flow_id, params.test_run_id))
  implement(app, readTestScores, async ({ user, query: { range, scope, flow_id, project_id } }) => ({
    runs: await flowTests.scores(user, { range, scope, flowId: flow_id, projectId: project_id }),
  }))
}
