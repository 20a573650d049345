import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { ErrorObject, Options } from 'ajv'

/** What is wrong with a value, with the place of each fault: `lines.0.n: must be > 0`. */
export type SchemaCheck = (value: unknown) => readonly string[]

/** A keyword that is not known asks for something that would be passed over in silence. Formats are notes. */
const OPTIONS: Options = {
  allErrors: true,
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  validateFormats: false,
  logger: false,
}

/**
 * Makes a check of a JSON Schema of draft 7, where it says so, or of 2020-12. A check may take for ever: patterns do.
 * @throws AppError `invalid_field` for what is no schema, or has keywords that are not known or references out of it.
 */
export async function createSchemaCheck(schema: unknown): Promise<SchemaCheck> {
  if (!isObject(schema)) throw refusal('it is no object')
  try {
    const validate = (await validatorFor(schema)).compile(schema)
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map(faultText))
  } catch (error) {
    throw refusal(messageOf(error))
  }
}

/** Loaded when the first schema is checked. */
async function validatorFor({ $schema }: JsonObject) {
  if (/draft-07/.test(String($schema))) return new (await import('ajv')).Ajv(OPTIONS)
  return new (await import('ajv/dist/2020.js')).Ajv2020(OPTIONS)
}

function faultText({ instancePath, message = 'does not fit', params }: ErrorObject): string {
  const place = instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
  const given: unknown = params.allowedValues ?? params.allowedValue ?? params.additionalProperty
  return `${place && `${place}: `}${message}${given === undefined ? '' : `: ${JSON.stringify(given)}`}`
}

const refusal = (why: string): AppError =>
  new AppError('invalid_field', [`This is no JSON Schema that can be checked: ${why}`])
