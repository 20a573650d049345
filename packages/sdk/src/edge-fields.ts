import { type FieldOptions, type ListableOptions, listOf, makeField, traced } from './make-field.ts'
import type { Data, DataFrame } from './values.ts'

/** Fields that edges fill alone. */
export const edgeFields = {
  /** Whatever an edge of the accepted types brings. */
  handle<const O extends ListableOptions & { readonly accepts: readonly string[] }>(options: O) {
    return makeField<O extends { readonly list: true } ? readonly unknown[] : unknown>(
      'HandleInput',
      'other',
      'any',
      options,
      {
        trace_as_metadata: true,
        ...listOf(options),
        value: '',
      },
    )
  },
  data<const O extends ListableOptions>(options: O) {
    return makeField<O extends { readonly list: true } ? readonly Data[] : Data | undefined>(
      'DataInput',
      'other',
      'data',
      { accepts: ['Data', 'JSON'], ...options },
      { tool_mode: options.tool ?? false, ...traced, ...listOf(options), value: '' },
    )
  },
  dataFrame(options: FieldOptions) {
    return makeField<DataFrame | undefined>(
      'DataFrameInput',
      'other',
      'dataframe',
      { accepts: ['DataFrame', 'Table'], ...options },
      {
        tool_mode: options.tool ?? false,
        ...traced,
        list: false,
        list_add_label: 'Add More',
        value: '',
      },
    )
  },
}
