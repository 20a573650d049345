import type { OAuthField } from '@runnel/protocol/mcp-auth-fields'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../ui/code-block.tsx'
import { Field, TextInput } from '../ui/input.tsx'
import { type AuthForm, callbackAddress, isKept } from './auth-form.ts'

export interface OAuthFieldsProps {
  readonly form: AuthForm
  readonly onChange: (field: OAuthField, value: string) => void
  /** The path people come back to unless another is given. */
  readonly usualCallback: string
}

/** This server as clients and the provider know it, and the provider as this server knows it. */
export function OAuthFields({ form, onChange, usualCallback }: OAuthFieldsProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const callback = callbackAddress(form, usualCallback)

  const field = (name: OAuthField, hint?: string, placeholder?: string): ReactNode => {
    const isSecret = name === 'oauth_client_secret'
    const kept = isSecret && isKept(form[name])
    return (
      <Field
        label={t(`oauth.${name}`)}
        hint={kept ? t('oauth.kept') : hint}
        required={name === 'oauth_client_id' || name === 'oauth_auth_url' || name === 'oauth_token_url'}
      >
        <TextInput
          type={isSecret ? 'password' : 'text'}
          autoComplete={isSecret ? 'new-password' : 'off'}
          spellCheck={false}
          value={form[name]}
          placeholder={placeholder}
          // What is kept is replaced as a whole.
          onFocus={(event) => kept && event.currentTarget.select()}
          onChange={(event) => onChange(name, event.target.value)}
          data-testid={name}
        />
      </Field>
    )
  }

  return (
    <div className="flex flex-col gap-4">
      <h3 className="font-medium text-sm">{t('oauth.here')}</h3>
      {field('oauth_server_url', t('oauth.serverHint'))}
      <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
        {field('oauth_host', t('oauth.hostHint'))}
        {field('oauth_port')}
      </div>
      {field('oauth_callback_path', t('oauth.callbackHint'), usualCallback)}
      {callback ? (
        <CodeBlock label={t('oauth.callback')} title={t('oauth.callback')} code={callback} testId="oauth-callback" />
      ) : null}
      {field('oauth_mcp_scope', t('oauth.mcpScopeHint'))}
      <h3 className="font-medium text-sm">{t('oauth.provider')}</h3>
      {field('oauth_auth_url', undefined, 'https://id.example.com/oauth2/authorize')}
      {field('oauth_token_url', undefined, 'https://id.example.com/oauth2/token')}
      <div className="grid gap-4 sm:grid-cols-2">
        {field('oauth_client_id')}
        {field('oauth_client_secret')}
      </div>
      {field('oauth_provider_scope', t('oauth.providerScopeHint'), 'openid')}
    </div>
  )
}
