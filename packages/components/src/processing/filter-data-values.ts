import { defineComponent, field } from '@runnel/sdk'
import { COMPARISONS, compares } from '../shared/comparison.ts'

export const filterDataValues = defineComponent({
  type: 'FilterDataValues',
  aliases: ['DataFilterComponent'],
  displayName: 'Filter Values',
  description: 'Keeps the JSON objects whose value under a key fits.',
  icon: 'filter',
  category: 'processing',
  beta: true,
  legacy: true,
  replacement: [],
  inputs: {
    input_data: field.data({ label: 'Input Data', info: 'The objects to filter.', list: true }),
    filter_key: field.text({
      label: 'Filter Key',
      info: 'The key whose value is compared.',
      default: 'route',
      accepts: ['Data', 'JSON'],
    }),
    filter_value: field.text({
      label: 'Filter Value',
      info: 'What it is compared with.',
      default: 'CMIP',
      accepts: ['Data', 'JSON'],
    }),
    operator: field.dropdown({
      label: 'Comparison Operator',
      info: 'How values are compared.',
      options: COMPARISONS,
      default: 'equals',
      advanced: true,
    }),
  },
  outputs: {
    filtered_data: {
      type: 'Data',
      label: 'Filtered Data',
      method: 'filter_data',
      run({ inputs: { input_data, filter_key, filter_value, operator }, context }) {
        if (filter_key === '' || filter_value === '') {
          context.setStatus('Filter key or value is missing.')
          return input_data
        }
        return input_data.filter(
          ({ data }) => Object.hasOwn(data, filter_key) && compares(data[filter_key], operator, filter_value),
        )
      },
    },
  },
})
