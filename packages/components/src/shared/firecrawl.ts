import { AppError } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import { type Data, field, type RunContext } from '@runnel/sdk'
import { askJson, postJson, textIn, USER_AGENT } from './ask-service.ts'
import { poll } from './poll.ts'

const BASE = 'https://api.firecrawl.dev/v1'
const EVERY_MS = 2000
/** A page may take that long. */
const TIMEOUT_MS = 120_000

export const firecrawlKey = field.secret({
  label: 'Firecrawl API Key',
  info: 'Your key for Firecrawl.',
  required: true,
})

/** An option of Firecrawl that edges bring, by the names of its API. */
export const firecrawlOptions = (label: string, info: string) => field.data({ label, info })

export const entriesOf = (options: Data | undefined): JsonObject => options?.data ?? {}

/** The answer to one request. @throws AppError `bad_request` when Firecrawl refuses. */
export async function askFirecrawl(
  path: string,
  { key, task }: { readonly key: string; readonly task: JsonObject },
  context: RunContext,
): Promise<JsonObject> {
  const request = { ...postJson(task, { Authorization: `Bearer ${key}` }), timeoutMs: TIMEOUT_MS }
  return succeeded(await askJson(`${BASE}/${path}`, request, context))
}

/** The answers to a task that takes its time, all pages of it. @throws AppError as `askFirecrawl` does. */
export async function awaitFirecrawl(
  path: string,
  { key, task }: { readonly key: string; readonly task: JsonObject },
  context: RunContext,
): Promise<readonly JsonObject[]> {
  const begun = await askFirecrawl(path, { key, task }, context)
  const headers = { ...USER_AGENT, Authorization: `Bearer ${key}` }
  const ask = async (address: string) => succeeded(await askJson(address, { headers }, context))
  const look = async () => {
    const answer = await ask(`${BASE}/${path}/${encodeURIComponent(textIn(begun.id))}`)
    return answer.status === 'completed' ? answer : undefined
  }
  const answers = [await poll(look, { everyMs: EVERY_MS, signal: context.signal })]
  for (let next = answers[0]?.next; isOwn(next); next = answers.at(-1)?.next) answers.push(await ask(next))
  return answers
}

/** The key goes nowhere else. */
const isOwn = (address: unknown): address is string =>
  typeof address === 'string' && address.startsWith('https://api.firecrawl.dev/')

function succeeded(answer: JsonObject): JsonObject {
  const { success, status, error } = answer
  if (success !== false && status !== 'failed' && status !== 'cancelled') return answer
  throw new AppError('bad_request', [
    `Firecrawl could not do it: ${textIn(error) || String(status ?? 'no reason given')}`,
  ])
}
