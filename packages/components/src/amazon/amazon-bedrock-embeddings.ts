import { bedrockEmbeddings } from '@runnel/models/embeddings/bedrock-embeddings'
import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field } from '@runnel/sdk'
import { bedrockAccessFields } from '../shared/bedrock-fields.ts'
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
    ...bedrockAccessFields,
    credentials_profile_name: field.secret({
      label: 'Credentials Profile Name',
      info: 'Kept for older flows; profiles of the machine are not read.',
      variable: 'AWS_CREDENTIALS_PROFILE_NAME',
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
