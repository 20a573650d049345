import type { Data, DataFrame, Message } from './values.ts'

/**
 * One input of a component. `Value` is what `run` gets; the rest is what Langflow writes into a template
 * (flow-format.md, sections 6 and 7).
 */
export interface Field<Value = unknown> {
  /** Langflow's class name, `MessageTextInput`. */
  readonly inputType: string
  /** Langflow's value type, `str`. */
  readonly type: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** How a literal or an edge's value is turned into `Value`; the engine has one function per coercion. */
  readonly coercion: Coercion
  /** Never set: carries the type. */
  readonly _value?: Value
}

/** flow-format.md, section 8.3. */
export type Coercion =
  | 'any'
  | 'text'
  | 'message'
  | 'int'
  | 'float'
  | 'bool'
  | 'tab'
  | 'choices'
  | 'object'
  | 'table'
  | 'data'
  | 'dataframe'
  | 'file'
  | 'model'

export type Fields = Readonly<Record<string, Field>>
export type InputsOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer Value> ? Value : never }

interface Common {
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
interface Listable extends Common {
  readonly list?: boolean
}
type MaybeList<O, One> = O extends { readonly list: true } ? readonly One[] : One

function make<Value>(
  inputType: string,
  type: string,
  coercion: Coercion,
  { label, info, required, advanced, placeholder, show, accepts, tool, refresh, extra }: Common,
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

const listOf = (options: Listable) => ({ list: options.list ?? false, list_add_label: 'Add More' })
const traced = { trace_as_input: true, trace_as_metadata: true }
const MESSAGE = ['Message'] as const

/** Builders of the input kinds. The name is ours, the wire form Langflow's. */
export const field = {
  /** One line that a Message may feed. Gives a string. */
  text<const O extends Listable & { readonly default?: string | readonly string[] }>(options: O) {
    return make<MaybeList<O, string>>(
      'MessageTextInput',
      'str',
      'text',
      { accepts: MESSAGE, ...options },
      {
        tool_mode: false,
        ...traced,
        load_from_db: false,
        ...listOf(options),
        value: options.default ?? (options.list ? [] : ''),
        ...(options.tool !== undefined && { tool_mode: options.tool }),
      },
    )
  },
  /** A plain string without a handle. */
  string<const O extends Listable & { readonly default?: string }>(options: O) {
    return make<MaybeList<O, string>>('StrInput', 'str', 'text', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      load_from_db: false,
      ...listOf(options),
      value: options.default ?? '',
    })
  },
  /** Several lines that a Message may feed. Gives a string. */
  multiline(options: Listable & { readonly default?: string }) {
    return make<string>(
      'MultilineInput',
      'str',
      'text',
      { accepts: MESSAGE, ...options },
      {
        tool_mode: options.tool ?? false,
        multiline: true,
        ai_enabled: false,
        copy_field: false,
        password: false,
        ...traced,
        load_from_db: false,
        ...listOf(options),
        value: options.default ?? '',
      },
    )
  },
  /** A Message; text becomes one. */
  message(options: Common) {
    return make<Message | undefined>(
      'MessageInput',
      'str',
      'message',
      { accepts: MESSAGE, ...options },
      {
        tool_mode: options.tool ?? false,
        ...traced,
        load_from_db: false,
        list: false,
        list_add_label: 'Add More',
        value: '',
      },
    )
  },
  /** What to look for, which a Message may bring. Gives a string. */
  query(options: Common & { readonly default?: string }) {
    return make<string>(
      'QueryInput',
      'query',
      'text',
      { accepts: MESSAGE, placeholder: 'Enter a query...', ...options },
      {
        tool_mode: options.tool ?? false,
        ...traced,
        load_from_db: false,
        list: false,
        list_add_label: 'Add More',
        value: options.default ?? '',
      },
    )
  },
  /** A secret. `variable` is the global variable it is read from unless the user types a value. */
  secret(options: Common & { readonly variable?: string }) {
    return make<string>(
      'SecretStrInput',
      'str',
      'text',
      { accepts: [], ...options },
      {
        password: true,
        load_from_db: true,
        value: options.variable ?? '',
      },
    )
  },
  /** A prompt template whose `{variables}` become fields. */
  prompt(options: Common & { readonly default?: string }) {
    return make<string>('PromptInput', 'prompt', 'text', options, {
      tool_mode: options.tool ?? false,
      trace_as_input: true,
      list: false,
      list_add_label: 'Add More',
      value: options.default ?? '',
    })
  },
  int<const O extends Common & { readonly default?: number; readonly range?: Readonly<Record<string, unknown>> }>(
    options: O,
  ) {
    return make<O extends { readonly default: number } ? number : number | undefined>(
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
  float<const O extends Common & { readonly default?: number }>(options: O) {
    return make<O extends { readonly default: number } ? number : number | undefined>(
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
    options: Common & {
      readonly default: number
      readonly min: number
      readonly max: number
      readonly step: number
      readonly minLabel?: string
      readonly maxLabel?: string
    },
  ) {
    return make<number>('SliderInput', 'slider', 'float', options, {
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
  bool(options: Common & { readonly default?: boolean }) {
    return make<boolean>('BoolInput', 'bool', 'bool', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      list: false,
      list_add_label: 'Add More',
      value: options.default ?? false,
    })
  },
  /** One of `options`; with `free`, any text. */
  dropdown<
    const Options extends readonly string[],
    const O extends Common & { readonly options: Options; readonly default?: string; readonly free?: boolean },
  >(options: O & { readonly options: Options }) {
    return make<O extends { readonly free: true } ? string : Options[number]>('DropdownInput', 'str', 'any', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      options: options.options,
      options_metadata: [],
      combobox: options.free ?? false,
      dialog_inputs: {},
      external_options: {},
      toggle: false,
      value: options.default ?? '',
    })
  },
  /** One of at most three `options`, shown side by side. */
  tab<const Options extends readonly string[]>(
    options: Common & { readonly options: Options; readonly default: Options[number] },
  ) {
    return make<Options[number]>('TabInput', 'tab', 'tab', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      options: options.options,
      value: options.default,
    })
  },
  /** Several of `options`. */
  multiselect(options: Common & { readonly options: readonly string[]; readonly default?: readonly string[] }) {
    return make<readonly string[]>('MultiselectInput', 'str', 'choices', options, {
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
    options: Common & {
      readonly options: readonly { readonly name: string; readonly icon: string }[]
      readonly limit?: number
      readonly default?: readonly string[]
    },
  ) {
    return make<unknown>('SortableListInput', 'sortableList', 'any', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      helper_text: null,
      search_category: [],
      options: options.options,
      limit: options.limit ?? null,
      value: options.options.filter(({ name }) => options.default?.includes(name)),
    })
  },
  /** Names and values, edited as text. */
  dict(options: Listable & { readonly default?: Readonly<Record<string, unknown>> }) {
    return make<Readonly<Record<string, unknown>>>('DictInput', 'dict', 'object', options, {
      tool_mode: options.tool ?? false,
      trace_as_input: true,
      ...listOf(options),
      value: options.default ?? {},
    })
  },
  /** Any JSON object. */
  nestedDict(options: Common & { readonly default?: Readonly<Record<string, unknown>> }) {
    return make<Readonly<Record<string, unknown>>>('NestedDictInput', 'NestedDict', 'object', options, {
      tool_mode: options.tool ?? false,
      ...traced,
      list: false,
      list_add_label: 'Add More',
      value: options.default ?? {},
    })
  },
  /** Rows of a table with a fixed schema. */
  table(
    options: Common & {
      readonly columns: readonly Readonly<Record<string, unknown>>[]
      readonly default?: readonly Readonly<Record<string, unknown>>[]
    },
  ) {
    return make<readonly Readonly<Record<string, unknown>>[]>(
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
  files(options: Common & { readonly fileTypes?: readonly string[]; readonly temporary?: boolean }) {
    return make<readonly string[]>('FileInput', 'file', 'file', options, {
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
  /** Whatever an edge of the accepted types brings. */
  handle<const O extends Listable & { readonly accepts: readonly string[] }>(options: O) {
    return make<O extends { readonly list: true } ? readonly unknown[] : unknown>(
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
  data<const O extends Listable>(options: O) {
    return make<O extends { readonly list: true } ? readonly Data[] : Data | undefined>(
      'DataInput',
      'other',
      'data',
      { accepts: ['Data', 'JSON'], ...options },
      { tool_mode: options.tool ?? false, ...traced, ...listOf(options), value: '' },
    )
  },
  dataFrame(options: Common) {
    return make<DataFrame | undefined>(
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
  /** An MCP server: its name, alone or with how it is reached. */
  mcp(options: Common) {
    return make<unknown>('McpInput', 'mcp', 'any', options, {
      tool_mode: false,
      trace_as_metadata: true,
      value: {},
    })
  },
  /** A model chosen by provider and name, or brought by an edge (langflow-1.13-components.md, 1.5). */
  model(options: Common & { readonly modelType: 'language' | 'embedding'; readonly toolCalling?: boolean }) {
    return make<unknown>(
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
