import { AppError } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'
import { type PageOptions, readPage, type WebPage } from './web-pages.ts'

export interface CrawlOptions extends PageOptions {
  /** 1: the given pages alone. */
  readonly depth: number
  /** Only pages below the address that was given. */
  readonly stayInside: boolean
  /** A page that cannot be read is left out. */
  readonly skipFailures: boolean
}

const LIMITS = { pages: 200, bytes: 100 * 1024 * 1024, atOnce: 5 } as const

interface Visit {
  readonly url: string
  readonly root: string
}

/**
 * Reads pages and those they link to, level by level, each page once, in order.
 * @throws AppError of the first page that fails, when failures are not skipped or nothing at all could be read.
 */
export async function crawl(
  urls: readonly string[],
  options: CrawlOptions,
  context: RunContext,
): Promise<readonly WebPage[]> {
  const seen = new Set<string>(urls)
  const pages: WebPage[] = []
  let bytes = 0
  let refusal: unknown
  let level: readonly Visit[] = urls.map((url) => ({ url, root: url }))
  for (let depth = 1; depth <= options.depth && level.length > 0; depth++) {
    const next: Visit[] = []
    for (let at = 0; at < level.length && pages.length < LIMITS.pages && bytes < LIMITS.bytes; at += LIMITS.atOnce) {
      const batch = level.slice(at, at + LIMITS.atOnce)
      const results = await Promise.allSettled(batch.map(({ url }) => readPage(url, options, context)))
      context.signal.throwIfAborted()
      for (const [index, result] of results.entries()) {
        const visit = batch[index]
        if (!visit) continue
        if (result.status === 'rejected') {
          if (!options.skipFailures) throw result.reason
          if (isRefusal(result.reason)) refusal ??= result.reason
          context.log('Page', `${visit.url} was left out: ${String(result.reason)}`)
          continue
        }
        pages.push(result.value)
        bytes += result.value.bytes
        for (const url of result.value.links) {
          if (seen.has(url) || (options.stayInside && !isBelow(url, visit.root))) continue
          seen.add(url)
          next.push({ url, root: visit.root })
        }
      }
    }
    level = next
  }
  // What the operator forbids is told, not passed over.
  if (pages.length === 0 && refusal) throw refusal
  return pages
}

const isRefusal = (error: unknown): boolean => error instanceof AppError && error.code === 'address_refused'

function isBelow(url: string, root: string): boolean {
  const [inner, outer] = [new URL(url), new URL(root)]
  return inner.origin === outer.origin && inner.pathname.startsWith(outer.pathname)
}
