import { expect, test } from 'vitest'
import { signed } from './aws-signature.ts'

// "post-vanilla" of the test suite AWS published for its signature.
const signer = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
  now: Date.parse('2015-08-30T12:36:00Z'),
}

test('signs a plain POST as AWS does', () => {
  const headers = signed({ url: 'https://example.amazonaws.com/', body: '', headers: {} }, signer)
  expect(headers).toEqual({
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  })
})

test('signs the token of a session with the rest', () => {
  const headers = signed({ url: 'https://a.test/', body: '{}', headers: {} }, { ...signer, sessionToken: 'token' })
  expect(headers).toMatchObject({ 'x-amz-security-token': 'token' })
  expect(headers.authorization).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token')
})
