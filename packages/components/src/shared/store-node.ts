import type { Fields, InputsOf, RunArguments, RunContext } from '@runnel/sdk'
import { oncePerBuild } from './build-memo.ts'
import {
  foundData,
  foundFrame,
  type StoreBackend,
  type StoreRequest,
  searchStore,
  storeFields,
} from './vector-store.ts'

/** The fields every store component has; its own stand before them. */
export const {
  ingest_data,
  search_query,
  should_cache_vector_store,
  embedding,
  number_of_results,
  advanced_search_filter,
} = storeFields

/** What a node with those fields asks, but for its store. */
export type AskedInputs = InputsOf<Omit<typeof storeFields, 'embedding'>> & { readonly embedding?: unknown }

/** The request of a node; `more` says what its own fields do. */
export const requestOf = (
  inputs: AskedInputs,
  backend: StoreRequest['backend'],
  more: Partial<StoreRequest> = {},
): StoreRequest => ({
  backend,
  embedding: inputs.embedding,
  documents: inputs.ingest_data,
  query: inputs.search_query,
  limit: inputs.number_of_results,
  filter: inputs.advanced_search_filter,
  ...more,
})

/** What both outputs of a store run. `ask` makes the request; the store is opened once per build. */
export function searching<F extends Fields>(
  ask: (inputs: InputsOf<F>, open: StoreRequest['backend']) => StoreRequest,
  open: (inputs: InputsOf<F>, context: RunContext) => StoreBackend | Promise<StoreBackend>,
) {
  const find =
    ({ inputs }: RunArguments<F>) =>
    (context: RunContext) =>
      searchStore(
        ask(inputs, () => oncePerBuild(context, 'store', async () => open(inputs, context))),
        context,
      )
  return {
    data: (args: RunArguments<F>) => foundData(find(args), args.context),
    frame: (args: RunArguments<F>) => foundFrame(find(args), args.context),
  }
}
