import { AppError } from '@runnel/protocol/errors'
import { type Data, data, defineComponent, field, isData, isDataFrame, isMessage, toText } from '@runnel/sdk'
import { keepUnder, valueUnder } from '../shared/run-values.ts'

export const notify = defineComponent({
  type: 'Notify',
  aliases: ['NotifyComponent'],
  displayName: 'Notify',
  description: 'Keeps a value under a key for the rest of the run, and starts every Listen of that key.',
  icon: 'Notify',
  category: 'flow_controls',
  beta: true,
  inputs: {
    context_key: field.string({ label: 'Context Key', info: 'The key the value is kept under.', required: true }),
    input_value: field.handle({
      label: 'Input Data',
      info: 'The value to keep.',
      accepts: ['Data', 'JSON', 'Message', 'DataFrame', 'Table'],
    }),
    append: field.bool({ label: 'Append', info: 'Add the value to those that are kept already.' }),
  },
  outputs: {
    result: {
      type: 'Data',
      label: 'JSON',
      method: 'notify_components',
      run({ inputs, context }) {
        const key = inputs.context_key
        if (key.trim() === '') throw new AppError('invalid_field', ['The Context Key is empty. Enter a name.'])
        const said = [inputs.input_value].flat().flatMap(asData)
        const before = inputs.append ? (valueUnder(context, key) ?? []) : []
        const kept = [...[before].flat(), ...said]
        const [only] = kept
        const value = kept.length === 1 && only && !inputs.append ? only : kept
        keepUnder(context, key, value)
        context.setStatus(value)
        context.routes.notify(key)
        return value
      },
    },
  },
})

/** A message is its text, a table its rows; what is no record becomes one. */
function asData(value: unknown): readonly Data[] {
  if (value === undefined || value === null) return [data({ text: '' })]
  if (isData(value)) return [value]
  if (isMessage(value)) return [data({ text: value.text })]
  if (isDataFrame(value)) return value.rows.map((row) => data(row, { text_key: value.text_key }))
  return [data({ text: toText(value) })]
}
