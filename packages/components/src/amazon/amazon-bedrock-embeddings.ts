import { bedrockEmbeddings } from '@runnel/models/embeddings/bedrock-embeddings'
import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'
import { embeddingOutput } from '../shared/embedding-output.ts'

export const amazonBedrockEmbeddings = defineComponent({
  type: 'AmazonBedrockEmbeddings',
  aliases: ['AmazonBedrockEmbeddingsComponent'],
  displayName: 'Amazon Bedrock Embeddings',
  description: 'Turns texts into vectors with a Titan or Cohere model at Amazon Bedrock.',
  icon: 'Amazon',
  category: 'amazon',
  inputs: {
    model_id: field.dropdown({
      label: 'Model Id',
      info: 'The model to ask.',
      options: [
        'amazon.titan-embed-text-v1',
        'amazon.titan-embed-text-v2:0',
        'cohere.embed-english-v3',
        'cohere.embed-multilingual-v3',
      ],
      default: 'amazon.titan-embed-text-v1',
      free: true,
    }),
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
      variable: 'AWS_CREDENTIALS_PROFILE_NAME',
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
  },
  outputs: {
    embeddings: {
      ...embeddingOutput,
      run: ({ inputs }) => {
        const { model_id: modelId, region_name: region, endpoint_url: baseUrl } = inputs
        const [accessKeyId, secretAccessKey] = [inputs.aws_access_key_id, inputs.aws_secret_access_key]
        if (!accessKeyId || !secretAccessKey) {
          throw new AppError('invalid_field', ['Amazon Bedrock needs an access key: its id and its secret.'])
        }
        const credentials = { accessKeyId, secretAccessKey, sessionToken: inputs.aws_session_token }
        // The secret stands for the key: what it appears in is not shown.
        return bedrockEmbeddings({ apiKey: secretAccessKey, modelId, region, credentials, baseUrl })
      },
    },
  },
})
