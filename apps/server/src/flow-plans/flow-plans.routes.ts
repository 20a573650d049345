import { planFlow } from '@runnel/protocol/flow-plans'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** Flows that models draw from descriptions. */
export function flowPlansRoutes(app: FastifyInstance, { flowPlans }: Pick<Services, 'flowPlans'>): void {
  implement(app, planFlow, async ({ body, user, signal }) => {
    const { name, description, data, leftOut, model } = await flowPlans.plan(user.id, body.description, signal)
    return { name, description, data, left_out: leftOut, model }
  })
}
