import { dataFrame, defineComponent, field, textOfData } from '@runnel/sdk'

export const dataToDataFrame = defineComponent({
  type: 'DataToDataFrame',
  aliases: ['DataToDataFrameComponent'],
  displayName: 'Data → DataFrame',
  description: 'Makes a table with one row for each JSON object.',
  icon: 'table',
  category: 'processing',
  legacy: true,
  replacement: ['processing.Operations', 'processing.TypeConverterComponent'],
  inputs: { data_list: field.data({ label: 'Data or Data List', info: 'The objects.', list: true }) },
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'build_dataframe',
      run: ({ inputs }) =>
        dataFrame(
          inputs.data_list.map((one) => {
            const text = textOfData(one)
            return text === '' ? one.data : { ...one.data, text }
          }),
        ),
    },
  },
})
