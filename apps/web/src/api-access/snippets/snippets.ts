import type { Call, CodeLanguage, Mode, Snippet } from '../call.ts'
import { curlSnippets } from './curl.ts'
import { javascriptSnippets } from './javascript.ts'
import { powershellSnippets } from './powershell.ts'
import { pythonSnippets } from './python.ts'

const WRITERS: Readonly<Record<CodeLanguage, (call: Call, mode: Mode) => readonly Snippet[]>> = {
  python: pythonSnippets,
  javascript: javascriptSnippets,
  curl: curlSnippets,
  powershell: powershellSnippets,
}

/** The code that calls this flow, in a language. */
export const snippetsOf = (call: Call, language: CodeLanguage, mode: Mode): readonly Snippet[] =>
  WRITERS[language](call, mode)
