import { expect, test } from 'vitest'
import { kindOf } from './field-kinds.ts'

test.each([
  [{ _input_type: 'StrInput', type: 'str', load_from_db: false }, 'text'],
  [{ _input_type: 'MultilineInput', type: 'str', multiline: true, copy_field: false }, 'multiline'],
  [{ _input_type: 'SecretStrInput', type: 'str', password: true }, 'text'],
  [{ _input_type: 'DropdownInput', type: 'str', options: [] }, 'dropdown'],
  [{ type: 'str', options: ['a'] }, 'dropdown'],
  [{ _input_type: 'MultiselectInput', type: 'str', list: true, options: ['a'] }, 'multiselect'],
  [{ _input_type: 'MessageTextInput', type: 'str', list: true }, 'list'],
  [{ type: 'str', multiline: true, value: 'BACKEND_URL' }, 'copy'],
  [{ type: 'mustache' }, 'prompt'],
  [{ type: 'float' }, 'number'],
  [{ type: 'somethingNew' }, 'unknown'],
  [{ type: 'other' }, undefined],
  [{ type: 'auth' }, undefined],
])('%j is edited as %s', (field, kind) => {
  expect(kindOf(field)).toBe(kind)
})
