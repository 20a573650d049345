import type { FastifyReply } from 'fastify'

/** Langflow's empty answers of the monitor say that they are JSON all the same. */
export const sayNothing = (reply: FastifyReply): void => void reply.header('content-type', 'application/json')
