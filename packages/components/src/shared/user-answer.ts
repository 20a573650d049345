import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { type Data, type DataFrame, data, dataFrame, type Message, message, pyRepr } from '@runnel/sdk'
import type { UserOutputType } from './user-declaration.ts'

/**
 * What code of a user returned, as the type its output promises: a text for a Message, an object for Data, a list of
 * objects for a table, or what `message`, `data` and `dataFrame` of the sandbox make.
 * @throws AppError `user_code_failed` when it is something else
 */
export function userAnswer(
  name: string,
  type: UserOutputType,
  value: unknown,
): Message | Data | readonly Data[] | DataFrame {
  const found = { Message: messageOf, Data: dataOf, DataFrame: tableOf }[type](value)
  if (found !== undefined) return found
  throw new AppError('user_code_failed', [
    `The output "${name}" promises ${PROMISES[type]}, but run returned ${pyRepr(value).slice(0, 100)}.`,
  ])
}

const PROMISES: Readonly<Record<UserOutputType, string>> = {
  Message: 'a Message: a text',
  Data: 'Data: an object, or a list of objects',
  DataFrame: 'a DataFrame: a list of objects',
}

function messageOf(value: unknown): Message | undefined {
  if (typeof value === 'string') return message(value)
  if (typeof value === 'number') return message(String(value))
  if (!isObject(value) || value.kind !== 'message' || typeof value.text !== 'string') return undefined
  const { sender, sender_name, session_id, files } = value
  return message(value.text, {
    ...(typeof sender === 'string' && { sender }),
    ...(typeof sender_name === 'string' && { sender_name }),
    ...(typeof session_id === 'string' && { session_id }),
    ...(isTexts(files) && { files }),
  })
}

function dataOf(value: unknown): Data | readonly Data[] | undefined {
  if (!Array.isArray(value)) return oneData(value)
  const all = value.map(oneData).filter((one) => one !== undefined)
  return all.length === value.length ? all : undefined
}

function oneData(value: unknown): Data | undefined {
  if (!isObject(value)) return undefined
  if (value.kind !== 'data' || !isObject(value.data)) return data(value)
  return data(value.data, typeof value.text_key === 'string' ? { text_key: value.text_key } : {})
}

function tableOf(value: unknown): DataFrame | undefined {
  const isTable = isObject(value) && value.kind === 'dataframe'
  const rows = isTable ? value.rows : value
  if (!Array.isArray(rows) || !rows.every(isObject)) return undefined
  return dataFrame(rows, isTable && isTexts(value.columns) ? { columns: value.columns } : {})
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')
