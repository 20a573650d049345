import { expect, test } from 'vitest'
import { hasFormula, markFormulas } from './math.ts'
import { closeUnfinished } from './unfinished.ts'

test.each([
  ['```js\nlet a', '```js\nlet a\n```'],
  ['```js\nlet a\n', '```js\nlet a\n```'],
  ['~~~~\n```\nin it', '~~~~\n```\nin it\n~~~~'],
  ['```\na\n```\nThen **bol', '```\na\n```\nThen **bol**'],
  ['so **', 'so '],
  ['see [the doc', 'see the doc'],
  ['see [the doc](https://exa', 'see the doc'],
  ['![a cat](https://exa', 'a cat'],
  ['call `foo', 'call `foo`'],
  ['`**` is bold', '`**` is bold'],
  ['~~gone', '~~gone~~'],
  ['whole **text**', 'whole **text**'],
  ['one **a** [b](c)\n\ntwo __x', 'one **a** [b](c)\n\ntwo __x__'],
])('%j is shown as %j while it is written', (written, shown) => {
  expect(closeUnfinished(written)).toBe(shown)
})

test.each([
  ['it costs $5 and $10', 'it costs \\$5 and \\$10'],
  ['$a^2$ is a square', '$a^2$ is a square'],
  ['already \\$5', 'already \\$5'],
  ['\\(x\\) and \\[y\\]', '$x$ and $$y$$'],
  ['`$HOME` costs $5', '`$HOME` costs \\$5'],
  ['```sh\necho $A $B\n```\n$x$', '```sh\necho $A $B\n```\n$x$'],
  ['$$\nx^2\n$$', '$$\nx^2\n$$'],
  ['so\n$$x^2$$\nthen', 'so\n$$\nx^2\n$$\nthen'],
  ['\\[x^2\\]', '$$\nx^2\n$$'],
])('%j has its formulas marked: %j', (text, marked) => {
  expect(markFormulas(text)).toBe(marked)
})

test('what shows formulas is loaded for formulas', () => {
  expect(['$x$', '\\(x\\)', '$$x$$', 'costs $5', 'none'].map(hasFormula)).toEqual([true, true, true, false, false])
})
