import {
  type FieldOptions,
  type ListableOptions,
  listOf,
  type MaybeList,
  MESSAGE,
  makeField,
  traced,
} from './make-field.ts'
import type { Message } from './values.ts'

/** Fields of text: one line or several, a Message, a question, a secret, a prompt. */
export const textFields = {
  /** One line that a Message may feed. Gives a string. */
  text<const O extends ListableOptions & { readonly default?: string | readonly string[] }>(options: O) {
    return makeField<MaybeList<O, string>>(
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
  string<const O extends ListableOptions & { readonly default?: string }>(options: O) {
    return makeField<MaybeList<O, string>>('StrInput', 'str', 'text', options, {
      tool_mode: options.tool ?? false,
      trace_as_metadata: true,
      load_from_db: false,
      ...listOf(options),
      value: options.default ?? '',
    })
  },
  /** Several lines that a Message may feed. Gives a string. */
  multiline(options: ListableOptions & { readonly default?: string }) {
    return makeField<string>(
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
  message(options: FieldOptions) {
    return makeField<Message | undefined>(
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
  query(options: FieldOptions & { readonly default?: string }) {
    return makeField<string>(
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
  secret(options: FieldOptions & { readonly variable?: string }) {
    return makeField<string>(
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
  prompt(options: FieldOptions & { readonly default?: string }) {
    return makeField<string>('PromptInput', 'prompt', 'text', options, {
      tool_mode: options.tool ?? false,
      trace_as_input: true,
      list: false,
      list_add_label: 'Add More',
      value: options.default ?? '',
    })
  },
}
