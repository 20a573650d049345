import { fakeVectara } from '@runnel/testing/stores/fake-vectara'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { vectara } from './vectara.ts'

const trial = (inputs = {}) =>
  storeTrial(vectara, fakeVectara(), {
    vectara_customer_id: '42',
    vectara_corpus_id: '7',
    vectara_api_key: 'key',
    ...inputs,
  })

keepsTheStoreContract(trial)

test('says what Vectara says', async () => {
  await expect(trial({ vectara_api_key: 'wrong' }).keep()).rejects.toThrow('403 - Forbidden')
  await expect(trial({ vectara_corpus_id: '8' }).keep()).rejects.toThrow('Vectara: NOT_FOUND No such corpus.')
  await expect(trial({ vectara_corpus_id: '8' }).find('x')).rejects.toThrow('Vectara: NOT_FOUND No such corpus.')
  await expect(trial({ vectara_corpus_id: ' ' }).find('x')).rejects.toThrow('The Vectara Corpus ID cannot be empty.')
})
