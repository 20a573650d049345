import type { Component, Embeddings } from '@runnel/sdk'
import { isEmbeddings } from '@runnel/sdk'
import { type ProviderRequestSeen, providerServer, reply } from './provider-server.ts'
import { type RunComponentOptions, runComponent } from './run-component.ts'

/**
 * Runs a component that gives embeddings against a server that answers in `answer`, embeds one text, and gives the
 * vectors and what the server was asked. `inputs` is told the server's address.
 */
export async function embedThrough(
  component: Component,
  inputs: (url: string) => Readonly<Record<string, unknown>>,
  answer: unknown,
  { text = 'a', ...options }: RunComponentOptions & { readonly text?: string } = {},
): Promise<{ readonly vectors: unknown; readonly asked: ProviderRequestSeen | undefined; readonly made: Embeddings }> {
  await using server = await providerServer(reply(answer))
  const { embeddings } = await runComponent(component, inputs(server.url), options)
  if (!isEmbeddings(embeddings)) throw new Error(`${component.type} gave no embeddings`)
  const vectors = await embeddings.embed([text], new AbortController().signal)
  return { vectors, asked: server.requests[0], made: embeddings }
}
