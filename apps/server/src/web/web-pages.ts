import { parseUuid } from '@runnel/protocol/identifiers'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FlowSharing } from '../flows/flow-sharing.ts'
import { pathOf } from '../http/error-handler.ts'
import { addPageHeaders } from '../http/security-headers.ts'
import type { WebFiles } from './web-files.ts'

/** Addresses of the API, which never answers HTML. */
const API = /^\/(api|v1|v2|docs|redoc|openapi\.json|health|health_check|logs|logs-stream|metrics)\//

const PAGE = '/index.html'
/** Shared chats have a page of their own: their visitors load nothing but the chat. */
const CHAT_PAGE = '/chat.html'
const CHAT = /^\/(playground|embed)\/[^/]+$/
/** The chat that other sites show inside of their pages. */
const EMBEDDED = /^\/embed\/([^/]+)$/

/**
 * Answers what no endpoint answers: a file of the browser app, or its page for an address a person opened.
 * Says whether it is one of these.
 */
export function createWebPages(files: WebFiles, sharing: Pick<FlowSharing, 'read'>) {
  /** The sites that may show this page inside of theirs: none but of an embedded chat, those its owner named, or all. */
  async function framedBy(path: string): Promise<readonly string[]> {
    const [, shown] = EMBEDDED.exec(path) ?? []
    if (shown === undefined) return []
    const flow = parseUuid(decoded(shown))
    const { embedded_in: sites } = 'id' in flow ? await sharing.read(flow.id) : { embedded_in: [] }
    return sites.length > 0 ? sites : ['*']
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const path = pathOf(request.url)
    if (API.test(`${path}/`) && path !== '/api') return false
    // The front door is a page for everybody: health checks and curl ask for no type.
    const isPage = path === '/' || (!files.has(path) && (request.headers.accept ?? '').includes('text/html'))
    const asked = !isPage ? path : CHAT.test(path) && files.has(CHAT_PAGE) ? CHAT_PAGE : PAGE
    const file = await files.read(asked, String(request.headers['accept-encoding'] ?? ''))
    if (!file) return false
    const { content, type, encoding, isImmutable } = file
    if (type.startsWith('text/html')) {
      addPageHeaders(reply, { framedBy: await framedBy(path), scripts: await files.scriptsOf(asked) })
    }
    reply.header('content-type', type).header('vary', 'Accept-Encoding')
    reply.header('cache-control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (encoding) reply.header('content-encoding', encoding)
    void reply.code(200).send(content)
    return true
  }
}

/** A part of an address as the page reads it; as it is where it cannot be read. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
