/** The colour of a data type, the same at handles, edges and badges (W-31). */
const COLORS: Readonly<Record<string, string>> = {
  Message: 'message',
  Text: 'message',
  str: 'message',
  Data: 'data',
  JSON: 'data',
  Record: 'data',
  DataFrame: 'dataframe',
  Table: 'dataframe',
  Embeddings: 'embeddings',
  LanguageModel: 'model',
  Tool: 'tool',
  Memory: 'memory',
  BaseChatMemory: 'memory',
  BaseChatMessageHistory: 'memory',
  VectorStore: 'store',
  Retriever: 'store',
  Document: 'document',
  Agent: 'agent',
  AgentExecutor: 'agent',
  BasePromptTemplate: 'prompt',
  ChatPromptTemplate: 'prompt',
  Prompt: 'prompt',
  int: 'number',
  float: 'number',
  number: 'number',
}

/** A CSS colour; grey for types nobody knows. */
export const typeColor = (type: string | undefined): string => `var(--type-${COLORS[type ?? ''] ?? 'other'})`

/** The colours of several types, each once: more than one makes a split ring. */
export const typeColors = (types: readonly string[]): readonly string[] => [...new Set(types.map(typeColor))]
