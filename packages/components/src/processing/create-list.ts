import { data, dataFrame, defineComponent, field } from '@runnel/sdk'

export const createList = defineComponent({
  type: 'CreateList',
  aliases: ['CreateListComponent'],
  displayName: 'Create List',
  description: 'Makes a list of texts.',
  icon: 'list',
  category: 'processing',
  legacy: true,
  inputs: { texts: field.string({ label: 'Texts', info: 'The texts, one for each entry.', list: true }) },
  outputs: {
    list: {
      type: 'Data',
      label: 'Data List',
      method: 'create_list',
      run: ({ inputs }) => inputs.texts.map((text) => data({ text })),
    },
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'as_dataframe',
      run: ({ inputs }) =>
        dataFrame(
          inputs.texts.map((text) => ({ text })),
          { columns: ['text'] },
        ),
    },
  },
})
