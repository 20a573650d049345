import type { Coercion, Field } from './field-types.ts'

/** What every field may say of itself. */
export interface FieldOptions {
  readonly label: string
  readonly info?: string
  readonly required?: boolean
  readonly advanced?: boolean
  readonly placeholder?: string
  /** false: hidden, and its default is used whatever a file says. */
  readonly show?: boolean
  /** The edge types this field takes. */
  readonly accepts?: readonly string[]
  /** In tool mode, an argument of the tool. */
  readonly tool?: boolean
  /** A change asks the server for a new template. */
  readonly refresh?: boolean
  /** Any other attribute of the wire form. */
  readonly extra?: Readonly<Record<string, unknown>>
}
/** Of a field that may hold several values. */
export interface ListableOptions extends FieldOptions {
  readonly list?: boolean
}
/** A list of values where the options say so. */
export type MaybeList<O, One> = O extends { readonly list: true } ? readonly One[] : One

/** A field in its wire form; `attributes` are those of its kind, and the options' own `extra` goes before all. */
export function makeField<Value>(
  inputType: string,
  type: string,
  coercion: Coercion,
  { label, info, required, advanced, placeholder, show, accepts, tool, refresh, extra }: FieldOptions,
  attributes: Readonly<Record<string, unknown>>,
): Field<Value> {
  return {
    inputType,
    type,
    coercion,
    attributes: {
      display_name: label,
      info: info ?? '',
      required: required ?? false,
      advanced: advanced ?? false,
      placeholder: placeholder ?? '',
      show: show ?? true,
      ...(accepts && { input_types: accepts }),
      ...(tool !== undefined && { tool_mode: tool }),
      ...(refresh && { real_time_refresh: true }),
      ...attributes,
      ...extra,
    },
  }
}

/** How a field that may hold several says so. */
export const listOf = (options: ListableOptions) => ({ list: options.list ?? false, list_add_label: 'Add More' })
/** The value is shown in traces. */
export const traced = { trace_as_input: true, trace_as_metadata: true }
/** What edges bring to fields of text. */
export const MESSAGE = ['Message'] as const
