import { createKnowledgeBase, readKnowledgeBase } from '@runnel/protocol/knowledge-bases'
import type { TestApp } from '../test-app.ts'

/** The model that needs no provider. */
export const builtIn = { embedding_provider: 'Built-in', embedding_model: 'hashing-384' }

/** What tests do with the knowledge bases of a server. */
export function knowledgeOf(server: TestApp) {
  return {
    make: (name: string, more: object = {}) =>
      server.client.call(createKnowledgeBase, { body: { name, ...builtIn, ...more } }),

    /** Sends files as the parts `files`, and fields beside them. */
    async send(path: string, files: Readonly<Record<string, string>>, fields: Readonly<Record<string, string>> = {}) {
      const form = new FormData()
      for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name)
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      const encoded = new Response(form)
      const answer = await server.app.inject({
        method: 'POST',
        url: `/api/v1/knowledge_bases/${path}`,
        headers: { 'x-api-key': server.apiKey, 'content-type': encoded.headers.get('content-type') ?? '' },
        payload: Buffer.from(await encoded.arrayBuffer()),
      })
      return { status: answer.statusCode, body: answer.json() }
    },

    /** Waits until nothing is being added. */
    async added(kb_name: string) {
      await server.lifecycle.idle()
      return server.client.call(readKnowledgeBase, { params: { kb_name } })
    },
  }
}
