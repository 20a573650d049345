import { type Component, type Data, data, type Embeddings } from '@runnel/sdk'
import { type FakeService, httpOf, type ServiceRequest } from '../answering-server.ts'
import { type ComponentRun, runComponent } from '../run-component.ts'

/** Documents every trial begins with. */
export const trialDocuments: readonly Data[] = [
  data({ text: 'The refund is paid within fourteen days.', topic: 'money', page: 1 }),
  data({ text: 'The office is closed on Sundays.', topic: 'time', page: 2 }),
  data({ text: 'The warehouse is closed on Mondays.', topic: 'time', page: 3 }),
]

export interface StoreTrial {
  readonly seen: readonly (ServiceRequest & { readonly url: string })[]
  /** Runs the node with these inputs over the trial's own. */
  run(inputs?: Readonly<Record<string, unknown>>): Promise<ComponentRun>
  /** Keeps the documents, once. */
  keep(inputs?: Readonly<Record<string, unknown>>): Promise<void>
  /** The texts found for a query. */
  find(query: string, inputs?: Readonly<Record<string, unknown>>): Promise<readonly string[]>
}

/** A store component in front of a fake of its service; none for a server it finds by its address. */
export function storeTrial(
  component: Component,
  service: FakeService | undefined,
  own: Readonly<Record<string, unknown>>,
  embedding?: Embeddings,
): StoreTrial {
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const options = service ? { http: httpOf(service, seen) } : {}
  const run: StoreTrial['run'] = (inputs = {}) =>
    runComponent(component, { ...(embedding && { embedding }), ...own, ...inputs }, options)
  return {
    seen,
    run,
    async keep(inputs = {}) {
      await run({ ingest_data: trialDocuments, ...inputs })
    },
    async find(search_query, inputs = {}) {
      const { search_results } = await run({ search_query, ...inputs })
      // Every store component has this output.
      return (search_results as readonly Data[]).map(({ data: { text } }) => String(text))
    },
  }
}
