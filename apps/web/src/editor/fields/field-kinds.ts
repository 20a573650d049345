import { lazily } from '../../ui/lazily.ts'
import type { TemplateField } from '../model/flow-document.ts'
import { BooleanField } from './boolean-field.tsx'
import { ConnectionField } from './connection-field.tsx'
import { CopyField } from './copy-field.tsx'
import { DictionaryField } from './dictionary-field.tsx'
import { DropdownField } from './dropdown-field.tsx'
import type { FieldWidget } from './field-widget.ts'
import { FileField } from './file-field.tsx'
import { JsonView } from './json-view.tsx'
import { LinkField } from './link-field.tsx'
import { ListField } from './list-field.tsx'
import { McpField } from './mcp-field.tsx'
import { ModelField } from './model-field.tsx'
import { MultilineField } from './multiline-field.tsx'
import { MultiselectField } from './multiselect-field.tsx'
import { NumberField } from './number-field.tsx'
import { PromptField } from './prompt-field.tsx'
import { SliderField } from './slider-field.tsx'
import { SortableListField } from './sortable-list-field.tsx'
import { TabField } from './tab-field.tsx'
import { TableField } from './table-field.tsx'
import { TextField } from './text-field.tsx'
import { ToolsField } from './tools-field.tsx'

/** The kinds of field, by how they are edited. */
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

/** One row per kind. They come with the node, except for rare ones and editors of code, which are large. */
const WIDGETS: Readonly<Record<FieldKind, FieldWidget>> = {
  text: TextField,
  multiline: MultilineField,
  number: NumberField,
  boolean: BooleanField,
  dropdown: DropdownField,
  model: ModelField,
  prompt: PromptField,
  tab: TabField,
  list: ListField,
  multiselect: MultiselectField,
  slider: SliderField,
  dictionary: DictionaryField,
  table: TableField,
  file: FileField,
  link: LinkField,
  sortableList: SortableListField,
  connection: ConnectionField,
  tools: ToolsField,
  mcp: McpField,
  copy: CopyField,
  unknown: JsonView,
  code: lazily(async () => (await import('./code-field.tsx')).CodeField),
  nestedDictionary: lazily(async () => (await import('./nested-dictionary-field.tsx')).NestedDictionaryField),
  duration: lazily(async () => (await import('./duration-field.tsx')).DurationField),
  actionPicker: lazily(async () => (await import('./action-picker-field.tsx')).ActionPickerField),
  connectionRef: lazily(async () => (await import('./connection-ref-field.tsx')).ConnectionRefField),
  dataDisplay: lazily(async () => (await import('./data-display-field.tsx')).DataDisplayField),
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

/** The widget of a field; unknown kinds are shown as they are. */
export function widgetOf(field: TemplateField): FieldWidget | undefined {
  const kind = kindOf(field)
  return kind && WIDGETS[kind]
}
