import { z } from 'zod'

/** What every endpoint of knowledge bases is. */
export const knowledgeEndpoint = { tag: 'Knowledge bases', access: 'user' } as const

/** Where knowledge bases are; one of them is at `/:kb_name` below it. */
export const knowledgePath = '/api/v1/knowledge_bases'

/** What names one knowledge base in its address. */
export const knowledgeParams = z.object({ kb_name: z.string().max(255) })

/** The answers of an address that names a knowledge base that cannot be had. */
export const knowledgeErrors = { 400: 'The name is no simple name', 404: "Knowledge base 'manuals' not found" } as const
