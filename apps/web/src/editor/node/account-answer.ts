import type { ComponentNode } from '../model/flow-document.ts'

/** How an account stands, read from the `auth` field of a node as Langflow writes it. */
export type AccountAnswer =
  | { readonly kind: 'connected' }
  /** `link`: where it is connected. */
  | { readonly kind: 'disconnected'; readonly link?: string }
  /** What it takes to ask, such as a key, is not there yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'error'; readonly message: string }

/** The name of the field that tells of an account; undefined for a node that needs none. */
export const accountField = ({ template }: ComponentNode): string | undefined =>
  Object.entries(template ?? {}).find(([, field]) => field?.type === 'auth')?.[0]

/** What the server answered. */
export function accountAnswer(template: unknown, field: string): AccountAnswer {
  const entry: unknown = typeof template === 'object' && template !== null ? Reflect.get(template, field) : undefined
  const { value, auth_tooltip: reason }: Readonly<Record<string, unknown>> =
    typeof entry === 'object' && entry !== null ? { ...entry } : {}
  if (value === 'validated') return { kind: 'connected' }
  if (value === 'error') return { kind: 'error', message: typeof reason === 'string' ? reason : '' }
  if (typeof value !== 'string' || value === '') return { kind: 'unknown' }
  return value === 'disconnected' ? { kind: 'disconnected' } : { kind: 'disconnected', link: value }
}
