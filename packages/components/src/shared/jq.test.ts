import { expect, test } from 'vitest'
import { runJq } from './jq.ts'

const shop = {
  name: 'Shop',
  items: [
    { id: 1, name: 'pen', price: 2, tags: ['a', 'b'] },
    { id: 2, name: 'ink', price: 10, tags: [] },
  ],
  'odd key': { deep: true },
}

test.each([
  ['.', [shop]],
  ['.name', ['Shop']],
  ['.missing', [null]],
  ['.items[0].name', ['pen']],
  ['.items[-1].id', [2]],
  ['.items[].name', ['pen', 'ink']],
  ['.items | length', [2]],
  ['."odd key".deep, .["odd key"]', [true, { deep: true }]],
  ['.items[1:] | .[0].id', [2]],
  ['[.items[] | select(.price > 5) | .name]', [['ink']]],
  [
    '.items | map({id, cost: .price * 2})',
    [
      [
        { id: 1, cost: 4 },
        { id: 2, cost: 20 },
      ],
    ],
  ],
  ['.items | map(.price) | add', [12]],
  ['.items | sort_by(-.price) | .[0].name', ['ink']],
  ['.items | group_by(.price > 5) | length', [2]],
  ['.items | max_by(.price).name', ['ink']],
  ['.items | any(.price == 2), all(.price == 2)', [true, false]],
  ['.name // "none", .missing // "none"', ['Shop', 'none']],
  ['.name | ascii_downcase | startswith("sh")', [true]],
  ['"\\(.name) has \\(.items | length) items"', ['Shop has 2 items']],
  ['if .items | length > 1 then "many" elif false then 0 else "few" end', ['many']],
  ['.items | map(.name) | join(", ")', ['pen, ink']],
  ['[.items[].tags | length]', [[2, 0]]],
  ['.items[0] | to_entries | map(.key)', [['id', 'name', 'price', 'tags']]],
  ['.items[0] | with_entries(select(.key == "id"))', [{ id: 1 }]],
  ['.items[0] | del(.tags, .price)', [{ id: 1, name: 'pen' }]],
  ['.name.x?', []],
  ['[.. | numbers]', [[1, 2, 2, 10]]],
  ['[[], [1]] | add', [[1]]],
  ['[] | add', [null]],
  ['reduce .items[] as $item (0; . + $item.price)', [12]],
  [
    '.name as $n | .items[] | {shop: $n, name}',
    [
      { shop: 'Shop', name: 'pen' },
      { shop: 'Shop', name: 'ink' },
    ],
  ],
  ['[range(3)]', [[0, 1, 2]]],
  ['.items | map(has("price")) | all', [true]],
  ['{a: 1} * {b: {c: 2}} + {a: 3}', [{ a: 3, b: { c: 2 } }]],
  ['.name | test("^S"), gsub("o"; "0")', [true, 'Sh0p']],
  ['[1, [2, [3]]] | flatten', [[1, 2, 3]]],
  ['# all\n.name', ['Shop']],
])('%s', (program, expected) => {
  expect(runJq(program, shop)).toEqual(expected)
})

test.each([
  ['.[', 'ends too early'],
  ['.name | | .x', 'is not expected'],
  ['nothing', 'nothing/0 is not defined'],
  ['.name[0]', 'string has no 0'],
  ['.items + 1', 'array + number cannot be computed'],
  ['$x', '$x is not defined'],
  ['.name & 1', 'cannot be read'],
  ['[range(10000000)]', 'does too much'],
  ['reduce range(40) as $i ([1]; . + .)', 'too much'],
  ['reduce range(40) as $i ("1"; . + .)', 'too much'],
  ['reduce range(40) as $i (1; [., .]) | tojson', 'makes too much'],
  ['1 / 0', 'divided by zero'],
  [`${'('.repeat(500)}.${')'.repeat(500)}`, 'nested too deeply'],
])('says what is wrong with %.30s', (program, why) => {
  expect(() => runJq(program, shop)).toThrow(`JSON Query error: `)
  expect(() => runJq(program, shop)).toThrow(why)
})

test('reads own entries alone', () => {
  expect(runJq('.constructor, .__proto__', {})).toEqual([null, null])
})
