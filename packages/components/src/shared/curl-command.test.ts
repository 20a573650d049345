import { expect, test } from 'vitest'
import { parseCurl } from './curl-command.ts'

test.each([
  ['curl https://a.test', { url: 'https://a.test', method: 'GET', headers: {}, body: undefined }],
  [
    `curl -X PUT 'https://a.test/x?y=1' -H "Accept: text/plain" -H 'X-Quote: it said "hi"'`,
    { url: 'https://a.test/x?y=1', method: 'PUT', headers: { Accept: 'text/plain', 'X-Quote': 'it said "hi"' } },
  ],
  [
    `curl https://a.test \\\n  --header 'Content-Type: application/json' \\\n  --data-raw '{"a": "b c"}' --compressed`,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a": "b c"}' },
  ],
  [`curl -d a=1 -d b=2 -L --max-time 5 --url https://a.test`, { url: 'https://a.test', body: 'a=1&b=2' }],
  [`curl -u me:secret -XDELETE https://a.test`, { method: 'DELETE', headers: { Authorization: 'Basic bWU6c2VjcmV0' } }],
  [`curl --request=PATCH https://a.test --data-raw $'it\\'s\\n'`, { method: 'PATCH', body: "it's\n" }],
])('reads %s', (command, expected) => {
  expect(parseCurl(command)).toMatchObject(expected)
})

test.each([
  ['wget https://a.test', 'must begin with curl'],
  ['', 'must begin with curl'],
  ['curl -X GET', 'names no address'],
])('refuses %s', (command, why) => {
  expect(() => parseCurl(command)).toThrow(why)
})
