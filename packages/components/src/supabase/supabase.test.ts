import { hashingEmbeddings } from '@runnel/models/embeddings/hashing-embeddings'
import { fakeSupabase } from '@runnel/testing/stores/fake-supabase'
import { keepsTheStoreContract } from '@runnel/testing/stores/store-contract'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { supabase } from './supabase.ts'

const embedding = hashingEmbeddings({ dimensions: 64 })
const trial = (inputs = {}) =>
  storeTrial(
    supabase,
    fakeSupabase(),
    { supabase_url: 'https://s.test', supabase_service_key: 'key', ...inputs },
    embedding,
  )

keepsTheStoreContract(trial)

test('says what Supabase says', async () => {
  await expect(trial({ supabase_service_key: 'wrong' }).keep()).rejects.toThrow('401')
  await expect(trial({ table_name: 'other' }).keep()).rejects.toThrow("Could not find the table 'public.other'")
})
