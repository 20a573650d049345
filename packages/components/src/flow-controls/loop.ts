import { AppError } from '@runnel/protocol/errors'
import {
  type Data,
  type DataFrame,
  data,
  dataFrame,
  defineComponent,
  field,
  isData,
  isDataFrame,
  isMessage,
  pyRepr,
  type RunContext,
  toDataList,
} from '@runnel/sdk'
import { buildOf } from '../shared/node-build.ts'

export const loop = defineComponent({
  type: 'LoopComponent',
  aliases: ['Loop'],
  displayName: 'Loop',
  description: 'Gives the rows of a table one after the other and collects what comes back for each.',
  icon: 'infinity',
  category: 'flow_controls',
  documentation: 'https://docs.langflow.org/loop',
  routes: true,
  inputs: {
    data: field.handle({
      label: 'Inputs',
      info: 'A table or a list; each row or item goes through the loop once.',
      accepts: ['DataFrame', 'Table', 'Data', 'JSON', 'Message'],
    }),
  },
  outputs: {
    item: {
      type: 'Data',
      label: 'Item',
      method: 'item_output',
      grouped: true,
      loop: ['Message'],
      info: 'The current item. Connect the last step of the loop back to this handle.',
      run: ({ inputs, dynamic, context }) => step(inputs.data, dynamic.item, context).item ?? data({ text: '' }),
    },
    done: {
      type: 'DataFrame',
      label: 'Done',
      method: 'done_output',
      grouped: true,
      info: 'One row for each item, when all have been through the loop.',
      run: ({ inputs, dynamic, context }) => step(inputs.data, dynamic.item, context).done ?? dataFrame([]),
    },
  },
})

/** A pass over the items, between two builds of the node. */
interface Pass {
  readonly build: unknown
  readonly items: readonly Data[]
  /** How many items have been given. */
  readonly given: number
  readonly collected: readonly Data[]
  /** The item of this build; undefined when all have been given. */
  readonly item: Data | undefined
  /** The table, when all have come back. */
  readonly done: DataFrame | undefined
}

/** One build of the node, whichever of its outputs is asked for first: takes what came back and gives the next item. */
function step(value: unknown, feedback: unknown, context: RunContext): Pass {
  const { state, node, routes } = context
  const build = buildOf(context)
  const key = `${node.id}:pass`
  // Only this function sets the key.
  const last = state.get(key) as Pass | undefined
  if (last && last.build === build) return last

  // A build after the last item of a pass begins another one: an outer loop has brought new items.
  const pass = last && !last.done ? last : { items: itemsOf(value), given: 0, collected: [] }
  const collected = pass.given > 0 ? [...pass.collected, ...rowsIn(feedback)] : []
  // Without a body nothing would come back.
  const item = node.connectedOutputs.has('item') ? pass.items[pass.given] : undefined
  const done = item ? undefined : dataFrame(collected.map((row) => row.data))
  const next: Pass = { build, items: pass.items, given: pass.given + 1, collected, item, done }
  state.set(key, next)
  routes.stop(done ? 'item' : 'done')
  return next
}

function itemsOf(value: unknown): readonly Data[] {
  const known = isDataFrame(value) || isData(value) || isMessage(value)
  if (known || (Array.isArray(value) && value.every((one) => isData(one) || isMessage(one)))) return toDataList(value)
  const got = value === undefined ? 'nothing' : pyRepr(value)
  throw new AppError('invalid_field', [
    `The 'data' input must be a DataFrame, Data or a list of Data objects, got ${got}`,
  ])
}

/** What came back for an item, as rows. A plain text is no result: only a Message carries one. */
function rowsIn(feedback: unknown): readonly Data[] {
  if (typeof feedback === 'string') return []
  return toDataList(feedback)
}
