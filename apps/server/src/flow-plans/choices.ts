import { isObject, type JsonObject } from '@runnel/protocol/json'

/** What a person has for fields to choose from that no component knows of, by the names of the fields. */
export type Choices = Readonly<Record<string, readonly string[]>>

/** A template whose fields offer what the person has. */
export function withChoices(template: JsonObject, choices: Choices): JsonObject {
  const offered = Object.entries(choices).flatMap(([name, options]) => {
    const field = template[name]
    return isObject(field) ? [[name, { ...field, options }] as const] : []
  })
  return { ...template, ...Object.fromEntries(offered) }
}
