import { field } from '@runnel/sdk'
import { COMPARISONS, TABLE_COMPARISONS } from './comparison.ts'

/** The settings of operations; each shows when its operation is chosen. The component declares which operation. */
const hidden = { show: false } as const

export const jsonOperations = [
  { name: 'Select Keys', icon: 'lasso-select' },
  { name: 'Literal Eval', icon: 'braces' },
  { name: 'Combine', icon: 'merge' },
  { name: 'Filter Values', icon: 'filter' },
  { name: 'Append or Update', icon: 'circle-plus' },
  { name: 'Remove Keys', icon: 'eraser' },
  { name: 'Rename Keys', icon: 'pencil-line' },
  { name: 'Path Selection', icon: 'mouse-pointer' },
  { name: 'JQ Expression', icon: 'terminal' },
] as const

export const tableOperations = [
  { name: 'Add Column', icon: 'plus' },
  { name: 'Concatenate', icon: 'combine' },
  { name: 'Drop Column', icon: 'minus' },
  { name: 'Filter', icon: 'filter' },
  { name: 'Head', icon: 'arrow-up' },
  { name: 'Merge', icon: 'merge' },
  { name: 'Rename Column', icon: 'pencil' },
  { name: 'Replace Value', icon: 'replace' },
  { name: 'Select Columns', icon: 'columns' },
  { name: 'Sort', icon: 'arrow-up-down' },
  { name: 'Tail', icon: 'arrow-down' },
  { name: 'Drop Duplicates', icon: 'copy-x' },
] as const

export const textOperations = [
  { name: 'Text to DataFrame', icon: 'table' },
  { name: 'Word Count', icon: 'hash' },
  { name: 'Case Conversion', icon: 'type' },
  { name: 'Text Replace', icon: 'replace' },
  { name: 'Text Extract', icon: 'search' },
  { name: 'Text Head', icon: 'chevron-left' },
  { name: 'Text Tail', icon: 'chevron-right' },
  { name: 'Text Strip', icon: 'minus' },
  { name: 'Text Join', icon: 'link' },
  { name: 'Text Clean', icon: 'sparkles' },
] as const

export const jsonFields = {
  select_keys_input: field.text({ label: 'Select Keys', info: 'The keys to keep.', list: true, ...hidden }),
  append_update_data: field.dict({
    label: 'Append or Update',
    info: 'Keys and values to set.',
    list: true,
    default: { key: 'value' },
    ...hidden,
  }),
  remove_keys_input: field.text({
    label: 'Remove Keys',
    info: 'The keys to take out, at all depths.',
    list: true,
    ...hidden,
  }),
  rename_keys_input: field.dict({
    label: 'Rename Keys',
    info: 'Old keys and new ones, at all depths.',
    list: true,
    default: { old_key: 'new_key' },
    ...hidden,
  }),
  mapped_json_display: field.multiline({
    label: 'JSON to Map',
    info: 'A sample, to choose a path from.',
    accepts: [],
    refresh: true,
    ...hidden,
  }),
  selected_key: field.dropdown({
    label: 'Select Path',
    info: 'The path to what is given, such as .items[0].name.',
    options: [],
    free: true,
    ...hidden,
  }),
  query: field.text({ label: 'JQ Expression', info: 'A jq program that makes the result.', ...hidden }),
}

/** What only the older component of JSON operations has. */
export const filterFields = {
  filter_key: field.text({ label: 'Filter Key', info: 'The key of the list to filter.', list: true, ...hidden }),
  operator: field.dropdown({
    label: 'Comparison Operator',
    info: 'How values are compared.',
    options: COMPARISONS,
    default: 'equals',
    ...hidden,
  }),
  filter_values: field.dict({
    label: 'Filter Values',
    info: 'Keys and the values they must have.',
    list: true,
    ...hidden,
  }),
}

export const tableFields = {
  column_name: field.string({ label: 'Column Name', info: 'The column the operation is about.', ...hidden }),
  filter_value: field.text({ label: 'Filter Value', info: 'What cells are compared with.', ...hidden }),
  filter_operator: field.dropdown({
    label: 'Filter Operator',
    info: 'How cells are compared.',
    options: TABLE_COMPARISONS,
    default: 'equals',
    ...hidden,
  }),
  ascending: field.bool({ label: 'Sort Ascending', info: 'The smallest first.', default: true, ...hidden }),
  new_column_name: field.string({
    label: 'New Column Name',
    info: 'The name of the new or renamed column.',
    ...hidden,
  }),
  new_column_value: field.text({ label: 'New Column Value', info: 'The value of its cells.', ...hidden }),
  columns_to_select: field.string({ label: 'Columns to Select', info: 'The columns to keep.', list: true, ...hidden }),
  num_rows: field.int({ label: 'Number of Rows', info: 'How many rows to keep.', default: 5, ...hidden }),
  replace_value: field.text({ label: 'Value to Replace', info: 'The whole cell that is replaced.', ...hidden }),
  replacement_value: field.text({ label: 'Replacement Value', info: 'What stands in its place.', ...hidden }),
  left_dataframe: field.dataFrame({ label: 'Left Table', info: 'The first table of a merge.', ...hidden }),
  right_dataframe: field.dataFrame({ label: 'Right Table', info: 'The second table of a merge.', ...hidden }),
  merge_on_column: field.string({ label: 'Merge On Column', info: 'The column both tables have.', ...hidden }),
  merge_how: field.dropdown({
    label: 'Merge Type',
    info: 'Which rows without a partner stay.',
    options: ['inner', 'outer', 'left', 'right'],
    default: 'inner',
    ...hidden,
  }),
}

export const textFields = {
  table_separator: field.string({ label: 'Table Separator', info: 'Stands between cells.', default: '|', ...hidden }),
  has_header: field.bool({ label: 'Has Header', info: 'The first line names the columns.', default: true, ...hidden }),
  count_words: field.bool({ label: 'Count Words', default: true, ...hidden }),
  count_characters: field.bool({ label: 'Count Characters', default: true, ...hidden }),
  count_lines: field.bool({ label: 'Count Lines', default: true, ...hidden }),
  case_type: field.dropdown({
    label: 'Case Type',
    options: ['uppercase', 'lowercase', 'title', 'capitalize', 'swapcase'],
    default: 'lowercase',
    ...hidden,
  }),
  use_regex: field.bool({ label: 'Use Regex', info: 'The pattern is a regular expression.', ...hidden }),
  search_pattern: field.string({ label: 'Search Pattern', info: 'What is replaced.', ...hidden }),
  replacement_text: field.string({ label: 'Replacement Text', info: 'What stands in its place.', ...hidden }),
  extract_pattern: field.string({ label: 'Extract Pattern', info: 'A regular expression.', ...hidden }),
  max_matches: field.int({ label: 'Max Matches', info: 'The most matches that are given.', default: 10, ...hidden }),
  head_characters: field.int({ label: 'Characters from Start', default: 100, ...hidden }),
  tail_characters: field.int({ label: 'Characters from End', default: 100, ...hidden }),
  strip_mode: field.dropdown({ label: 'Strip Mode', options: ['both', 'left', 'right'], default: 'both', ...hidden }),
  strip_characters: field.string({ label: 'Characters to Strip', info: 'White space unless given.', ...hidden }),
  text_input_2: field.multiline({ label: 'Second Text Input', info: 'Joined to the first.', ...hidden }),
  remove_extra_spaces: field.bool({ label: 'Remove Extra Spaces', default: true, ...hidden }),
  remove_special_chars: field.bool({ label: 'Remove Special Characters', ...hidden }),
  remove_empty_lines: field.bool({ label: 'Remove Empty Lines', ...hidden }),
}
