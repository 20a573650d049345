// Written by `npm run catalog`: edit the components, not this list.
// biome-ignore-all assist/source/organizeImports: sorted by path
// biome-ignore-all format: one line per file
import type { Component } from '@runnel/sdk'
import { agentQl } from './agentql/agent-ql.ts'
import { aimlModel } from './aiml/aiml-model.ts'
import { amazonBedrockConverseModel } from './amazon/amazon-bedrock-converse-model.ts'
import { amazonBedrockEmbeddings } from './amazon/amazon-bedrock-embeddings.ts'
import { amazonBedrockModel } from './amazon/amazon-bedrock-model.ts'
import { s3BucketUploader } from './amazon/s3-bucket-uploader.ts'
import { anthropicModel } from './anthropic/anthropic-model.ts'
import { apifyActors } from './apify/apify-actors.ts'
import { arxiv } from './arxiv/arxiv.ts'
import { assemblyAiPollTranscript } from './assemblyai/assemblyai-poll-transcript.ts'
import { assemblyAiStartTranscript } from './assemblyai/assemblyai-start-transcript.ts'
import { assemblyAiTranscriber } from './assemblyai/assemblyai-transcriber.ts'
import { azureOpenAiEmbeddings } from './azure/azure-openai-embeddings.ts'
import { azureOpenAiModel } from './azure/azure-openai-model.ts'
import { bingSearchApi } from './bing/bing-search-api.ts'
import { cassandraGraph } from './cassandra/cassandra-graph.ts'
import { cassandra } from './cassandra/cassandra.ts'
import { chroma } from './chroma/chroma.ts'
import { clickhouse } from './clickhouse/clickhouse.ts'
import { cohereEmbeddings } from './cohere/cohere-embeddings.ts'
import { cohereModel } from './cohere/cohere-model.ts'
import { cohereRerank } from './cohere/cohere-rerank.ts'
import { gmail } from './composio/gmail.ts'
import { couchbase } from './couchbase/couchbase.ts'
import { customComponent } from './custom-component/custom-component.ts'
import { apiRequest } from './data-source/api-request.ts'
import { csvToData } from './data-source/csv-to-data.ts'
import { jsonToData } from './data-source/json-to-data.ts'
import { mockDataGenerator } from './data-source/mock-data-generator.ts'
import { newsSearch } from './data-source/news-search.ts'
import { rssReaderSimple } from './data-source/rss-reader-simple.ts'
import { sqlDatabase } from './data-source/sql-database.ts'
import { unifiedWebSearch } from './data-source/unified-web-search.ts'
import { url } from './data-source/url.ts'
import { astraDbDataApi } from './datastax/astra-db-data-api.ts'
import { astraDbGraph } from './datastax/astra-db-graph.ts'
import { astraDbTool } from './datastax/astra-db-tool.ts'
import { astraDb } from './datastax/astra-db.ts'
import { astraVectorize } from './datastax/astra-vectorize.ts'
import { getEnvVar } from './datastax/get-env-var.ts'
import { graphRag } from './datastax/graph-rag.ts'
import { hcd } from './datastax/hcd.ts'
import { deepSeekModel } from './deepseek/deep-seek-model.ts'
import { doclingRemote } from './docling/docling-remote.ts'
import { duckDuckGoSearch } from './duckduckgo/duckduckgo-search.ts'
import { elasticsearch } from './elastic/elasticsearch.ts'
import { openSearch } from './elastic/opensearch.ts'
import { embeddingSimilarity } from './embeddings/embedding-similarity.ts'
import { fakeEmbeddings } from './embeddings/fake-embeddings.ts'
import { textEmbedder } from './embeddings/text-embedder.ts'
import { exaSearch } from './exa/exa-search.ts'
import { faiss } from './faiss/faiss.ts'
import { directory } from './files-and-knowledge/directory.ts'
import { fileSystemTool } from './files-and-knowledge/file-system-tool.ts'
import { file } from './files-and-knowledge/file.ts'
import { knowledgeIngestion } from './files-and-knowledge/knowledge-ingestion.ts'
import { knowledgeRetrieval } from './files-and-knowledge/knowledge-retrieval.ts'
import { knowledge } from './files-and-knowledge/knowledge.ts'
import { memoryBase } from './files-and-knowledge/memory-base.ts'
import { saveToFile } from './files-and-knowledge/save-to-file.ts'
import { fileContentRetriever } from './files-ingestion/file-content-retriever.ts'
import { mergeFlows } from './files-ingestion/merge-flows.ts'
import { firecrawlCrawlApi } from './firecrawl/firecrawl-crawl-api.ts'
import { firecrawlExtractApi } from './firecrawl/firecrawl-extract-api.ts'
import { firecrawlMapApi } from './firecrawl/firecrawl-map-api.ts'
import { firecrawlScrapeApi } from './firecrawl/firecrawl-scrape-api.ts'
import { conditionalRouter } from './flow-controls/conditional-router.ts'
import { dataConditionalRouter } from './flow-controls/data-conditional-router.ts'
import { flowTool } from './flow-controls/flow-tool.ts'
import { listen } from './flow-controls/listen.ts'
import { loop } from './flow-controls/loop.ts'
import { notify } from './flow-controls/notify.ts'
import { pass } from './flow-controls/pass.ts'
import { runFlow } from './flow-controls/run-flow.ts'
import { subFlow } from './flow-controls/sub-flow.ts'
import { bigQuery } from './google/big-query.ts'
import { gmailLoader } from './google/gmail-loader.ts'
import { googleDriveSearch } from './google/google-drive-search.ts'
import { googleDrive } from './google/google-drive.ts'
import { googleGenerativeAiEmbeddings } from './google/google-generative-ai-embeddings.ts'
import { googleGenerativeAiModel } from './google/google-generative-ai-model.ts'
import { googleOAuthToken } from './google/google-oauth-token.ts'
import { googleSearchApi } from './google/google-search-api.ts'
import { googleSerperApi } from './google/google-serper-api.ts'
import { groqModel } from './groq/groq-model.ts'
import { huggingFaceEmbeddingsInference } from './huggingface/hugging-face-embeddings-inference.ts'
import { huggingFaceModel } from './huggingface/hugging-face-model.ts'
import { ibmWatsonxModel } from './ibm/ibm-watsonx-model.ts'
import { chatInput } from './input-output/chat-input.ts'
import { chatOutput } from './input-output/chat-output.ts'
import { flowInputs } from './input-output/flow-inputs.ts'
import { textInput } from './input-output/text-input.ts'
import { textOutput } from './input-output/text-output.ts'
import { webhook } from './input-output/webhook.ts'
import { characterTextSplitter } from './langchain-utilities/character-text-splitter.ts'
import { conversationChain } from './langchain-utilities/conversation-chain.ts'
import { csvAgent } from './langchain-utilities/csv-agent.ts'
import { jsonAgent } from './langchain-utilities/json-agent.ts'
import { langChainHubPrompt } from './langchain-utilities/langchain-hub-prompt.ts'
import { languageRecursiveTextSplitter } from './langchain-utilities/language-recursive-text-splitter.ts'
import { llmCheckerChain } from './langchain-utilities/llm-checker-chain.ts'
import { llmMathChain } from './langchain-utilities/llm-math-chain.ts'
import { naturalLanguageTextSplitter } from './langchain-utilities/natural-language-text-splitter.ts'
import { openAiToolsAgent } from './langchain-utilities/openai-tools-agent.ts'
import { openApiAgent } from './langchain-utilities/openapi-agent.ts'
import { recursiveCharacterTextSplitter } from './langchain-utilities/recursive-character-text-splitter.ts'
import { retrievalQa } from './langchain-utilities/retrieval-qa.ts'
import { selfQueryRetriever } from './langchain-utilities/self-query-retriever.ts'
import { semanticTextSplitter } from './langchain-utilities/semantic-text-splitter.ts'
import { sqlAgent } from './langchain-utilities/sql-agent.ts'
import { sqlDatabaseConnection } from './langchain-utilities/sql-database.ts'
import { sqlGenerator } from './langchain-utilities/sql-generator.ts'
import { toolCallingAgent } from './langchain-utilities/tool-calling-agent.ts'
import { vectorStoreInfo } from './langchain-utilities/vector-store-info.ts'
import { vectorStoreRouterAgent } from './langchain-utilities/vector-store-router-agent.ts'
import { xmlAgent } from './langchain-utilities/xml-agent.ts'
import { batchRun } from './llm-operations/batch-run.ts'
import { guardrailValidatorV2 } from './llm-operations/guardrail-validator-v2.ts'
import { guardrailValidator } from './llm-operations/guardrail-validator.ts'
import { llmSelector } from './llm-operations/llm-selector.ts'
import { smartRouter } from './llm-operations/smart-router.ts'
import { smartTransform } from './llm-operations/smart-transform.ts'
import { structuredOutput } from './llm-operations/structured-output.ts'
import { lmStudioEmbeddings } from './lmstudio/lm-studio-embeddings.ts'
import { lmStudioModel } from './lmstudio/lm-studio-model.ts'
import { maritalkModel } from './maritalk/maritalk-model.ts'
import { milvus } from './milvus/milvus.ts'
import { mistralAiEmbeddings } from './mistral/mistral-ai-embeddings.ts'
import { mistralModel } from './mistral/mistral-model.ts'
import { a2aAgent } from './models-and-agents/a2a-agent.ts'
import { agent } from './models-and-agents/agent.ts'
import { embeddingModel } from './models-and-agents/embedding-model.ts'
import { mcpTools } from './models-and-agents/mcp-tools.ts'
import { memory } from './models-and-agents/memory.ts'
import { prompt } from './models-and-agents/prompt.ts'
import { languageModel } from './models/language-model.ts'
import { mongodbAtlas } from './mongodb/mongodb-atlas.ts'
import { needle } from './needle/needle.ts'
import { novitaModel } from './novita/novita-model.ts'
import { nvidiaEmbeddings } from './nvidia/nvidia-embeddings.ts'
import { nvidiaModel } from './nvidia/nvidia-model.ts'
import { remixDocumentation } from './nvidia/remix-documentation.ts'
import { ollamaEmbeddings } from './ollama/ollama-embeddings.ts'
import { ollamaModel } from './ollama/ollama-model.ts'
import { openAiEmbeddings } from './openai/openai-embeddings.ts'
import { openAiModel } from './openai/openai-model.ts'
import { openRouter } from './openrouter/openrouter.ts'
import { perplexityModel } from './perplexity/perplexity-model.ts'
import { pgvector } from './pgvector/pgvector.ts'
import { pinecone } from './pinecone/pinecone.ts'
import { alterMetadata } from './processing/alter-metadata.ts'
import { combineText } from './processing/combine-text.ts'
import { createData } from './processing/create-data.ts'
import { createList } from './processing/create-list.ts'
import { dataFrameOperations } from './processing/data-frame-operations.ts'
import { dataFrameToToolset } from './processing/data-frame-to-toolset.ts'
import { dataOperations } from './processing/data-operations.ts'
import { dataToDataFrame } from './processing/data-to-data-frame.ts'
import { dynamicCreateData } from './processing/dynamic-create-data.ts'
import { extractAKey } from './processing/extract-a-key.ts'
import { filterDataValues } from './processing/filter-data-values.ts'
import { filterData } from './processing/filter-data.ts'
import { jsonCleaner } from './processing/json-cleaner.ts'
import { mergeData } from './processing/merge-data.ts'
import { messageToData } from './processing/message-to-data.ts'
import { operations } from './processing/operations.ts'
import { outputParser } from './processing/output-parser.ts'
import { parseDataFrame } from './processing/parse-data-frame.ts'
import { parseData } from './processing/parse-data.ts'
import { parseJsonData } from './processing/parse-json-data.ts'
import { parser } from './processing/parser.ts'
import { regexExtractor } from './processing/regex-extractor.ts'
import { selectData } from './processing/select-data.ts'
import { splitText } from './processing/split-text.ts'
import { messageStore } from './processing/store-message.ts'
import { textOperations } from './processing/text-operations.ts'
import { typeConverter } from './processing/type-converter.ts'
import { updateData } from './processing/update-data.ts'
import { qdrant } from './qdrant/qdrant.ts'
import { redis } from './redis/redis.ts'
import { sambaNovaModel } from './sambanova/samba-nova-model.ts'
import { scrapeGraphMarkdownifyApi } from './scrapegraph/scrapegraph-markdownify-api.ts'
import { scrapeGraphSearchApi } from './scrapegraph/scrapegraph-search-api.ts'
import { scrapeGraphSmartScraperApi } from './scrapegraph/scrapegraph-smart-scraper-api.ts'
import { searchApi } from './searchapi/search-api.ts'
import { serp } from './serpapi/serp.ts'
import { supabase } from './supabase/supabase.ts'
import { tavilyExtract } from './tavily/tavily-extract.ts'
import { tavilySearch } from './tavily/tavily-search.ts'
import { searXngTool } from './tools/searxng-tool.ts'
import { upstash } from './upstash/upstash.ts'
import { calculator } from './utilities/calculator.ts'
import { currentDate } from './utilities/current-date.ts'
import { idGenerator } from './utilities/id-generator.ts'
import { javaScriptInterpreter } from './utilities/javascript-interpreter.ts'
import { vectaraRag } from './vectara/vectara-rag.ts'
import { vectara } from './vectara/vectara.ts'
import { localDb } from './vectorstores/local-db.ts'
import { vertexAiModel } from './vertexai/vertex-ai-model.ts'
import { vllmModel } from './vllm/vllm-model.ts'
import { weaviate } from './weaviate/weaviate.ts'
import { wikidata } from './wikipedia/wikidata.ts'
import { wikipedia } from './wikipedia/wikipedia.ts'
import { wolframAlphaApi } from './wolframalpha/wolfram-alpha-api.ts'
import { xaiModel } from './xai/xai-model.ts'
import { yfinance } from './yahoosearch/yfinance.ts'
import { youTubeComments } from './youtube/youtube-comments.ts'
import { youTubeTranscripts } from './youtube/youtube-transcripts.ts'

/** Every component there is, sorted by where it is declared. */
export const catalog: readonly Component[] = [
  agentQl,
  aimlModel,
  amazonBedrockConverseModel,
  amazonBedrockEmbeddings,
  amazonBedrockModel,
  s3BucketUploader,
  anthropicModel,
  apifyActors,
  arxiv,
  assemblyAiPollTranscript,
  assemblyAiStartTranscript,
  assemblyAiTranscriber,
  azureOpenAiEmbeddings,
  azureOpenAiModel,
  bingSearchApi,
  cassandraGraph,
  cassandra,
  chroma,
  clickhouse,
  cohereEmbeddings,
  cohereModel,
  cohereRerank,
  gmail,
  couchbase,
  customComponent,
  apiRequest,
  csvToData,
  jsonToData,
  mockDataGenerator,
  newsSearch,
  rssReaderSimple,
  sqlDatabase,
  unifiedWebSearch,
  url,
  astraDbDataApi,
  astraDbGraph,
  astraDbTool,
  astraDb,
  astraVectorize,
  getEnvVar,
  graphRag,
  hcd,
  deepSeekModel,
  doclingRemote,
  duckDuckGoSearch,
  elasticsearch,
  openSearch,
  embeddingSimilarity,
  fakeEmbeddings,
  textEmbedder,
  exaSearch,
  faiss,
  directory,
  fileSystemTool,
  file,
  knowledgeIngestion,
  knowledgeRetrieval,
  knowledge,
  memoryBase,
  saveToFile,
  fileContentRetriever,
  mergeFlows,
  firecrawlCrawlApi,
  firecrawlExtractApi,
  firecrawlMapApi,
  firecrawlScrapeApi,
  conditionalRouter,
  dataConditionalRouter,
  flowTool,
  listen,
  loop,
  notify,
  pass,
  runFlow,
  subFlow,
  bigQuery,
  gmailLoader,
  googleDriveSearch,
  googleDrive,
  googleGenerativeAiEmbeddings,
  googleGenerativeAiModel,
  googleOAuthToken,
  googleSearchApi,
  googleSerperApi,
  groqModel,
  huggingFaceEmbeddingsInference,
  huggingFaceModel,
  ibmWatsonxModel,
  chatInput,
  chatOutput,
  flowInputs,
  textInput,
  textOutput,
  webhook,
  characterTextSplitter,
  conversationChain,
  csvAgent,
  jsonAgent,
  langChainHubPrompt,
  languageRecursiveTextSplitter,
  llmCheckerChain,
  llmMathChain,
  naturalLanguageTextSplitter,
  openAiToolsAgent,
  openApiAgent,
  recursiveCharacterTextSplitter,
  retrievalQa,
  selfQueryRetriever,
  semanticTextSplitter,
  sqlAgent,
  sqlDatabaseConnection,
  sqlGenerator,
  toolCallingAgent,
  vectorStoreInfo,
  vectorStoreRouterAgent,
  xmlAgent,
  batchRun,
  guardrailValidatorV2,
  guardrailValidator,
  llmSelector,
  smartRouter,
  smartTransform,
  structuredOutput,
  lmStudioEmbeddings,
  lmStudioModel,
  maritalkModel,
  milvus,
  mistralAiEmbeddings,
  mistralModel,
  a2aAgent,
  agent,
  embeddingModel,
  mcpTools,
  memory,
  prompt,
  languageModel,
  mongodbAtlas,
  needle,
  novitaModel,
  nvidiaEmbeddings,
  nvidiaModel,
  remixDocumentation,
  ollamaEmbeddings,
  ollamaModel,
  openAiEmbeddings,
  openAiModel,
  openRouter,
  perplexityModel,
  pgvector,
  pinecone,
  alterMetadata,
  combineText,
  createData,
  createList,
  dataFrameOperations,
  dataFrameToToolset,
  dataOperations,
  dataToDataFrame,
  dynamicCreateData,
  extractAKey,
  filterDataValues,
  filterData,
  jsonCleaner,
  mergeData,
  messageToData,
  operations,
  outputParser,
  parseDataFrame,
  parseData,
  parseJsonData,
  parser,
  regexExtractor,
  selectData,
  splitText,
  messageStore,
  textOperations,
  typeConverter,
  updateData,
  qdrant,
  redis,
  sambaNovaModel,
  scrapeGraphMarkdownifyApi,
  scrapeGraphSearchApi,
  scrapeGraphSmartScraperApi,
  searchApi,
  serp,
  supabase,
  tavilyExtract,
  tavilySearch,
  searXngTool,
  upstash,
  calculator,
  currentDate,
  idGenerator,
  javaScriptInterpreter,
  vectaraRag,
  vectara,
  localDb,
  vertexAiModel,
  vllmModel,
  weaviate,
  wikidata,
  wikipedia,
  wolframAlphaApi,
  xaiModel,
  yfinance,
  youTubeComments,
  youTubeTranscripts,
]
