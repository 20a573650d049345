/** Known chat models of OpenAI; the first is the default. */
export const openAiModels = [
  'gpt-4o-mini',
  'gpt-4o',
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-4.1-nano',
  'gpt-4-turbo',
  'gpt-4-turbo-preview',
  'gpt-4',
  'gpt-3.5-turbo',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-5-chat-latest',
  'o1',
  'o3-mini',
  'o3',
  'o3-pro',
  'o4-mini',
  'o4-mini-high',
  'gpt-5.1',
  'gpt-5.2',
  'gpt-5.2-pro',
] as const

/** Known chat models of Anthropic; the first is the default. */
export const anthropicModels = [
  'claude-sonnet-4-5-20250929',
  'claude-opus-4-5-20251101',
  'claude-haiku-4-5-20251001',
  'claude-opus-4-1-20250805',
  'claude-opus-4-20250514',
  'claude-sonnet-4-20250514',
  'claude-3-7-sonnet-latest',
  'claude-3-5-sonnet-latest',
  'claude-3-5-sonnet-20241022',
  'claude-3-5-haiku-latest',
  'claude-3-opus-latest',
  'claude-3-haiku-20240307',
] as const

/** Known Gemini models; the first is the default. */
export const googleModels = [
  'gemini-2.5-flash',
  'gemini-2.5-pro',
  'gemini-2.5-flash-lite',
  'gemini-3-pro-preview',
  'gemini-2.0-flash',
  'gemini-2.0-flash-lite',
  'gemini-1.5-pro',
  'gemini-1.5-flash',
  'gemini-1.5-flash-8b',
] as const

/** Known chat models of IBM watsonx.ai; the first is the default. */
export const watsonxModels = [
  'ibm/granite-3-8b-instruct',
  'ibm/granite-3-2b-instruct',
  'meta-llama/llama-3-3-70b-instruct',
  'mistralai/mistral-large',
] as const

/** Known chat models at Amazon Bedrock; the first is the default. */
export const bedrockModels = [
  'anthropic.claude-3-5-sonnet-20241022-v2:0',
  'anthropic.claude-3-5-haiku-20241022-v1:0',
  'us.anthropic.claude-sonnet-4-20250514-v1:0',
  'us.anthropic.claude-3-7-sonnet-20250219-v1:0',
  'amazon.nova-pro-v1:0',
  'amazon.nova-lite-v1:0',
  'amazon.nova-micro-v1:0',
  'meta.llama3-1-70b-instruct-v1:0',
  'mistral.mistral-large-2407-v1:0',
  'cohere.command-r-plus-v1:0',
] as const

/** Known models of providers that speak OpenAI's chat completions, by title; the first is the default. */
export const compatibleModels = {
  Groq: [
    'llama-3.3-70b-versatile',
    'llama-3.1-8b-instant',
    'gemma2-9b-it',
    'meta-llama/llama-4-scout-17b-16e-instruct',
    'meta-llama/llama-4-maverick-17b-128e-instruct',
    'openai/gpt-oss-120b',
    'openai/gpt-oss-20b',
  ],
  DeepSeek: ['deepseek-chat', 'deepseek-reasoner'],
  xAI: ['grok-2-latest', 'grok-3', 'grok-3-mini', 'grok-4'],
  Mistral: [
    'mistral-small-latest',
    'mistral-medium-latest',
    'mistral-large-latest',
    'codestral-latest',
    'open-mixtral-8x7b',
    'open-mixtral-8x22b',
  ],
  Perplexity: ['sonar', 'sonar-pro', 'sonar-reasoning'],
  SambaNova: ['Meta-Llama-3.3-70B-Instruct', 'Meta-Llama-3.1-405B-Instruct', 'Meta-Llama-3.1-8B-Instruct'],
  Novita: ['meta-llama/llama-3.3-70b-instruct', 'meta-llama/llama-3.1-8b-instruct'],
  Cohere: ['command-a-03-2025', 'command-r-plus-08-2024', 'command-r-08-2024'],
  NVIDIA: [
    'meta/llama-3.3-70b-instruct',
    'nvidia/llama-3.1-nemotron-70b-instruct',
    'nvidia/llama-3.3-nemotron-super-49b-v1',
    'mistralai/mixtral-8x22b-instruct-v0.1',
  ],
  HuggingFace: [
    'meta-llama/Llama-3.3-70B-Instruct',
    'mistralai/Mixtral-8x7B-Instruct-v0.1',
    'mistralai/Mistral-7B-Instruct-v0.3',
    'meta-llama/Llama-3.1-8B-Instruct',
    'Qwen/Qwen2.5-Coder-32B-Instruct',
    'Qwen/QwQ-32B-Preview',
  ],
  AIML: ['openai/gpt-4o', 'openai/gpt-4.1-mini', 'deepseek/deepseek-chat', 'mistralai/Mistral-7B-Instruct-v0.2'],
  Maritalk: ['sabia-3', 'sabiazinho-3', 'sabia-2-medium', 'sabia-2-small'],
} as const
