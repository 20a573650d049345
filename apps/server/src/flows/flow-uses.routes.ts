import { listFlowUses } from '@runnel/protocol/flow-uses'
import type { FastifyInstance } from 'fastify'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { namesUsed } from './flow-uses.ts'

/** A text that a stored graph can hold in one spelling alone: JSON may write the others in two ways. */
const IS_PLAIN = /^[\w .:/-]+$/

/** Which flows use a thing. */
export function flowUsesRoutes(app: FastifyInstance, { storage }: Pick<Services, 'storage'>): void {
  implement(app, listFlowUses, async ({ query: { kind, name: names }, user }) => {
    const wanted = new Set(names)
    const all = names.every((name) => IS_PLAIN.test(name))
      ? await storage.flows.withText(user.id, names)
      : await storage.flows.list(user.id)
    return all.flatMap(({ id, name, data }) => {
      const uses = [...namesUsed(JSON.parse(data ?? 'null'), kind)].filter((used) => wanted.has(used))
      return uses.length > 0 ? [{ id, name, uses }] : []
    })
  })
}
