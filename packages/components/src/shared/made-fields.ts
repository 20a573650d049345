import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { type Data, type Fields, field, isData, textOfData } from '@runnel/sdk'

const MOST = 15

/** So many fields, each a name and a value; `field_1_key` and so on. */
export function entryFields({ number_of_fields }: Readonly<Record<string, unknown>>): Fields {
  const count = Math.min(Math.max(0, Math.trunc(Number(number_of_fields) || 0)), MOST)
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `field_${index + 1}_key`,
      field.dict({
        label: `Field ${index + 1}`,
        info: `Key for field ${index + 1}.`,
        accepts: ['Message', 'Data', 'JSON'],
      }),
    ]),
  )
}

/**
 * What such fields hold, as one object; an edge's value becomes its text.
 * @throws AppError `invalid_field` for more fields than there may be.
 */
export function entriesOf(
  count: number | undefined,
  dynamic: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if ((count ?? 0) > MOST) throw new AppError('invalid_field', [`Number of fields cannot exceed ${MOST}.`])
  const held = Object.entries(dynamic).filter(([name]) => /^field_\d+_key$/.test(name))
  return Object.assign({}, ...held.map(([, value]) => plainEntries(value)))
}

function plainEntries(value: unknown): Readonly<Record<string, unknown>> {
  const entries = isData(value) ? value.data : isObject(value) ? value : {}
  return Object.fromEntries(Object.entries(entries).map(([key, held]) => [key, isData(held) ? textOfData(held) : held]))
}

/** @throws AppError `invalid_field` when the object lacks its text key. */
export function checkTextKey({ data, text_key }: Data): void {
  if (text_key === '' || Object.hasOwn(data, text_key)) return
  const known = Object.keys(data).join(', ')
  throw new AppError('invalid_field', [`Text Key: '${text_key}' not found in the Data keys: '${known}'`])
}

/** The fields all components that make JSON share. */
export const madeFields = {
  text_key: field.text({ label: 'Text Key', info: 'The key whose value is the text.', advanced: true }),
  text_key_validator: field.bool({
    label: 'Text Key Validator',
    info: 'Fail when the text key is missing.',
    advanced: true,
  }),
}
