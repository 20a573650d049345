import type { Registry } from '@runnel/engine/registry'
import { AppError } from '@runnel/protocol/errors'
import type { ModelOption, ModelType } from '@runnel/protocol/models'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import { createAttemptLimiter } from '../auth/attempt-limiter.ts'
import type { ModelService } from '../models/model-service.ts'
import type { PlannedFlow } from './plan-flow.ts'

export interface FlowPlanOptions {
  readonly models: Pick<ModelService, 'ask' | 'options' | 'defaultModel'>
  readonly registry: () => Promise<Registry>
  readonly vectorStore: Pick<VectorStore, 'exists' | 'list'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** How often one user may have a flow planned. */
const PLANS = { limit: 20, windowMs: 10 * 60_000 }
/** For both answers of the model together; small ones on one's own machine are slow. */
const TIMEOUT_MS = 240_000
/** Characters of one answer; plans have a few thousand. */
const LONGEST_ANSWER = 200_000

export type PlannedWith = PlannedFlow & { readonly model: Pick<ModelOption, 'provider' | 'name'> }

export type FlowPlanService = ReturnType<typeof createFlowPlanService>

/** Has models plan flows from descriptions. Nothing is stored, and nothing of a plan runs. */
export function createFlowPlanService({ models, registry, vectorStore, now }: FlowPlanOptions) {
  const limiter = createAttemptLimiter(PLANS, now)

  /** The user's default model while its provider is set up, else the first there is. */
  async function modelOf(userId: string, type: ModelType): Promise<ModelOption | undefined> {
    const [usual, options] = await Promise.all([models.defaultModel(userId, type), models.options(userId, type)])
    const own = options.filter(({ provider }) => provider === usual?.provider)
    const [alike] = own
    // A model that was typed by its name is in no list.
    const typed = usual && alike && { ...alike, name: usual.model_name, metadata: {} }
    return own.find(({ name }) => name === usual?.model_name) ?? typed ?? options[0]
  }

  async function knowledgeOf(userId: string): Promise<readonly string[]> {
    const found = vectorStore.exists() ? await vectorStore.list(userId, 'knowledge') : []
    return found.map(({ name }) => name)
  }

  return {
    /**
     * @throws AppError `no_language_model`, `rate_limited`, `flow_plan_unusable`, `model_timeout`, and what the model's
     * provider refuses
     */
    async plan(userId: string, description: string, signal: AbortSignal): Promise<PlannedWith> {
      const [language, embeddings] = await Promise.all([modelOf(userId, 'language'), modelOf(userId, 'embeddings')])
      if (!language) throw new AppError('no_language_model')
      const retryAfterSeconds = limiter.waitSeconds(userId)
      if (retryAfterSeconds !== undefined) {
        throw new AppError('rate_limited', ['for plans of flows'], { retryAfterSeconds })
      }
      limiter.record(userId)
      const { planFlow } = await import('./plan-flow.ts')
      const { provider, name } = language
      const timeout = AbortSignal.timeout(TIMEOUT_MS)
      const asked = { provider, name, stream: true, longest: LONGEST_ANSWER }
      const either = AbortSignal.any([signal, timeout])
      try {
        const planned = await planFlow(description, {
          registry: await registry(),
          models: { language, ...(embeddings && { embeddings }) },
          choices: { knowledge_base: await knowledgeOf(userId) },
          ask: (messages) => models.ask(userId, { ...asked, messages }, either),
          model: name,
        })
        return { ...planned, model: { provider, name } }
      } catch (error) {
        if (!timeout.aborted || signal.aborted) throw error
        throw new AppError('model_timeout', [`${name} did not finish the plan within ${TIMEOUT_MS / 60_000} minutes.`])
      }
    },
  }
}
