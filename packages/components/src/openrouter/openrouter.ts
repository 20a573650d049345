import { defineComponent, field, type LanguageModel, type RunArguments } from '@runnel/sdk'
import { modelInputs, modelOutputs } from '../shared/language-model.ts'
import { providerFields, providerModel } from '../shared/provider-model.ts'

const inputs = {
  ...modelInputs,
  api_key: providerFields.apiKey('OpenRouter', 'OPENROUTER_API_KEY'),
  site_url: field.string({ label: 'Site URL', info: 'Your site, for rankings at OpenRouter.', advanced: true }),
  app_name: field.string({ label: 'App Name', info: 'Your app, for rankings at OpenRouter.', advanced: true }),
  // Kept for what older files hold in it: the name of the model says who made it.
  provider: field.dropdown({ label: 'Provider', options: [], free: true, show: false }),
  model_name: field.dropdown({
    label: 'Model',
    info: 'The name of the model, with that of its provider: openai/gpt-4o-mini.',
    options: ['openai/gpt-4o-mini', 'anthropic/claude-sonnet-4', 'google/gemini-2.5-flash', 'deepseek/deepseek-chat'],
    default: 'openai/gpt-4o-mini',
    free: true,
    required: true,
  }),
  temperature: providerFields.temperature(0.7, { advanced: true, max: 2 }),
  max_tokens: providerFields.maxTokens(),
} as const

export const openRouter = defineComponent({
  type: 'OpenRouterComponent',
  displayName: 'OpenRouter',
  description: 'Asks a chat model of any provider through OpenRouter.',
  icon: 'OpenRouter',
  category: 'openrouter',
  inputs,
  outputs: modelOutputs(model),
})

function model({ inputs: chosen, context }: RunArguments<typeof inputs>): Promise<LanguageModel> {
  return providerModel(
    'OpenRouter',
    {
      apiKey: chosen.api_key,
      modelId: chosen.model_name,
      temperature: chosen.temperature,
      maxTokens: chosen.max_tokens,
      headers: {
        ...(chosen.site_url && { 'HTTP-Referer': chosen.site_url }),
        ...(chosen.app_name && { 'X-Title': chosen.app_name }),
      },
    },
    context,
  )
}
