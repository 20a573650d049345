import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { isLanguageModel, type LanguageModel, type RunContext } from '@runnel/sdk'
import { chosenModel, type ModelFields } from './model-choice.ts'

type Dynamic = Readonly<Record<string, unknown>>

interface AgentModelFields extends Pick<ModelFields, 'base_url_ibm_watsonx' | 'project_id'> {
  readonly model: unknown
  readonly api_key: string
  readonly max_tokens: number
}

/** Fields that only agents of files before 1.9 have. */
const OLD_FIELDS = ['agent_llm', 'agent_description', 'verbose']

/** Whether the node is of a file that knows no built-in calculator, no retries and no limit of model calls. */
export const isOldAgent = (dynamic: Dynamic): boolean => OLD_FIELDS.some((name) => dynamic[name] !== undefined)

/**
 * The model of an agent: of its `model` field, else, in files up to 1.6, of `agent_llm`, the name of a provider or an
 * edge, and the fields of that provider beside it.
 * @throws AppError `invalid_field` when none is chosen or it cannot be made.
 */
export async function agentModel(
  fields: AgentModelFields,
  dynamic: Dynamic,
  context: Pick<RunContext, 'variables'>,
): Promise<LanguageModel> {
  const { agent_llm } = dynamic
  const { model, api_key, max_tokens } = fields
  if (agent_llm === undefined || isChosen(model)) {
    const unset = 'No model selected. Please select a language model from the available options.'
    const { base_url_ibm_watsonx, project_id } = fields
    const ollama_base_url = text(dynamic.ollama_base_url)
    return chosenModel(
      { model, api_key, max_tokens, base_url_ibm_watsonx, project_id, ollama_base_url },
      context,
      unset,
    )
  }
  const given = Array.isArray(agent_llm) ? agent_llm[0] : agent_llm
  if (isLanguageModel(given)) return given
  const provider = text(given)
  if (!provider || provider === 'Custom' || provider === 'connect_other_models') {
    throw new AppError('invalid_field', ['No language model selected. Please choose a model to proceed.'])
  }
  const seconds = number(dynamic.timeout)
  return chosenModel(
    {
      provider,
      model_name: text(dynamic.azure_deployment) || text(dynamic.model_id) || text(dynamic.model_name),
      api_key: api_key || text(dynamic.aws_secret_access_key),
      base_url: firstText(dynamic, ['openai_api_base', 'base_url', 'azure_endpoint', 'endpoint_url']),
      options: {
        apiVersion: text(dynamic.api_version),
        accessKeyId: text(dynamic.aws_access_key_id),
        sessionToken: text(dynamic.aws_session_token),
        region: text(dynamic.region_name),
      },
      temperature: number(dynamic.temperature),
      max_tokens: max_tokens || number(dynamic.max_output_tokens),
      seed: provider === 'OpenAI' ? number(dynamic.seed) : undefined,
      max_retries: number(dynamic.max_retries),
      // The default of those files, which leaves the time to the limits of this server.
      timeout_ms: seconds === undefined || seconds === 700 ? undefined : seconds * 1000,
      model_kwargs: isObject(dynamic.model_kwargs) ? dynamic.model_kwargs : undefined,
    },
    context,
  )
}

const isChosen = (model: unknown): boolean =>
  Array.isArray(model) ? model.length > 0 : model !== undefined && model !== null && model !== ''

/** What the provider's own fields hold, under the names they had. */
const firstText = (dynamic: Dynamic, names: readonly string[]): string | undefined =>
  names.map((name) => text(dynamic[name])).find(Boolean)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined
}
