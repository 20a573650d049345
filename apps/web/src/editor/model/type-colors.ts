/** The family of a data type, which has one colour at handles, edges and badges. */
const FAMILIES: Readonly<Record<string, keyof typeof GLYPHS>> = {
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

/** Two letters for each family, where colours are not told apart. */
const GLYPHS = {
  message: 'Me',
  data: 'Da',
  dataframe: 'Df',
  embeddings: 'Em',
  model: 'Lm',
  tool: 'To',
  memory: 'Mm',
  store: 'Vs',
  document: 'Do',
  agent: 'Ag',
  prompt: 'Pr',
  number: 'Nr',
} as const

/** Families whose colours are tokens of the style sheet, `--type-<family>`. */
export const TYPE_FAMILIES = [...Object.keys(GLYPHS), 'other'] as const

const familyOf = (type: string | undefined): keyof typeof GLYPHS | 'other' => FAMILIES[type ?? ''] ?? 'other'

/** A CSS colour; grey for types nobody knows. */
export const typeColor = (type: string | undefined): string => `var(--type-${familyOf(type)})`

/** The colours of several types, each once: more than one makes a split ring. */
export const typeColors = (types: readonly string[]): readonly string[] => [...new Set(types.map(typeColor))]

/** Two letters that stand for a type where colour must not be the only cue; of several families one of each. */
export function typeGlyph(types: readonly string[]): string {
  const [first, second] = new Set(types.map(glyphOf))
  return second ? `${first?.charAt(0)}${second.charAt(0)}` : (first ?? '')
}

function glyphOf(type: string): string {
  const family = familyOf(type)
  return family === 'other' ? type.slice(0, 2) : GLYPHS[family]
}
