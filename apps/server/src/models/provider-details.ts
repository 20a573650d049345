/** What users are shown of a provider besides its name. */
export interface ProviderDetails {
  /** The name of an icon of the editor. */
  readonly icon: string
  readonly docs: string | null
}

const DETAILS: Readonly<Record<string, ProviderDetails>> = {
  OpenAI: { icon: 'OpenAI', docs: 'https://platform.openai.com/docs/overview' },
  Anthropic: { icon: 'Anthropic', docs: 'https://docs.anthropic.com' },
  'Google Generative AI': { icon: 'GoogleGenerativeAI', docs: 'https://ai.google.dev/gemini-api/docs' },
  Ollama: { icon: 'Ollama', docs: 'https://ollama.com/library' },
  'LM Studio': { icon: 'LMStudio', docs: 'https://lmstudio.ai/docs' },
  OpenRouter: { icon: 'OpenRouter', docs: 'https://openrouter.ai/docs' },
  Groq: { icon: 'Groq', docs: 'https://console.groq.com/docs' },
  DeepSeek: { icon: 'DeepSeek', docs: 'https://api-docs.deepseek.com' },
  xAI: { icon: 'xAI', docs: 'https://docs.x.ai' },
  Mistral: { icon: 'MistralAI', docs: 'https://docs.mistral.ai' },
  Perplexity: { icon: 'Perplexity', docs: 'https://docs.perplexity.ai' },
  NVIDIA: { icon: 'NVIDIA', docs: 'https://docs.api.nvidia.com' },
  SambaNova: { icon: 'SambaNova', docs: 'https://docs.sambanova.ai' },
  Novita: { icon: 'Novita', docs: 'https://novita.ai/docs' },
  Cohere: { icon: 'Cohere', docs: 'https://docs.cohere.com' },
  HuggingFace: { icon: 'HuggingFace', docs: 'https://huggingface.co/docs/inference-providers' },
  'IBM WatsonX': { icon: 'WatsonxAI', docs: 'https://cloud.ibm.com/apidocs/watsonx-ai' },
  'Azure OpenAI': { icon: 'Azure', docs: 'https://learn.microsoft.com/azure/ai-services/openai' },
  'Azure AI Foundry': { icon: 'Azure', docs: 'https://learn.microsoft.com/azure/ai-foundry' },
  'Amazon Bedrock': { icon: 'Amazon', docs: 'https://docs.aws.amazon.com/bedrock' },
  'Vertex AI': { icon: 'VertexAI', docs: 'https://cloud.google.com/vertex-ai/docs' },
  AIML: { icon: 'AIML', docs: 'https://docs.aimlapi.com' },
  Maritalk: { icon: 'Maritalk', docs: 'https://docs.maritaca.ai' },
  CometAPI: { icon: 'CometAPI', docs: 'https://api.cometapi.com/doc' },
  'Built-in': { icon: 'binary', docs: null },
  vLLM: { icon: 'vLLM', docs: 'https://docs.vllm.ai' },
}

/** Icon and documentation of a provider, by its title; of one not known, the usual icon. */
export const providerDetails = (title: string): ProviderDetails => DETAILS[title] ?? { icon: 'Bot', docs: null }

/** `Google Generative AI` is `google-generative-ai`. */
export const providerId = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
