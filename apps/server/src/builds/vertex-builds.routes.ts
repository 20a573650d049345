import { buildVertex, sortVertices, streamVertex } from '@runnel/protocol/builds'
import { AppError } from '@runnel/protocol/errors'
import type { FastifyInstance } from 'fastify'
import { flowBody, implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** The endpoints old clients build a flow with, node by node. */
export function vertexBuildsRoutes(app: FastifyInstance, { vertexBuilds }: Pick<Services, 'vertexBuilds'>): void {
  implement(
    app,
    sortVertices,
    ({ params, query, body, user }) => {
      const range = { startId: query.start_component_id, stopId: query.stop_component_id }
      return vertexBuilds.sort(user.id, params.flow_id, range, body)
    },
    flowBody,
  )

  implement(app, buildVertex, ({ params, body, user, signal }) => {
    const { input_value, type, components, session } = body.inputs ?? {}
    const input = { value: input_value ?? null, type: type ?? null, components: components ?? [] }
    const asked = { input, sessionId: session ?? null, files: body.files ?? [] }
    return vertexBuilds.build(user.id, params.flow_id, params.vertex_id, asked, signal)
  })

  implement(app, streamVertex, () => {
    throw new AppError('endpoint_gone', [
      'Tokens of a build are among its events: use POST /api/v1/build/{flow_id}/flow.',
    ])
  })
}
