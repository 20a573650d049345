import { AppError } from '@runnel/protocol/errors'
import { listExampleFlows, listStarterProjects, readPublicFlow, watchPublicFlow } from '@runnel/protocol/example-flows'
import type { FastifyInstance } from 'fastify'
import { implement, implementOpen } from '../http/implement.ts'
import { once } from '../http/once.ts'
import { RawJson } from '../http/raw-json.ts'
import { readerLanguage } from '../http/reader-language.ts'
import { sendRecords } from '../runs/event-stream.ts'
import type { Services } from '../services.ts'
import { flowListJson } from './flow-wire.ts'
import { createPublicWatch } from './public-watch.ts'
import { visitorsFlow } from './visitors-flow.ts'

/** Flows that are nobody's own: the starters, and those their owners have made public. */
export function exampleFlowsRoutes(
  app: FastifyInstance,
  services: Pick<Services, 'storage' | 'sharing' | 'loadStarters' | 'lifecycle' | 'log'>,
): void {
  const { storage, sharing, loadStarters } = services
  const watch = createPublicWatch(services)
  const starters = once(() => loadStarters())
  const examplesIn = (language: string) => once(async () => new RawJson(flowListJson(await loadStarters(language))))
  const examples = { en: examplesIn('en'), zh: examplesIn('zh-CN') }
  const projects = once(async () =>
    (await starters()).map(({ name, description, data, isComponent }) => ({
      name,
      description,
      data: data === null ? null : JSON.parse(data),
      is_component: isComponent,
      endpoint_name: null,
    })),
  )
  implementOpen(app, listExampleFlows, ({ request }, reply) => {
    const vary = reply.getHeader('vary')
    reply.header('vary', vary === undefined ? 'Accept-Language' : `${vary}, Accept-Language`)
    return examples[readerLanguage(request)]()
  })
  implement(app, listStarterProjects, projects)

  implementOpen(app, readPublicFlow, async ({ params }) => {
    const flow = await storage.flows.findAny(params.flow_id)
    if (flow?.id !== params.flow_id || flow.accessType !== 'PUBLIC') throw new AppError('flow_not_public')
    return new RawJson(visitorsFlow(flow, await sharing.read(flow.id)))
  })

  implementOpen(app, watchPublicFlow, ({ params, signal }, reply) =>
    sendRecords(reply, 'text/event-stream; charset=utf-8', watch.follow(params.flow_id, signal)),
  )
}
