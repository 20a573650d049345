import type { ReactNode } from 'react'

/** Letters and hue (degrees) of providers whose name alone would not say them. */
const MARKS: Readonly<Record<string, readonly [letters: string, hue: number]>> = {
  Amazon: ['aws', 32],
  Anthropic: ['A\\', 18],
  arXiv: ['χ', 0],
  AstraDB: ['As', 262],
  Azure: ['Az', 208],
  Bing: ['B', 190],
  Chroma: ['Ch', 340],
  Cohere: ['Co', 150],
  DeepSeek: ['DS', 230],
  DuckDuckGo: ['DD', 14],
  ExaSearch: ['Ex', 222],
  FAISS: ['Fa', 210],
  Firecrawl: ['Fc', 20],
  Google: ['G', 217],
  google: ['G', 217],
  GoogleGenerativeAI: ['✦', 217],
  Groq: ['Gq', 12],
  HuggingFace: ['HF', 44],
  LMStudio: ['LM', 250],
  LangChain: ['LC', 165],
  MistralAI: ['M', 24],
  NVIDIA: ['nv', 90],
  Notion: ['N', 210],
  Ollama: ['ol', 200],
  OpenAI: ['AI', 168],
  OpenRouter: ['OR', 240],
  Perplexity: ['Px', 186],
  Pinecone: ['Pc', 200],
  Qdrant: ['Qd', 348],
  Redis: ['Re', 4],
  SerpSearch: ['Se', 205],
  Serper: ['Sp', 205],
  Supabase: ['Sb', 153],
  TavilyIcon: ['Ta', 270],
  VertexAI: ['Vx', 217],
  Weaviate: ['We', 120],
  Wikipedia: ['W', 220],
  WolframAlphaAPI: ['Wα', 12],
  YouTube: ['▶', 0],
  vLLM: ['vL', 40],
  xAI: ['x', 220],
}

/** The letters and the hue a provider is marked with: from the table, or from its name. */
export function markOf(name: string): readonly [letters: string, hue: number] {
  const known = MARKS[name]
  if (known) return known
  const capitals = name.replace(/[^A-Z]/g, '')
  const letters = capitals.length >= 2 ? capitals.slice(0, 2) : name.slice(0, 2)
  const hue = Array.from(name).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)
  return [letters, hue]
}

/** A mark of our own for a provider: its letters on its colour. */
export function ProviderMark({ name, size }: { readonly name: string; readonly size: number }): ReactNode {
  const [letters, hue] = markOf(name)
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="shrink-0">
      <rect width="24" height="24" rx="6" fill={`hsl(${hue} 55% 38%)`} />
      <text
        x="12"
        y="12"
        dy="0.36em"
        textAnchor="middle"
        fontSize={letters.length > 2 ? 9.5 : letters.length > 1 ? 12 : 15}
        fontWeight="700"
        fill="#fff"
        fontFamily="system-ui, sans-serif"
      >
        {letters}
      </text>
    </svg>
  )
}
