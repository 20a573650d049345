import { dataFrame, defineComponent, field } from '@runnel/sdk'

type Entries = Readonly<Record<string, unknown>>

export const mergeData = defineComponent({
  type: 'MergeDataComponent',
  displayName: 'Combine Data',
  description: 'Puts several JSON objects together into a table.',
  icon: 'merge',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations'],
  inputs: {
    data_inputs: field.data({ label: 'Data Inputs', info: 'The objects to combine.', required: true, list: true }),
    operation: field.dropdown({
      label: 'Operation',
      info: 'How they are combined.',
      options: ['Concatenate', 'Append', 'Merge', 'Join'],
      default: 'Concatenate',
    }),
  },
  outputs: {
    combined_data: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'combine_data',
      run({ inputs: { data_inputs, operation } }) {
        const objects = data_inputs.map(({ data }) => data)
        if (objects.length < 2) return dataFrame([])
        if (operation === 'Append') return dataFrame(objects)
        return dataFrame([operation === 'Join' ? joined(objects) : united(objects, operation === 'Merge')])
      },
    },
  },
})

/** Texts of one key go into a list, or one below the other; of other values the last counts. */
function united(objects: readonly Entries[], asList: boolean): Entries {
  const held = new Map<string, unknown>()
  for (const [key, value] of objects.flatMap((one) => Object.entries(one))) {
    const before = held.get(key)
    if (!held.has(key) || typeof value !== 'string') held.set(key, value)
    else if (asList) held.set(key, [before, value].flat())
    else held.set(key, typeof before === 'string' ? `${before}\n${value}` : value)
  }
  return Object.fromEntries(held)
}

/** Keys of the second object and all after it end in `_doc2` and so on. */
const joined = (objects: readonly Entries[]): Entries =>
  Object.fromEntries(
    objects.flatMap((one, index) =>
      Object.entries(one).map(([key, value]) => [index === 0 ? key : `${key}_doc${index + 1}`, value]),
    ),
  )
