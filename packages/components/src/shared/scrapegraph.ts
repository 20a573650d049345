import { AppError } from '@runnel/protocol/errors'
import { type Data, data, field, type RunContext } from '@runnel/sdk'
import { askJson, postJson, USER_AGENT } from './ask-service.ts'
import { poll } from './poll.ts'

const BASE = 'https://api.scrapegraphai.com/v1'
const EVERY_MS = 2000
/** A page takes its time before the answer begins. */
const TIMEOUT_MS = 120_000

export const scrapeGraphKey = field.secret({
  label: 'ScrapeGraph API Key',
  info: 'Your key for ScrapeGraph.',
  required: true,
  variable: 'SCRAPEGRAPH_API_KEY',
})

/** What a service of ScrapeGraph gives for a task, once it is done. @throws AppError `bad_request` when it fails. */
export async function askScrapeGraph(
  service: 'searchscraper' | 'smartscraper' | 'markdownify',
  { key, task }: { readonly key: string; readonly task: Readonly<Record<string, string>> },
  context: RunContext,
): Promise<Data> {
  const headers = { 'SGAI-APIKEY': key }
  let answer = await askJson(`${BASE}/${service}`, { ...postJson(task, headers), timeoutMs: TIMEOUT_MS }, context)
  const { request_id } = answer
  if (isPending(answer.status) && typeof request_id === 'string') {
    const address = `${BASE}/${service}/${encodeURIComponent(request_id)}`
    const ask = async () => {
      const next = await askJson(address, { headers: { ...USER_AGENT, ...headers } }, context)
      return isPending(next.status) ? undefined : next
    }
    answer = await poll(ask, { everyMs: EVERY_MS, signal: context.signal })
  }
  if (answer.status === 'failed') {
    throw new AppError('bad_request', [`ScrapeGraph could not do it: ${String(answer.error || 'it does not say why')}`])
  }
  context.setStatus(answer.result)
  return data(answer)
}

const isPending = (status: unknown): boolean => status === 'queued' || status === 'processing'
