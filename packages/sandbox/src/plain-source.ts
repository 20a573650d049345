import { stripTypeScriptTypes } from 'node:module'
import type { Problem } from './traffic.ts'

/** The source without its types, every line where it was; or what is wrong with it. Nothing runs. */
export function plainSource(source: string): { readonly code: string } | { readonly problem: Problem } {
  try {
    return { code: stripTypeScriptTypes(source) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // Node puts the place before the stack: a file name, none here, and the line.
    const line = /^[^\n]*?:(\d+)\n/.exec(error.stack ?? '')?.[1]
    return { problem: { kind: 'syntax', message: sentence(error.message), ...(line && { line: Number(line) }) } }
  }
}

const sentence = (message: string): string =>
  message.replace(/ in strip-only mode$/, ': only types that can be taken away are supported')
