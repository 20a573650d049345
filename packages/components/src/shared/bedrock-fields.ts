import { bedrockModels } from '@runnel/models/model-names'
import { field, type LanguageModel, type RunContext } from '@runnel/sdk'
import { type ProviderModel, providerModel } from './provider-model.ts'

/** Who asks Amazon Bedrock, and where. */
export const bedrockAccessFields = {
  aws_access_key_id: field.secret({
    label: 'AWS Access Key ID',
    info: 'The name of your access key.',
    variable: 'AWS_ACCESS_KEY_ID',
    required: true,
  }),
  aws_secret_access_key: field.secret({
    label: 'AWS Secret Access Key',
    info: 'The secret of your access key.',
    variable: 'AWS_SECRET_ACCESS_KEY',
    required: true,
  }),
  aws_session_token: field.secret({
    label: 'AWS Session Token',
    info: 'Of a session that lasts for a while.',
    variable: 'AWS_SESSION_TOKEN',
    advanced: true,
  }),
  credentials_profile_name: field.secret({
    label: 'Credentials Profile Name',
    info: 'Kept for older flows; profiles of the machine are not read.',
    advanced: true,
  }),
  region_name: field.dropdown({
    label: 'Region Name',
    info: 'The region whose models are asked.',
    options: ['us-east-1', 'us-east-2', 'us-west-2', 'eu-central-1', 'eu-west-1', 'eu-west-3', 'ap-northeast-1'],
    default: 'us-east-1',
    free: true,
  }),
  endpoint_url: field.text({
    label: 'Endpoint URL',
    info: 'Where Bedrock is reached, if not at its usual address.',
    advanced: true,
  }),
} as const

/** The fields both models of Amazon Bedrock have. */
export const bedrockFields = {
  model_id: field.dropdown({
    label: 'Model ID',
    info: 'The model to ask. Names and profiles that are not listed work too.',
    options: bedrockModels,
    default: bedrockModels[0],
    free: true,
  }),
  ...bedrockAccessFields,
} as const

interface BedrockChosen {
  readonly model_id: string
  readonly aws_access_key_id: string
  readonly aws_secret_access_key: string
  readonly aws_session_token: string
  readonly region_name: string
  readonly endpoint_url: string
}

/** The model those fields name. @throws AppError `invalid_field` without a secret key. */
export function bedrockModel(
  chosen: BedrockChosen,
  settings: ProviderModel,
  context: Pick<RunContext, 'variables'>,
): Promise<LanguageModel> {
  const access = {
    apiKey: chosen.aws_secret_access_key,
    baseUrl: chosen.endpoint_url,
    modelId: chosen.model_id,
    options: {
      accessKeyId: chosen.aws_access_key_id,
      sessionToken: chosen.aws_session_token,
      region: chosen.region_name,
    },
  }
  return providerModel('Amazon Bedrock', { ...settings, ...access }, context)
}
