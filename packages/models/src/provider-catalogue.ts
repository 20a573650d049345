import type { LanguageModel } from '@runnel/sdk'
import { anthropicChat } from './anthropic.ts'
import { azureFoundryChat, azureOpenAiChat } from './azure.ts'
import { bedrockChat } from './bedrock.ts'
import type { ChatSettings } from './chat-model.ts'
import { googleChat } from './google.ts'
import type { ModelListing } from './list-models.ts'
import {
  anthropicModels,
  bedrockModels,
  compatibleModels,
  googleModels,
  openAiModels,
  watsonxModels,
} from './model-names.ts'
import { OLLAMA_ADDRESS, ollamaChat } from './ollama.ts'
import { openAiChat } from './openai.ts'
import { openAiCompatibleChat } from './openai-compatible.ts'
import { vertexChat } from './vertex.ts'
import { watsonxChat } from './watsonx.ts'

/** A provider of chat models: what must be known of it to make one from a name. */
export interface ChatProvider {
  /** The name users choose and files hold, `Google Generative AI`. */
  readonly title: string
  /** The variable that holds its key; null when it takes none. */
  readonly keyVariable: string | null
  readonly keyOptional: boolean
  /** Variables that may hold its address, the first one set wins. */
  readonly baseUrlVariables: readonly string[]
  /** The address is needed and nothing but a field or a variable can give it. */
  readonly baseUrlRequired: boolean
  /** Request headers filled from variables. */
  readonly headerVariables: Readonly<Record<string, string>>
  /** `options` of its settings filled from variables. */
  readonly optionVariables: Readonly<Record<string, string>>
  /** Known model names; the first is the default. Others work too. */
  readonly models: readonly string[]
  readonly create: (settings: ChatSettings) => LanguageModel
  /** How it tells which models it has, and where when no other address is given; null when it does not. */
  readonly listing: { readonly speaks: ModelListing; readonly addressOf: (given: string | undefined) => string } | null
}

interface CompatibleRecord {
  /** The address unless a field or variable gives another; without it one of those must. */
  readonly at?: string
  readonly key?: string
  readonly keyOptional?: true
  readonly urls?: readonly string[]
  /** The address as users know it lacks this end. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly includeUsage?: false
}

/** Everything that speaks OpenAI's chat completions: a new provider is one line. */
const COMPATIBLE: Readonly<Record<string, CompatibleRecord>> = {
  'OpenAI Compatible': { key: 'OPENAI_COMPATIBLE_API_KEY', keyOptional: true, urls: ['OPENAI_COMPATIBLE_BASE_URL'] },
  vLLM: { key: 'VLLM_API_KEY', keyOptional: true, urls: ['VLLM_API_BASE'] },
  'LM Studio': { at: 'http://localhost:1234/v1', key: 'LMSTUDIO_API_KEY', keyOptional: true },
  OpenRouter: {
    at: 'https://openrouter.ai/api/v1',
    key: 'OPENROUTER_API_KEY',
    headers: { 'HTTP-Referer': 'OPENROUTER_SITE_URL', 'X-Title': 'OPENROUTER_APP_NAME' },
  },
  Groq: { at: 'https://api.groq.com', path: '/openai/v1', key: 'GROQ_API_KEY' },
  DeepSeek: { at: 'https://api.deepseek.com', key: 'DEEPSEEK_API_KEY' },
  xAI: { at: 'https://api.x.ai/v1', key: 'XAI_API_KEY' },
  Mistral: { at: 'https://api.mistral.ai/v1', key: 'MISTRAL_API_KEY', includeUsage: false },
  Perplexity: { at: 'https://api.perplexity.ai', key: 'PERPLEXITY_API_KEY', includeUsage: false },
  NVIDIA: { at: 'https://integrate.api.nvidia.com/v1', key: 'NVIDIA_API_KEY' },
  SambaNova: { at: 'https://api.sambanova.ai/v1', key: 'SAMBANOVA_API_KEY' },
  Novita: { at: 'https://api.novita.ai/v3/openai', key: 'NOVITA_API_KEY' },
  Cohere: { at: 'https://api.cohere.ai/compatibility/v1', key: 'COHERE_API_KEY' },
  HuggingFace: { at: 'https://router.huggingface.co/v1', key: 'HUGGINGFACEHUB_API_TOKEN' },
  AIML: { at: 'https://api.aimlapi.com/v1', key: 'AIML_API_KEY' },
  Maritalk: { at: 'https://chat.maritaca.ai/api', key: 'MARITALK_API_KEY', includeUsage: false },
  CometAPI: { at: 'https://api.cometapi.com/v1', key: 'COMETAPI_KEY' },
}

type Given = Pick<ChatProvider, 'title' | 'keyVariable' | 'create'> & Partial<ChatProvider>

/** A provider that needs a key and has an address of its own, unless it says otherwise. */
const provider = (given: Given): ChatProvider => ({
  keyOptional: false,
  baseUrlVariables: [],
  baseUrlRequired: false,
  headerVariables: {},
  optionVariables: {},
  models: [],
  listing: null,
  ...given,
})

/** OpenAI itself, or whatever its address is set to. */
export const openAiProvider: ChatProvider = provider({
  title: 'OpenAI',
  keyVariable: 'OPENAI_API_KEY',
  baseUrlVariables: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
  models: openAiModels,
  create: openAiChat,
  listing: { speaks: 'openai', addressOf: (given) => given || 'https://api.openai.com/v1' },
})

/** All providers, in the order in which a bare model name is looked up. */
export const chatProviders: readonly ChatProvider[] = [
  openAiProvider,
  provider({
    title: 'Anthropic',
    keyVariable: 'ANTHROPIC_API_KEY',
    models: anthropicModels,
    create: anthropicChat,
    listing: { speaks: 'anthropic', addressOf: (given) => given || 'https://api.anthropic.com/v1' },
  }),
  provider({
    title: 'Google Generative AI',
    keyVariable: 'GOOGLE_API_KEY',
    models: googleModels,
    create: googleChat,
    listing: {
      speaks: 'google',
      addressOf: (given) => given || 'https://generativelanguage.googleapis.com/v1beta',
    },
  }),
  ...Object.entries(COMPATIBLE).map(([title, record]) => compatible(title, record)),
  provider({
    title: 'Ollama',
    keyVariable: null,
    keyOptional: true,
    baseUrlVariables: ['OLLAMA_BASE_URL'],
    create: ollamaChat,
    listing: { speaks: 'ollama', addressOf: (given) => given || OLLAMA_ADDRESS },
  }),
  provider({
    title: 'IBM WatsonX',
    keyVariable: 'WATSONX_APIKEY',
    baseUrlVariables: ['WATSONX_URL'],
    optionVariables: { projectId: 'WATSONX_PROJECT_ID' },
    models: watsonxModels,
    create: watsonxChat,
  }),
  provider({
    title: 'Azure OpenAI',
    keyVariable: 'AZURE_OPENAI_API_KEY',
    baseUrlVariables: ['AZURE_OPENAI_ENDPOINT'],
    baseUrlRequired: true,
    optionVariables: { apiVersion: 'AZURE_OPENAI_API_VERSION' },
    create: azureOpenAiChat,
  }),
  provider({
    title: 'Azure AI Foundry',
    keyVariable: 'AZURE_AI_FOUNDRY_API_KEY',
    baseUrlVariables: ['AZURE_AI_FOUNDRY_ENDPOINT'],
    baseUrlRequired: true,
    optionVariables: { apiVersion: 'AZURE_AI_FOUNDRY_API_VERSION' },
    create: azureFoundryChat,
  }),
  provider({
    title: 'Amazon Bedrock',
    keyVariable: 'AWS_SECRET_ACCESS_KEY',
    optionVariables: {
      accessKeyId: 'AWS_ACCESS_KEY_ID',
      sessionToken: 'AWS_SESSION_TOKEN',
      region: 'AWS_REGION',
    },
    models: bedrockModels,
    create: bedrockChat,
  }),
  provider({
    title: 'Vertex AI',
    keyVariable: 'GOOGLE_APPLICATION_CREDENTIALS_JSON',
    optionVariables: { project: 'GOOGLE_CLOUD_PROJECT', location: 'GOOGLE_CLOUD_LOCATION' },
    create: vertexChat,
  }),
]

function compatible(title: string, record: CompatibleRecord): ChatProvider {
  const {
    at = '',
    key = null,
    keyOptional,
    urls = addressVariable(key),
    path = '',
    headers = {},
    includeUsage,
  } = record
  const addressOf = (given: string | undefined): string => withPath(given || at, path)
  return provider({
    title,
    keyVariable: key,
    keyOptional: keyOptional ?? key === null,
    baseUrlVariables: urls,
    baseUrlRequired: at === '',
    headerVariables: headers,
    models: namesOf(title),
    create: (settings) =>
      openAiCompatibleChat({
        ...settings,
        provider: title,
        baseUrl: addressOf(settings.baseUrl),
        ...(includeUsage === false && { includeUsage }),
      }),
    listing: { speaks: 'openai', addressOf },
  })
}

/** `GROQ_BASE_URL` for a provider whose key is `GROQ_API_KEY`: a proxy, or a server of one's own. */
function addressVariable(key: string | null): readonly string[] {
  return key === null ? [] : [key.replace(/(_API_KEY|_API_TOKEN|_KEY)$/, '_BASE_URL')]
}

/** The known models of a provider; of some, none are. */
function namesOf(title: string): readonly string[] {
  const names: Readonly<Record<string, readonly string[]>> = compatibleModels
  return names[title] ?? []
}

function withPath(address: string, path: string): string {
  const base = address.replace(/\/+$/, '')
  return base.endsWith(path) ? base : base + path
}

const ALIASES: Readonly<Record<string, string>> = {
  Google: 'Google Generative AI',
  MistralAI: 'Mistral',
  'IBM watsonx.ai': 'IBM WatsonX',
  Bedrock: 'Amazon Bedrock',
  VertexAI: 'Vertex AI',
}
const byTitle = new Map(chatProviders.map((provider) => [provider.title, provider]))

/** The provider of a title; `Google` is `Google Generative AI`. */
export const chatProvider = (title: string): ChatProvider | undefined => byTitle.get(ALIASES[title] ?? title)

/** The first provider known to have a model of that name. */
export const providerOfModel = (name: string): ChatProvider | undefined =>
  chatProviders.find(({ models }) => models.includes(name))
