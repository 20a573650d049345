import { lazily } from '../../ui/lazily.ts'
import type { TemplateField } from '../model/flow-document.ts'
import { BooleanField } from './boolean-field.tsx'
import { DropdownField } from './dropdown-field.tsx'
import type { FieldWidget } from './field-widget.ts'
import { MultilineField } from './multiline-field.tsx'
import { NumberField } from './number-field.tsx'
import { TextField } from './text-field.tsx'

/** The kinds of field, by how they are edited (ui.md 2.7). */
export type FieldKind =
  | 'text'
  | 'multiline'
  | 'number'
  | 'boolean'
  | 'dropdown'
  | 'list'
  | 'multiselect'
  | 'slider'
  | 'tab'
  | 'code'
  | 'prompt'
  | 'dictionary'
  | 'nestedDictionary'
  | 'table'
  | 'file'
  | 'link'
  | 'sortableList'
  | 'connection'
  | 'tools'
  | 'mcp'
  | 'model'
  | 'copy'
  | 'duration'
  | 'actionPicker'
  | 'connectionRef'
  | 'dataDisplay'
  | 'unknown'

/** One row per kind. The four most fields are of come with the node; the others when one is first shown. */
const WIDGETS: Readonly<Record<FieldKind, FieldWidget>> = {
  text: TextField,
  multiline: MultilineField,
  number: NumberField,
  boolean: BooleanField,
  dropdown: DropdownField,
  list: lazily(async () => (await import('./list-field.tsx')).ListField),
  multiselect: lazily(async () => (await import('./multiselect-field.tsx')).MultiselectField),
  slider: lazily(async () => (await import('./slider-field.tsx')).SliderField),
  tab: lazily(async () => (await import('./tab-field.tsx')).TabField),
  code: lazily(async () => (await import('./code-field.tsx')).CodeField),
  prompt: lazily(async () => (await import('./prompt-field.tsx')).PromptField),
  dictionary: lazily(async () => (await import('./dictionary-field.tsx')).DictionaryField),
  nestedDictionary: lazily(async () => (await import('./nested-dictionary-field.tsx')).NestedDictionaryField),
  table: lazily(async () => (await import('./table-field.tsx')).TableField),
  file: lazily(async () => (await import('./file-field.tsx')).FileField),
  link: lazily(async () => (await import('./link-field.tsx')).LinkField),
  sortableList: lazily(async () => (await import('./sortable-list-field.tsx')).SortableListField),
  connection: lazily(async () => (await import('./connection-field.tsx')).ConnectionField),
  tools: lazily(async () => (await import('./tools-field.tsx')).ToolsField),
  mcp: lazily(async () => (await import('./mcp-field.tsx')).McpField),
  model: lazily(async () => (await import('./model-field.tsx')).ModelField),
  copy: lazily(async () => (await import('./copy-field.tsx')).CopyField),
  duration: lazily(async () => (await import('./duration-field.tsx')).DurationField),
  actionPicker: lazily(async () => (await import('./action-picker-field.tsx')).ActionPickerField),
  connectionRef: lazily(async () => (await import('./connection-ref-field.tsx')).ConnectionRefField),
  dataDisplay: lazily(async () => (await import('./data-display-field.tsx')).DataDisplayField),
  unknown: lazily(async () => (await import('./json-view.tsx')).JsonView),
}

const BY_TYPE: Readonly<Record<string, FieldKind>> = {
  bool: 'boolean',
  int: 'number',
  float: 'number',
  slider: 'slider',
  tab: 'tab',
  code: 'code',
  prompt: 'prompt',
  mustache: 'prompt',
  dict: 'dictionary',
  NestedDict: 'nestedDictionary',
  table: 'table',
  file: 'file',
  link: 'link',
  query: 'text',
  sortableList: 'sortableList',
  connect: 'connection',
  tools: 'tools',
  mcp: 'mcp',
  model: 'model',
  duration: 'duration',
  actionPicker: 'actionPicker',
  connection_ref: 'connectionRef',
  data_display: 'dataDisplay',
}

/** What the server puts in place of the flow's own address. */
const PLACEHOLDERS: readonly unknown[] = ['BACKEND_URL', 'CURL_WEBHOOK', 'MCP_SSE']

/**
 * The kind of a field by its input class, else by what it stores. Undefined for a field that only takes edges, or only
 * tells the editor something.
 */
export function kindOf(field: TemplateField): FieldKind | undefined {
  const { type = 'str', _input_type: input } = field
  if (type === 'other' || type === 'auth') return undefined
  if (type !== 'str') return BY_TYPE[type] ?? 'unknown'
  if (PLACEHOLDERS.includes(field.value) || (field.copy_field === true && input !== 'StrInput')) return 'copy'
  if (input === 'MultiselectInput' || (field.options && field.list)) return 'multiselect'
  if (input === 'DropdownInput' || (field.options && field.options.length > 0)) return 'dropdown'
  if (field.list) return 'list'
  return field.multiline ? 'multiline' : 'text'
}

/** The widget of a field; unknown kinds are shown as they are (W-59). */
export function widgetOf(field: TemplateField): FieldWidget | undefined {
  const kind = kindOf(field)
  return kind && WIDGETS[kind]
}
