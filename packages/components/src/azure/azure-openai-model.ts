import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  azure_endpoint: field.text({
    label: 'Azure Endpoint',
    info: 'The address of your resource: https://NAME.openai.azure.com',
    required: true,
  }),
  azure_deployment: field.text({ label: 'Deployment Name', info: 'The deployment to ask.', required: true }),
  api_key: providerFields.apiKey('Azure', 'AZURE_OPENAI_API_KEY', 'Chat OpenAI API Key'),
  api_version: field.dropdown({
    label: 'API Version',
    info: 'The version of the service.',
    options: [
      '2025-02-01-preview',
      '2025-01-01-preview',
      '2024-12-01-preview',
      '2024-10-01-preview',
      '2024-09-01-preview',
      '2024-08-01-preview',
      '2024-07-01-preview',
      '2024-06-01',
      '2024-03-01-preview',
      '2024-02-15-preview',
      '2023-12-01-preview',
      '2023-05-15',
    ],
    default: '2024-06-01',
    free: true,
  }),
  temperature: providerFields.temperature(0.7, { advanced: true, max: 2 }),
  max_tokens: providerFields.maxTokens(),
} as const

export const azureOpenAiModel = defineComponent({
  type: 'AzureOpenAIModel',
  aliases: ['AzureChatOpenAIComponent'],
  displayName: 'Azure OpenAI',
  description: 'Asks a chat model deployed at Azure OpenAI.',
  icon: 'Azure',
  category: 'azure',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  if (chosen.azure_deployment.trim() === '') {
    throw new AppError('invalid_field', ['Azure OpenAI needs the name of a deployment.'])
  }
  return providerModel(
    'Azure OpenAI',
    {
      apiKey: chosen.api_key,
      baseUrl: chosen.azure_endpoint,
      modelId: chosen.azure_deployment.trim(),
      options: { apiVersion: chosen.api_version },
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
    },
    context,
  )
}
