import type { Embeddings } from '@runnel/sdk'
import type { ChatProvider } from '../provider-catalogue.ts'
import { cohereEmbeddings } from './cohere-embeddings.ts'
import { googleEmbeddings } from './google-embeddings.ts'
import { hashingEmbeddings } from './hashing-embeddings.ts'
import type { EmbeddingSettings } from './http-embeddings.ts'
import { huggingFaceEmbeddings } from './hugging-face-embeddings.ts'
import { ollamaEmbeddings } from './ollama-embeddings.ts'
import { bearer, type OpenAiEmbeddingsOptions, openAiEmbeddings } from './openai-embeddings.ts'

/** A provider of embeddings: what must be known of it to make some from a model's name. */
export interface EmbeddingProvider extends Omit<ChatProvider, 'create' | 'optionVariables' | 'listing'> {
  readonly create: (settings: EmbeddingSettings) => Embeddings
}

interface CompatibleRecord extends Pick<OpenAiEmbeddingsOptions, 'mostTexts' | 'mostCharacters' | 'extra'> {
  /** The address unless a field or variable gives another; without it one of those must. */
  readonly at?: string
  readonly key: string
  readonly keyOptional?: true
  readonly urls?: readonly string[]
  readonly models?: readonly string[]
}

/** Everything that answers `POST /embeddings` as OpenAI does: a new provider is one entry. */
const COMPATIBLE: Readonly<Record<string, CompatibleRecord>> = {
  OpenAI: {
    at: 'https://api.openai.com/v1',
    key: 'OPENAI_API_KEY',
    urls: ['OPENAI_BASE_URL', 'OPENAI_EMBEDDINGS_API_BASE', 'OPENAI_API_BASE'],
    models: ['text-embedding-3-small', 'text-embedding-3-large', 'text-embedding-ada-002'],
  },
  'OpenAI Compatible': { key: 'OPENAI_COMPATIBLE_API_KEY', keyOptional: true, urls: ['OPENAI_COMPATIBLE_BASE_URL'] },
  vLLM: { key: 'VLLM_API_KEY', keyOptional: true, urls: ['VLLM_API_BASE'] },
  'LM Studio': { at: 'http://localhost:1234/v1', key: 'LMSTUDIO_API_KEY', keyOptional: true },
  Mistral: {
    at: 'https://api.mistral.ai/v1',
    key: 'MISTRAL_API_KEY',
    models: ['mistral-embed', 'codestral-embed'],
    // It takes 16,000 tokens at a time.
    mostCharacters: 40_000,
  },
  NVIDIA: {
    at: 'https://integrate.api.nvidia.com/v1',
    key: 'NVIDIA_API_KEY',
    models: ['nvidia/nv-embed-v1', 'nvidia/llama-3.2-nv-embedqa-1b-v2', 'snowflake/arctic-embed-l'],
    mostTexts: 50,
    extra: (purpose) => ({ input_type: purpose === 'query' ? 'query' : 'passage', truncate: 'END' }),
  },
  'Azure AI Foundry': { key: 'AZURE_AI_FOUNDRY_API_KEY', urls: ['AZURE_AI_FOUNDRY_ENDPOINT'] },
}

function compatible(title: string, record: CompatibleRecord): EmbeddingProvider {
  const { at = '', key, keyOptional = false, urls = [], models = [], ...options } = record
  return {
    title,
    keyVariable: key,
    keyOptional,
    baseUrlVariables: urls,
    baseUrlRequired: at === '',
    headerVariables: {},
    models,
    create: (settings) =>
      openAiEmbeddings(settings, {
        ...options,
        provider: title,
        url: `${(settings.baseUrl || at).replace(/\/+$/, '')}/embeddings`,
        headers: bearer(settings.apiKey),
      }),
  }
}

const named = (
  title: string,
  keyVariable: string | null,
  models: readonly string[],
  create: EmbeddingProvider['create'],
  baseUrlVariables: readonly string[] = [],
): EmbeddingProvider => ({
  title,
  keyVariable,
  keyOptional: keyVariable === null,
  baseUrlVariables,
  baseUrlRequired: false,
  headerVariables: {},
  models,
  create,
})

/** All providers, in the order in which a bare model name is looked up. */
export const embeddingProviders: readonly EmbeddingProvider[] = [
  ...Object.entries(COMPATIBLE).map(([title, record]) => compatible(title, record)),
  named(
    'Google Generative AI',
    'GOOGLE_API_KEY',
    ['text-embedding-004', 'gemini-embedding-001', 'embedding-001'],
    googleEmbeddings,
  ),
  named(
    'Cohere',
    'COHERE_API_KEY',
    ['embed-english-v3.0', 'embed-multilingual-v3.0', 'embed-v4.0', 'embed-english-light-v3.0'],
    cohereEmbeddings,
  ),
  named(
    'HuggingFace',
    'HUGGINGFACEHUB_API_TOKEN',
    ['sentence-transformers/all-MiniLM-L6-v2', 'sentence-transformers/all-mpnet-base-v2', 'BAAI/bge-large-en-v1.5'],
    huggingFaceEmbeddings,
  ),
  named('Ollama', null, ['nomic-embed-text', 'mxbai-embed-large', 'all-minilm'], ollamaEmbeddings, ['OLLAMA_BASE_URL']),
  named('Built-in', null, ['hashing-384'], hashingEmbeddings),
]

const ALIASES: Readonly<Record<string, string>> = {
  Google: 'Google Generative AI',
  MistralAI: 'Mistral',
  'Hugging Face': 'HuggingFace',
}
const byTitle = new Map(embeddingProviders.map((provider) => [provider.title, provider]))

/** The provider of a title; `Google` is `Google Generative AI`. */
export const embeddingProvider = (title: string): EmbeddingProvider | undefined => byTitle.get(ALIASES[title] ?? title)

/** The first provider known to have embeddings of that name. */
export const providerOfEmbeddings = (name: string): EmbeddingProvider | undefined => {
  const bare = name.replace(/^models\//, '')
  return embeddingProviders.find(({ models }) => models.includes(bare))
}
