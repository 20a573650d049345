import type { Fields, InputsOf, RunArguments, RunContext } from '@runnel/sdk'
import { oncePerBuild } from './build-memo.ts'
import { storeConnections } from './store-connection.ts'
import {
  asVectorStore,
  foundData,
  foundFrame,
  type StoreBackend,
  type StoreRequest,
  searchStore,
  type storeFields,
  storeOutputs,
} from './vector-store.ts'

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

/** The outputs of a store. `ask` makes the request; the store is opened and searched once per build. */
export function searching<F extends Fields>(
  ask: (inputs: InputsOf<F>, open: StoreRequest['backend']) => StoreRequest,
  open: (inputs: InputsOf<F>, context: RunContext) => StoreBackend | Promise<StoreBackend>,
) {
  const opened = ({ inputs, context }: RunArguments<F>) =>
    oncePerBuild(context, 'store', async () => open(inputs, context))
  const request = (args: RunArguments<F>) => ask(args.inputs, () => opened(args))
  const find = (args: RunArguments<F>) => (context: RunContext) =>
    oncePerBuild(context, 'found', () => searchStore(request({ ...args, context }), context))
  return {
    search_results: {
      ...storeOutputs.search_results,
      run: (args: RunArguments<F>) => foundData(find(args), args.context),
    },
    dataframe: { ...storeOutputs.dataframe, run: (args: RunArguments<F>) => foundFrame(find(args), args.context) },
    ...storeConnections(async (args: RunArguments<F>) =>
      asVectorStore((await opened(args)).provider, request(args), args.context),
    ),
  }
}
