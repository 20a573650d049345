import { type Data, data, defineComponent, type Fields, field, isMessage, message, toText } from '@runnel/sdk'

const KINDS = ['Text', 'Data', 'Number', 'Handle', 'Boolean'] as const

export const dynamicCreateData = defineComponent({
  type: 'DynamicCreateData',
  aliases: ['DynamicCreateDataComponent'],
  displayName: 'Dynamic Create Data',
  description: 'Makes a JSON object of fields described in a table.',
  icon: 'ListFilter',
  category: 'processing',
  inputs: {
    form_fields: field.table({
      label: 'Input Configuration',
      info: 'The fields of the object.',
      columns: [
        { name: 'field_name', display_name: 'Field Name', type: 'str', description: 'The key of the field.' },
        {
          name: 'field_type',
          display_name: 'Field Type',
          type: 'str',
          description: 'What the field holds.',
          options: KINDS,
          default: 'Text',
        },
      ],
      refresh: true,
    }),
    include_metadata: field.bool({
      label: 'Include Metadata',
      info: 'Say in the object which fields it was made of.',
      advanced: true,
    }),
  },
  dynamicInputs: ({ form_fields }): Fields => {
    const rows = Array.isArray(form_fields) ? form_fields : []
    return Object.fromEntries(
      rows.flatMap((row) => {
        const { field_name: name, field_type: kind } = row ?? {}
        return typeof name === 'string' && name !== '' ? [[`dynamic_${name}`, fieldOf(name, String(kind))]] : []
      }),
    )
  },
  outputs: {
    form_data: {
      type: 'Data',
      label: 'Data',
      method: 'process_form',
      run: ({ inputs, dynamic }) => formOf(inputs, dynamic),
    },
    message: {
      type: 'Message',
      label: 'Message',
      method: 'get_message',
      run: ({ inputs, dynamic }) => {
        const { data: entries } = formOf({ ...inputs, include_metadata: false }, dynamic)
        return message(
          Object.entries(entries)
            .map(([name, value]) => `${name}: ${toText(value)}`)
            .join('\n'),
        )
      },
    },
  },
})

function fieldOf(name: string, kind: string) {
  const common = { label: name, info: `The value of ${name}.` }
  if (kind === 'Boolean') return field.bool(common)
  if (kind === 'Number') return field.float(common)
  if (kind === 'Data') return field.data(common)
  if (kind === 'Handle') return field.handle({ ...common, accepts: ['Data', 'JSON', 'Message', 'DataFrame', 'Table'] })
  return field.text({ ...common, accepts: ['Message', 'Data', 'JSON'] })
}

interface Form {
  readonly form_fields: readonly Readonly<Record<string, unknown>>[]
  readonly include_metadata: boolean
}

function formOf({ form_fields, include_metadata }: Form, dynamic: Readonly<Record<string, unknown>>): Data {
  const entries = form_fields.flatMap(({ field_name: name }) => {
    if (typeof name !== 'string' || name === '') return []
    const value = dynamic[`dynamic_${name}`]
    return [[name, isMessage(value) ? value.text : (value ?? null)] as const]
  })
  const metadata = include_metadata
    ? { form_metadata: { total_fields: entries.length, field_configs: form_fields } }
    : {}
  return data({ ...Object.fromEntries(entries), ...metadata })
}
