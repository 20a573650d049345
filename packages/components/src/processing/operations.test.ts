import { data, dataFrame } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { dataFrameOperations } from './data-frame-operations.ts'
import { dataOperations } from './data-operations.ts'
import { operations } from './operations.ts'
import { textOperations } from './text-operations.ts'

const named = (name: string) => [{ name, icon: '' }]

describe('of text', () => {
  test.each([
    ['Case Conversion', { case_type: 'title' }, 'two WORDS', 'Two Words'],
    ['Case Conversion', { case_type: 'swapcase' }, 'aB1', 'Ab1'],
    ['Text Replace', { search_pattern: 'a.', replacement_text: '$1' }, 'a.ab', '$1ab'],
    ['Text Replace', { search_pattern: '(a)b', replacement_text: '\\1-$', use_regex: true }, 'abab', 'a-$a-$'],
    ['Text Replace', { search_pattern: '(', replacement_text: 'x', use_regex: true }, 'a(b', 'a(b'],
    ['Text Extract', { extract_pattern: '\\d+', max_matches: 2 }, 'a1b22c333', '1\n22'],
    ['Text Head', { head_characters: 3 }, 'abcdef', 'abc'],
    ['Text Tail', { tail_characters: 2 }, 'abcdef', 'ef'],
    ['Text Strip', { strip_mode: 'left', strip_characters: 'x' }, 'xxaxx', 'axx'],
    ['Text Join', { text_input_2: 'b' }, 'a', 'a\nb'],
    ['Text Clean', { remove_special_chars: true, remove_empty_lines: true }, ' a   b#\n\nc', 'a b\nc'],
  ])('%s with %j', async (name, settings, text_input, text) => {
    const inputs = { text_input, operation: named(name), ...settings }
    const whole = await runComponent(operations, { input_type: 'Text', ...inputs }, { outputs: ['message_output'] })
    expect(whole.message_output).toMatchObject({ text })
    const old = await runComponent(textOperations, inputs, { outputs: ['message'] })
    expect(old.message).toMatchObject({ text })
  })

  test('counts words, characters and lines', async () => {
    const inputs = { text_input: 'One two\n\ntwo', operation: named('Word Count') }
    const { data_output } = await runComponent(operations, inputs, { outputs: ['data_output'] })
    expect(data_output).toMatchObject({
      data: {
        word_count: 3,
        unique_words: 2,
        character_count: 12,
        character_count_no_spaces: 11,
        line_count: 3,
        non_empty_lines: 2,
      },
    })
  })

  test('reads a table', async () => {
    const inputs = { text_input: '| a | b |\n|---|:-:|\n| x | 1 |\n| y | 2.5 |', operation: named('Text to DataFrame') }
    const { dataframe_output } = await runComponent(operations, inputs, { outputs: ['dataframe_output'] })
    expect(dataframe_output).toMatchObject({
      rows: [
        { a: 'x', b: 1 },
        { a: 'y', b: 2.5 },
      ],
    })
  })

  test.each([
    ['Text Head', { head_characters: -1 }, 'cannot be below 0'],
    ['Text Extract', { extract_pattern: '(' }, 'Invalid regex pattern'],
    ['Text to DataFrame', { text_input: 'a|b\n1' }, 'Header mismatch: 2 column(s) in header vs 1 column(s) in data'],
    ['Text Wash', {}, 'Unsupported operation: Text Wash'],
  ])('%s with %j fails', async (name, settings, why) => {
    const inputs = { text_input: 'x', operation: named(name), ...settings }
    await expect(runComponent(operations, inputs)).rejects.toThrow(why)
  })
})

describe('of JSON', () => {
  const shop = data({
    name: 'Shop',
    items: [
      { id: 1, kind: 'pen' },
      { id: 2, kind: 'ink' },
    ],
    count: "['1', 2]",
  })

  test.each([
    ['Select Keys', { select_keys_input: ['name'] }, { name: 'Shop' }],
    [
      'Remove Keys',
      { remove_keys_input: ['id', 'count'] },
      { name: 'Shop', items: [{ kind: 'pen' }, { kind: 'ink' }] },
    ],
    [
      'Rename Keys',
      { rename_keys_input: { id: 'number', name: 'title', count: 'n' } },
      {
        title: 'Shop',
        items: [
          { number: 1, kind: 'pen' },
          { number: 2, kind: 'ink' },
        ],
        n: "['1', 2]",
      },
    ],
    ['Append or Update', { append_update_data: { name: 'New' } }, { ...shop.data, name: 'New' }],
    ['Literal Eval', {}, { ...shop.data, count: ['1', 2] }],
    ['Path Selection', { selected_key: '.items[1]' }, { id: 2, kind: 'ink' }],
    ['Path Selection', { selected_key: '.name' }, { result: 'Shop' }],
    ['JQ Expression', { query: '{n: (.items | length)}' }, { n: 2 }],
  ])('%s with %j', async (name, settings, expected) => {
    const whole = { input_type: 'JSON', data: [shop], operation: named(name), ...settings }
    const run = await runComponent(operations, whole, { outputs: ['data_output'] })
    expect(run.data_output).toMatchObject({ kind: 'data', data: expected })
    const old = await runComponent(dataOperations, { data: [shop], operations: named(name), ...settings })
    expect(old.data_output).toEqual(run.data_output)
  })

  test('filters lists by what their items hold', async () => {
    const settings = { filter_key: ['items'], operator: 'contains', filter_values: { kind: 'n', id: '2' } }
    const run = await runComponent(dataOperations, { data: [shop], operations: named('Filter Values'), ...settings })
    expect(run.data_output).toMatchObject({ data: { items: [{ id: 2, kind: 'ink' }] } })
  })

  test('combines objects', async () => {
    const given = [data({ a: 1, b: 'x' }), data({ a: 2 }), data({ a: [3] })]
    const run = await runComponent(dataOperations, { data: given, operations: named('Combine') })
    expect(run.data_output).toMatchObject({ data: { a: [1, 2, 3], b: 'x' } })
  })

  test('gives nothing without an operation, and a list for several results', async () => {
    const none = await runComponent(dataOperations, { data: [shop], operations: [] })
    expect(none.data_output).toMatchObject({ data: {} })
    const several = await runComponent(dataOperations, {
      data: [shop],
      operations: named('JQ Expression'),
      query: '.items[].id',
    })
    expect(several.data_output).toMatchObject([{ data: { result: 1 } }, { data: { result: 2 } }])
  })

  test.each([
    ['Select Keys', { select_keys_input: ['x'] }, "Available keys: ['name', 'items', 'count']"],
    ['JQ Expression', { query: '.nothing' }, 'the query gives nothing'],
    ['JQ Expression', { query: '.[' }, 'JSON Query error'],
    ['Filter Values', { filter_key: ['name'] }, "list of objects under the key 'name'"],
    ['Remove Keys', { data: [shop, shop] }, 'not supported for multiple data objects'],
  ])('%s with %j fails', async (name, settings, why) => {
    const inputs = { data: [shop], operations: named(name), ...settings }
    await expect(runComponent(dataOperations, inputs)).rejects.toThrow(why)
  })
})

describe('of tables', () => {
  const table = dataFrame([
    { name: 'Ann', age: 41 },
    { name: 'Bob', age: 9 },
    { name: 'Cid', age: null },
    { name: 'Ann', age: 7 },
  ])
  const names = (rows: unknown) => (rows as readonly { readonly name: string }[]).map(({ name }) => name).join(' ')

  test.each([
    ['Filter', { column_name: 'age', filter_operator: 'greater than', filter_value: '8' }, 'Ann Bob'],
    ['Filter', { column_name: 'age', filter_value: '9' }, 'Bob'],
    ['Filter', { column_name: 'name', filter_operator: 'not contains', filter_value: 'n' }, 'Bob Cid'],
    ['Head', { num_rows: 2 }, 'Ann Bob'],
    ['Tail', { num_rows: 1 }, 'Ann'],
    ['Sort', { column_name: 'age' }, 'Ann Bob Ann Cid'],
    ['Drop Duplicates', { column_name: 'name' }, 'Ann Bob Cid'],
    ['Replace Value', { column_name: 'name', replace_value: 'Ann', replacement_value: 'Eva' }, 'Eva Bob Cid Eva'],
    ['Concatenate', { df: [table, table] }, 'Ann Bob Cid Ann Ann Bob Cid Ann'],
  ])('%s with %j', async (name, settings, expected) => {
    const run = await runComponent(dataFrameOperations, { df: [table], operation: named(name), ...settings })
    expect(names((run.output as typeof table).rows)).toBe(expected)
    const whole = { input_type: 'Table', df: [table], operation: named(name), ...settings }
    const all = await runComponent(operations, whole, { outputs: ['dataframe_output'] })
    expect(all.dataframe_output).toEqual(run.output)
  })

  test.each([
    ['Add Column', { new_column_name: 'city', new_column_value: 'Rome' }, ['name', 'age', 'city']],
    ['Drop Column', { column_name: 'age' }, ['name']],
    ['Rename Column', { column_name: 'age', new_column_name: 'years' }, ['name', 'years']],
    ['Select Columns', { columns_to_select: ['age', ' name '] }, ['age', 'name']],
  ])('%s with %j', async (name, settings, columns) => {
    const run = await runComponent(dataFrameOperations, { df: table, operation: named(name), ...settings })
    expect(run.output).toMatchObject({ columns, rows: { length: 4 } })
  })

  test.each([
    ['inner', [{ id: 2, a: 'x', b: 'y', both: 'left' }]],
    ['left', [{ id: 1, a: 'w', b: null, both: null }, { id: 2 }]],
    ['right', [{ id: 2 }, { id: 3, a: null, b: 'z', both: 'right' }]],
    ['outer', [{ id: 1 }, { id: 2 }, { id: 3 }]],
  ])('merges tables, %s', async (merge_how, rows) => {
    const left_dataframe = dataFrame([
      { id: 1, a: 'w' },
      { id: 2, a: 'x', both: 'left' },
    ])
    const right_dataframe = dataFrame([
      { id: 2, b: 'y', both: 'right' },
      { id: 3, b: 'z', both: 'right' },
    ])
    const settings = { left_dataframe, right_dataframe, merge_on_column: 'id', merge_how }
    const run = await runComponent(dataFrameOperations, { df: [], operation: named('Merge'), ...settings })
    expect(run.output).toMatchObject({ rows })
  })

  test('leaves the table alone without an operation, and refuses columns it lacks', async () => {
    const none = await runComponent(dataFrameOperations, { df: [table], operation: [] })
    expect(none.output).toEqual(table)
    const inputs = { df: [table], operation: named('Sort'), column_name: 'x' }
    await expect(runComponent(dataFrameOperations, inputs)).rejects.toThrow("Column 'x' not found. Columns: name, age.")
  })
})
