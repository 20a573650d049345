import { createAlert, deleteAlert, listAlerts, replaceAlert, testAlert } from '@runnel/protocol/alerts'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import { sayNothing } from '../monitor/say-nothing.ts'
import type { Services } from '../services.ts'

/** What the caller wants to be told of. */
export function alertsRoutes(app: FastifyInstance, { alerts, mailer }: Pick<Services, 'alerts' | 'mailer'>): void {
  implement(app, listAlerts, async ({ user }) => ({
    ...(await alerts.list(user.id)),
    can_email: mailer !== undefined,
  }))
  implement(app, createAlert, ({ user, body }) => alerts.add(user.id, body))
  implement(app, replaceAlert, ({ user, params, body }) => alerts.replace(user.id, params.alert_id, body))
  implement(app, deleteAlert, async ({ user, params }, reply) => {
    await alerts.remove(user.id, params.alert_id)
    sayNothing(reply)
  })
  implement(app, testAlert, async ({ user, params, signal }) => ({
    deliveries: await alerts.test(user.id, params.alert_id, signal),
  }))
}
