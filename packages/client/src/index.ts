export { type CallInput, type Client, type ClientOptions, createClient, errorFacts } from './client.ts'
export { ClientError } from './client-error.ts'
