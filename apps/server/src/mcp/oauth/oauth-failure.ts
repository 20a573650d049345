/** A refusal as OAuth has it: a code of its own, told to the client. */
export class OAuthFailure extends Error {
  readonly code: OAuthFailureCode
  constructor(code: OAuthFailureCode, description: string) {
    super(description)
    this.code = code
  }
}

type OAuthFailureCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_client_metadata'
  | 'invalid_redirect_uri'
  | 'invalid_grant'
  | 'invalid_target'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'access_denied'
  | 'server_error'

/** What a client reads. */
export const failureBody = ({ code, message }: OAuthFailure) => ({ error: code, error_description: message })
