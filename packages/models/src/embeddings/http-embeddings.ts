import type { JsonObject } from '@runnel/protocol/json'
import { isObject } from '@runnel/protocol/json'
import type { EmbeddingPurpose, Embeddings } from '@runnel/sdk'
import { realClock, withAttempts } from '../attempts.ts'
import { type ChatSettings, checkSettings, limitsOf } from '../chat-model.ts'
import type { ProviderRequest } from '../exchange.ts'
import { Fault } from '../fault.ts'
import { createCall } from '../transport.ts'
import { batchesOf } from './batches.ts'
import { embeddedTokens } from './embedded-tokens.ts'

/** What every provider's embeddings are made of. */
export interface EmbeddingSettings
  extends Pick<
    ChatSettings,
    'apiKey' | 'modelId' | 'baseUrl' | 'headers' | 'modelKwargs' | 'maxRetries' | 'timeoutMs' | 'limits' | 'clock'
  > {
  /** Length of the vectors, where the model has several; 0 is the model's own. */
  readonly dimensions?: number | undefined
  /** Texts of one request; never more than the provider takes. */
  readonly batchSize?: number | undefined
}

export type Vectors = readonly (readonly number[])[]

/** How one provider is asked. */
export interface EmbeddingWire {
  readonly provider: string
  /** Texts the provider takes in one request. */
  readonly mostTexts: number
  /** Characters the provider takes in one request. */
  readonly mostCharacters?: number
  /** The request for some texts. Its time of day is `now`, for providers that want it signed. */
  request(texts: readonly string[], purpose: EmbeddingPurpose, now: number): ProviderRequest
  /** The vectors in an answer, in the order of the texts; undefined where there are none. */
  vectors(answer: JsonObject | readonly unknown[]): unknown
}

/** Requests of one call that are under way at once. */
const AT_ONCE = 4
const MOST_CHARACTERS = 600_000

/**
 * Embeddings of a provider that is asked over HTTP. Texts go out in batches, a few at a time, each tried again as chat
 * requests are.
 */
export function httpEmbeddings(settings: EmbeddingSettings, wire: EmbeddingWire): Embeddings {
  const { modelId, apiKey: secret, clock = realClock, modelKwargs } = settings
  const { provider } = wire
  const extraBody = modelKwargs && Object.keys(modelKwargs).length > 0 ? modelKwargs : undefined

  async function ask(texts: readonly string[], purpose: EmbeddingPurpose, signal: AbortSignal): Promise<Answer> {
    const limits = limitsOf(settings)
    const once = async () => {
      const call = createCall({ limits, signal, stream: false, extraBody })
      const { url, headers, body } = wire.request(texts, purpose, clock.now())
      const answer = await call.fetch(url, {
        headers: { 'content-type': 'application/json', ...headers, ...settings.headers },
        body,
      })
      return answerIn(await answer.text(), texts.length, wire)
    }
    return withAttempts(once, { provider, secret, limits, clock, signal })
  }

  const of = { provider, model: modelId }
  return {
    kind: 'embeddings',
    provider,
    model: modelId,
    async embed(texts, signal, { purpose = 'document', addUsage } = {}) {
      signal.throwIfAborted()
      checkSettings(provider, settings)
      const most = Math.max(1, Math.min(settings.batchSize || wire.mostTexts, wire.mostTexts))
      const batches = batchesOf(texts, { texts: most, characters: wire.mostCharacters ?? MOST_CHARACTERS })
      const answers: Vectors[] = []
      let next = 0
      const abort = new AbortController()
      const either = AbortSignal.any([signal, abort.signal])
      const work = async () => {
        for (let at = next++; at < batches.length; at = next++) {
          const { vectors, tokens } = await ask(batches[at] ?? [], purpose, either)
          answers[at] = vectors
          if (tokens > 0) addUsage?.({ input_tokens: tokens, output_tokens: 0, total_tokens: tokens }, of)
        }
      }
      try {
        await Promise.all(Array.from({ length: Math.min(AT_ONCE, batches.length) }, work))
      } finally {
        abort.abort() // one that fails takes the others along
      }
      return answers.flat()
    },
  }
}

interface Answer {
  readonly vectors: Vectors
  readonly tokens: number
}

function answerIn(json: string, wanted: number, wire: EmbeddingWire): Answer {
  const answer = parsed(json)
  const vectors = wire.vectors(answer)
  if (!Array.isArray(vectors) || !vectors.every(isVector)) {
    throw new Fault({ kind: 'broken', why: 'it holds no vectors', quote: json })
  }
  if (vectors.length !== wanted) {
    throw new Fault({ kind: 'broken', why: `it holds ${vectors.length} vectors for ${wanted} texts` })
  }
  return { vectors, tokens: embeddedTokens(answer) }
}

function parsed(json: string): JsonObject | readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    throw new Fault({ kind: 'broken', why: 'it is no JSON', quote: json })
  }
  if (isObject(value) || Array.isArray(value)) return value
  throw new Fault({ kind: 'broken', why: 'it is no object', quote: json })
}

const isVector = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length > 0 && value.every(Number.isFinite)
