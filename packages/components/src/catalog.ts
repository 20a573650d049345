// Written by `npm run catalog`: edit the components, not this list.
// biome-ignore-all assist/source/organizeImports: sorted by path
// biome-ignore-all format: one line per file
import type { Component } from '@runnel/sdk'
import { apiRequest } from './data-source/api-request.ts'
import { newsSearch } from './data-source/news-search.ts'
import { rssReaderSimple } from './data-source/rss-reader-simple.ts'
import { unifiedWebSearch } from './data-source/unified-web-search.ts'
import { url } from './data-source/url.ts'
import { directory } from './files-and-knowledge/directory.ts'
import { file } from './files-and-knowledge/file.ts'
import { saveToFile } from './files-and-knowledge/save-to-file.ts'
import { conditionalRouter } from './flow-controls/conditional-router.ts'
import { loop } from './flow-controls/loop.ts'
import { chatInput } from './input-output/chat-input.ts'
import { chatOutput } from './input-output/chat-output.ts'
import { textInput } from './input-output/text-input.ts'
import { textOutput } from './input-output/text-output.ts'
import { webhook } from './input-output/webhook.ts'
import { batchRun } from './llm-operations/batch-run.ts'
import { structuredOutput } from './llm-operations/structured-output.ts'
import { agent } from './models-and-agents/agent.ts'
import { memory } from './models-and-agents/memory.ts'
import { prompt } from './models-and-agents/prompt.ts'
import { languageModel } from './models/language-model.ts'
import { openAiModel } from './openai/openai-model.ts'
import { dataFrameOperations } from './processing/data-frame-operations.ts'
import { dataOperations } from './processing/data-operations.ts'
import { operations } from './processing/operations.ts'
import { parser } from './processing/parser.ts'
import { splitText } from './processing/split-text.ts'
import { textOperations } from './processing/text-operations.ts'
import { calculator } from './utilities/calculator.ts'
import { currentDate } from './utilities/current-date.ts'

/** Every component there is, sorted by where it is declared. */
export const catalog: readonly Component[] = [
  apiRequest,
  newsSearch,
  rssReaderSimple,
  unifiedWebSearch,
  url,
  directory,
  file,
  saveToFile,
  conditionalRouter,
  loop,
  chatInput,
  chatOutput,
  textInput,
  textOutput,
  webhook,
  batchRun,
  structuredOutput,
  agent,
  memory,
  prompt,
  languageModel,
  openAiModel,
  dataFrameOperations,
  dataOperations,
  operations,
  parser,
  splitText,
  textOperations,
  calculator,
  currentDate,
]
