/** How companies and products that bundles of components are about write their names; the same in every language. */
const WRITTEN: Readonly<Record<string, string>> = {
  agentql: 'AgentQL',
  aiml: 'AI/ML API',
  arxiv: 'arXiv',
  assemblyai: 'AssemblyAI',
  clickhouse: 'ClickHouse',
  datastax: 'DataStax',
  deepseek: 'DeepSeek',
  duckduckgo: 'DuckDuckGo',
  files_ingestion: 'File Processing',
  huggingface: 'Hugging Face',
  ibm: 'IBM',
  langchain_utilities: 'LangChain',
  lmstudio: 'LM Studio',
  maritalk: 'MariTalk',
  mongodb: 'MongoDB',
  novita: 'Novita AI',
  nvidia: 'NVIDIA',
  openai: 'OpenAI',
  openrouter: 'OpenRouter',
  pgvector: 'pgvector',
  sambanova: 'SambaNova',
  scrapegraph: 'ScrapeGraph',
  searchapi: 'SearchApi',
  serpapi: 'SerpApi',
  vertexai: 'Vertex AI',
  vllm: 'vLLM',
  wolframalpha: 'WolframAlpha',
  xai: 'xAI',
  yahoosearch: 'Yahoo',
  youtube: 'YouTube',
}

/** Bundles that are about a kind of work and not a company: their names are words of the language. */
const COMMON = ['embeddings', 'files_ingestion', 'vectorstores'] as const
export const commonBundle = (id: string): (typeof COMMON)[number] | undefined => COMMON.find((one) => one === id)

/** @param id of a bundle, `some_company` */
export const bundleName = (id: string): string =>
  WRITTEN[id] ?? id.replaceAll('_', ' ').replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())
