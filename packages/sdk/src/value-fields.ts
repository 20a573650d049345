import { type FieldOptions, type ListableOptions, listOf, makeField, traced } from './make-field.ts'

/** Fields of values that are typed into a node: numbers, truth, objects, tables, files. */
export const valueFields = {
  int<const O extends FieldOptions & { readonly default?: number; readonly range?: Readonly<Record<string, unknown>> }>(
    options: O,
  ) {
    return makeField<O extends { readonly default: number } ? number : number | undefined>(
      'IntInput',
      'int',
      'int',
      options,
      {
        tool_mode: options.tool ?? false,
        trace_as_metadata: true,
        list: false,
        list_add_label: 'Add More',
        ...(options.range && { range_spec: options.range }),
        value: options.default ?? '',
      },
    )
  },
  float<const O extends FieldOptions & { readonly default?: number }>(options: O) {
    return makeField<O extends { readonly default: number } ? number : number | undefined>(
      'FloatInput',
      'float',
      'float',
      options,
      {
        tool_mode: options.tool ?? false,
        trace_as_metadata: true,
        list: false,
        list_add_label: 'Add More',
        value: options.default ?? '',
      },
    )
  },
  slider(
    options: FieldOptions & {
      readonly default: number
      readonly min: number
      readonly max: number
      readonly step: number
      readonly minLabel?: string
      readonly maxLabel?: string
    },
  ) {
    return makeField<number>('SliderInput', 'slider', 'float', options, {
      tool_mode: options.tool ?? false,
      range_spec: { step_type: 'float', min: options.min, max: options.max, step: options.step },
      min_label: options.minLabel ?? '',
      max_label: options.maxLabel ?? '',
      min_label_icon: '',
      max_label_icon: '',
      slider_buttons: false,
      slider_buttons_options: [],
      slider_input: false,
      slider_color: '',
      value_inverted: false,
      value: options.default,
    })
  },
  bool(options: FieldOptions & { readonly default?: boolean }) {
    return makeField<boolean>('BoolInput', 'bool', 'bool', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      list: false,
      list_add_label: 'Add More',
      value: options.default ?? false,
    })
  },
  /** Names and values, edited as text. */
  dict(options: ListableOptions & { readonly default?: Readonly<Record<string, unknown>> }) {
    return makeField<Readonly<Record<string, unknown>>>('DictInput', 'dict', 'object', options, {
      tool_mode: options.tool ?? false,
      trace_as_input: true,
      ...listOf(options),
      value: options.default ?? {},
    })
  },
  /** Any JSON object. */
  nestedDict(options: FieldOptions & { readonly default?: Readonly<Record<string, unknown>> }) {
    return makeField<Readonly<Record<string, unknown>>>('NestedDictInput', 'NestedDict', 'object', options, {
      tool_mode: options.tool ?? false,
      ...traced,
      list: false,
      list_add_label: 'Add More',
      value: options.default ?? {},
    })
  },
  /** Rows of a table with a fixed schema. */
  table(
    options: FieldOptions & {
      readonly columns: readonly Readonly<Record<string, unknown>>[]
      readonly default?: readonly Readonly<Record<string, unknown>>[]
    },
  ) {
    return makeField<readonly Readonly<Record<string, unknown>>[]>(
      'TableInput',
      'table',
      'table',
      { accepts: ['DataFrame', 'Table'], ...options },
      {
        tool_mode: options.tool ?? false,
        trace_as_metadata: true,
        table_schema: options.columns,
        table_icon: 'Table',
        trigger_icon: 'Table',
        trigger_text: 'Open table',
        list: true,
        is_list: true,
        list_add_label: 'Add More',
        value: options.default ?? [],
      },
    )
  },
  /** Stored files, as paths. */
  files(options: FieldOptions & { readonly fileTypes?: readonly string[]; readonly temporary?: boolean }) {
    return makeField<readonly string[]>('FileInput', 'file', 'file', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      fileTypes: options.fileTypes ?? [],
      file_path: '',
      temp_file: options.temporary ?? false,
      list: true,
      list_add_label: 'Add More',
      value: '',
    })
  },
}
