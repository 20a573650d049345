import { embeddingProvider } from '@runnel/models/embeddings/embedding-catalogue'
import type { EmbeddingSettings } from '@runnel/models/embeddings/http-embeddings'
import { AppError } from '@runnel/protocol/errors'
import type { Embeddings, RunContext } from '@runnel/sdk'
import { providerKey, providerUrl } from './provider-access.ts'

/** The one output of every component that gives embeddings, but for how it gets them. */
export const embeddingOutput = { type: 'Embeddings', label: 'Embedding Model', method: 'build_embeddings' } as const

/**
 * Embeddings of the provider of that title, with the key and address typed into a node or held by its variables.
 * @throws AppError `invalid_field` when a key or address is missing
 */
export async function embeddingsOf(
  title: string,
  settings: Omit<EmbeddingSettings, 'apiKey'> & { readonly apiKey?: string | undefined },
  { context: { variables } }: { readonly context: Pick<RunContext, 'variables'> },
): Promise<Embeddings> {
  const provider = embeddingProvider(title)
  if (!provider) throw new AppError('invalid_field', [`Unknown provider: ${title}`])
  const [apiKey, baseUrl] = await Promise.all([
    providerKey(provider, settings.apiKey, variables),
    providerUrl(provider, settings.baseUrl, variables),
  ])
  return provider.create({ ...settings, apiKey, baseUrl })
}

/** Seconds as fields hold them; none for 0. */
export const milliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined || seconds <= 0 ? undefined : seconds * 1000

/** The entries of a field for headers as text; none for an empty one. */
export function headersIn(
  typed: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(typed ?? {}).filter(([name, value]) => name !== '' && value !== null && value !== '')
  return entries.length > 0 ? Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) : undefined
}
