import type { Publication } from '@runnel/protocol/publications'
import { exampleInput } from '../publications/calling-code.ts'
import { type Call, jobsUrl, type Mode, openAiBody, openAiUrl, runUrl, webhookUrl } from './call.ts'
import { jobBody, runPayload } from './run-payload.ts'

/** A call that can be sent from the page. */
export interface TryRequest {
  readonly url: string
  readonly body: unknown
  /** No session stands in for a key. */
  readonly needsKey: boolean
}

/** What a way to call sends; undefined where files would have to be chosen first. */
export function requestOf(call: Call, mode: Mode): TryRequest | undefined {
  const body = { ...runPayload(call.inputs), session_id: 'try-it' }
  switch (mode) {
    case 'run':
      return { url: `${runUrl(call)}?stream=false`, body, needsKey: false }
    case 'stream':
      return { url: `${runUrl(call)}?stream=true`, body, needsKey: false }
    case 'webhook':
      return { url: webhookUrl(call), body: { any: 'data' }, needsKey: call.webhookNeedsKey }
    case 'background':
      return { url: jobsUrl(call), body: jobBody(call), needsKey: false }
    case 'openai':
      return { url: openAiUrl(call), body: openAiBody(call), needsKey: false }
    case 'upload':
      return undefined
    default:
      return mode satisfies never
  }
}

/** What a published version is sent; the newest unless one is named. */
export const publishedRequest = (
  { endpoint, inputs }: Pick<Publication, 'endpoint' | 'inputs'>,
  { origin, text, version }: { readonly origin: string; readonly text: string; readonly version: number | undefined },
): TryRequest => ({
  url: origin + endpoint,
  body: { input: exampleInput(inputs, text), ...(version !== undefined && { version }) },
  needsKey: true,
})
