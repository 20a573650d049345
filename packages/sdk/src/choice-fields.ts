import { type FieldOptions, makeField } from './make-field.ts'

/** Fields in which something is chosen: of a list, a server, a model. */
export const choiceFields = {
  /** One of `options`; with `free`, any text. */
  dropdown<
    const Options extends readonly string[],
    const O extends FieldOptions & { readonly options: Options; readonly default?: string; readonly free?: boolean },
  >(options: O & { readonly options: Options }) {
    return makeField<O extends { readonly free: true } ? string : Options[number]>(
      'DropdownInput',
      'str',
      'any',
      options,
      {
        tool_mode: options.tool ?? false,
        trace_as_metadata: true,
        options: options.options,
        options_metadata: [],
        combobox: options.free ?? false,
        dialog_inputs: {},
        external_options: {},
        toggle: false,
        value: options.default ?? '',
      },
    )
  },
  /** One of at most three `options`, shown side by side. */
  tab<const Options extends readonly string[]>(
    options: FieldOptions & { readonly options: Options; readonly default: Options[number] },
  ) {
    return makeField<Options[number]>('TabInput', 'tab', 'tab', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      options: options.options,
      value: options.default,
    })
  },
  /** Several of `options`. */
  multiselect(options: FieldOptions & { readonly options: readonly string[]; readonly default?: readonly string[] }) {
    return makeField<readonly string[]>('MultiselectInput', 'str', 'choices', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      options: options.options,
      combobox: false,
      list: true,
      list_add_label: 'Add More',
      value: options.default ?? [],
    })
  },
  /** Some of `options`, in an order; with `limit` 1, one of them. Gives what was chosen as rows with a `name`. */
  sortable(
    options: FieldOptions & {
      readonly options: readonly { readonly name: string; readonly icon: string }[]
      readonly limit?: number
      readonly default?: readonly string[]
    },
  ) {
    return makeField<unknown>('SortableListInput', 'sortableList', 'any', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      helper_text: null,
      search_category: [],
      options: options.options,
      limit: options.limit ?? null,
      value: options.options.filter(({ name }) => options.default?.includes(name)),
    })
  },
  /** How the component's account elsewhere stands: nothing to fill in, but what the editor asks by. See `account`. */
  account(options: { readonly label: string; readonly dependsOn: readonly string[] }) {
    return makeField<unknown>(
      'AuthInput',
      'auth',
      'any',
      { label: options.label, show: false },
      {
        tool_mode: false,
        trace_as_metadata: true,
        auth_tooltip: '',
        depends_on: options.dependsOn,
        value: '',
      },
    )
  },
  /** An MCP server: its name, alone or with how it is reached. */
  mcp(options: FieldOptions) {
    return makeField<unknown>('McpInput', 'mcp', 'any', options, {
      tool_mode: false,
      trace_as_metadata: true,
      value: {},
    })
  },
  /** A model chosen by provider and name, or brought by an edge. */
  model(options: FieldOptions & { readonly modelType: 'language' | 'embedding'; readonly toolCalling?: boolean }) {
    return makeField<unknown>(
      'ModelInput',
      'model',
      'model',
      { accepts: [options.modelType === 'language' ? 'LanguageModel' : 'Embeddings'], ...options },
      {
        model_type: options.modelType,
        options: [],
        list: false,
        list_add_label: 'Add More',
        ...(options.toolCalling && { filters: { tool_calling: true } }),
        value: '',
      },
    )
  },
}
