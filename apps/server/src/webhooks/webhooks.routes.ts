import { startWebhook, type WebhookAnswer } from '@runnel/protocol/webhooks'
import type { RunQueue } from '@runnel/queue/run-queue'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { implementOpen } from '../http/implement.ts'
import { idempotencyKeyOf } from '../runs/idempotency.ts'
import type { createWebhookCallers } from './webhook-caller.ts'
import type { CalledFlow, WebhookService } from './webhook-service.ts'

export interface WebhooksRoutesOptions {
  readonly queue: Pick<RunQueue, 'checkRoom' | 'checkShare'>
  readonly webhooks: Pick<WebhookService, 'find' | 'accept'>
  readonly webhookCallers: ReturnType<typeof createWebhookCallers>
}

/** Takes webhooks in; their flows run when there is room. */
export function webhooksRoutes(app: FastifyInstance, { queue, webhooks, webhookCallers }: WebhooksRoutesOptions): void {
  const flows = new WeakMap<FastifyRequest, CalledFlow>()
  app.register(async (scope) => {
    // Before the body is read: room in the queue, who calls, and which flow is meant.
    scope.addHook('onRequest', async (request) => {
      const bytes = Number(request.headers['content-length'] ?? 0)
      queue.checkRoom(bytes)
      const callers = await webhookCallers.of(request)
      const flow = await webhooks.find(callers, String(Reflect.get(Object(request.params), 'flow_id_or_name')))
      queue.checkShare({ flowId: flow.id, userId: flow.userId, bytes })
      flows.set(request, flow)
    })

    implementOpen(scope, startWebhook, async ({ request }, reply): Promise<WebhookAnswer> => {
      const flow = flows.get(request)
      if (!flow) throw new Error('The hook of this scope did not run')
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const run = await webhooks.accept(flow, body, idempotencyKeyOf(request))
      if (run.isReplayed) reply.header('idempotent-replayed', 'true')
      return {
        message: 'Task started in the background',
        status: 'in progress',
        task_id: run.id,
        flow_id: flow.id,
      }
    })
  })
}
