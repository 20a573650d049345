export { type CallInput, type Client, type ClientOptions, createClient } from './client.ts'
export { ClientError } from './client-error.ts'
