import { data, defineComponent, field } from '@runnel/sdk'

export const filterData = defineComponent({
  type: 'FilterData',
  aliases: ['FilterDataComponent'],
  displayName: 'Filter Data',
  description: 'Keeps some keys of a JSON object.',
  icon: 'filter',
  category: 'processing',
  beta: true,
  legacy: true,
  replacement: ['processing.Operations'],
  inputs: {
    data: field.data({ label: 'Data', info: 'The object to filter.' }),
    filter_criteria: field.text({ label: 'Filter Criteria', info: 'The keys to keep.', list: true }),
  },
  outputs: {
    filtered_data: {
      type: 'Data',
      label: 'Filtered Data',
      method: 'filter_data',
      run: ({ inputs }) => {
        const entries = inputs.data?.data ?? {}
        return data(Object.fromEntries(Object.entries(entries).filter(([key]) => inputs.filter_criteria.includes(key))))
      },
    },
  },
})
