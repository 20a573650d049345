import { type LanguageModel, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { ibmWatsonxModel } from './ibm-watsonx-model.ts'

// How watsonx is asked is tested with the model, where its tokens can be given out.

const made = { outputs: ['model_output'] }

test('makes a model of the chosen name', async () => {
  const inputs = { api_key: 'ibm-1', project_id: 'p-1', model_name: 'ibm/granite-3-8b-instruct' }
  const { model_output } = await runComponent(ibmWatsonxModel, inputs, made)
  const { provider, model } = model_output as LanguageModel
  expect({ provider, model }).toEqual({ provider: 'IBM WatsonX', model: 'ibm/granite-3-8b-instruct' })
})

test('needs a key, a project or space, and JSON for the bias', async () => {
  await expect(runComponent(ibmWatsonxModel, { api_key: '' }, made)).rejects.toThrow('IBM WatsonX API key is required')
  const asked = { input_value: message('Hi'), api_key: 'ibm-1' }
  const answer = runComponent(ibmWatsonxModel, asked, { outputs: ['text_output'] })
  await expect(answer).rejects.toThrow('IBM WatsonX needs a project ID')
  await expect(runComponent(ibmWatsonxModel, { ...asked, logit_bias: '{' }, made)).rejects.toThrow('Logit Bias')
})
