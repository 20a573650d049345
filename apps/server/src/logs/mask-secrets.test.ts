import { expect, test } from 'vitest'
import { maskSecrets } from './mask-secrets.ts'

test.each([
  ['Incorrect API key provided: sk-proj-abcdefgh1234', 'Incorrect API key provided: *****'],
  ['GET /run?x-api-key=abc123&stream=true', 'GET /run?x-api-key=*****&stream=true'],
  ['Authorization: Bearer abcdef.ghij', 'Authorization: Bearer *****'],
  ['sent Bearer abcdefghijk to it', 'sent Bearer ***** to it'],
  ['{"password":"hunter2","name":"ada"}', '{"password":"*****","name":"ada"}'],
  ['{"message":"{\\"api_key\\":\\"hunter2\\"}"}', '{"message":"{\\"api_key\\":\\"*****\\"}"}'],
  ['postgresql://ada:hunter2@db/runnel', 'postgresql://ada:*****@db/runnel'],
  ['token eyJhbGciOi.eyJzdWIi.c2ln was refused', 'token ***** was refused'],
  ['key AIzaSyA1234567890abcdefghij', 'key *****'],
  ['{"password":"correct horse, battery"}', '{"password":"*****"}'],
  ["secret = 'it is so'", "secret = '*****'"],
])('%s', (line, masked) => {
  expect(maskSecrets(line)).toBe(masked)
})

test.each([
  '{"level":"info","message":"request","requestId":"01ce083d-748b-7b8d-97b6-33adbb6a528a","path":"/api/v1/run/x"}',
  'input_tokens 12, output_tokens 3',
  'http://localhost:7860/api/v1/flows',
  '{"max_tokens":12,"tokens":3}',
])('leaves %s as it is', (line) => {
  expect(maskSecrets(line)).toBe(line)
})

test.each(['eyJ-', 'token="', 'Bearer ', '://a:', 'sk-a '])('a long line of %j is gone through once', (piece) => {
  const line = piece.repeat(64_000 / piece.length)
  expect(maskSecrets(line).length).toBeLessThanOrEqual(line.length)
})
