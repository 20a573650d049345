import type { FastifyReply } from 'fastify'

const asIs = (text: unknown): string => String(text)

/**
 * Sends JSON text. The serializer keeps Fastify from adding a charset, which JSON does not have; as a string, head and
 * body leave in one write.
 */
export const sendJson = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('content-type', 'application/json').serializer(asIs).send(text)
