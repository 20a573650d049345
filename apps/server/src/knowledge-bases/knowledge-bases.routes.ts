import { AppError } from '@runnel/protocol/errors'
import {
  deleteKnowledgeBase,
  deleteKnowledgeBases,
  listKnowledgeBases,
  readKnowledgeBase,
} from '@runnel/protocol/knowledge-bases'
import type { FastifyInstance } from 'fastify'
import { checkFileName } from '../files/file-name.ts'
import { implement } from '../http/implement.ts'

/** No component makes a knowledge base, so there are none: a list is empty, and none is found by its name. */
export function knowledgeBasesRoutes(app: FastifyInstance): void {
  implement(app, listKnowledgeBases, () => [])
  implement(app, readKnowledgeBase, ({ params }) => refuse(params.kb_name))
  implement(app, deleteKnowledgeBase, ({ params }) => refuse(params.kb_name))
  implement(app, deleteKnowledgeBases, ({ body }) => {
    const names = body.kb_names.map(checkFileName).sort()
    throw new AppError('knowledge_bases_not_found', [names.join(', ')])
  })
}

function refuse(name: string): never {
  throw new AppError('knowledge_base_not_found', [checkFileName(name)])
}
