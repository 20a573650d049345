import type { ProviderAccess } from '@runnel/components/shared/provider-access'
import type { ChatProvider } from '@runnel/models/provider-catalogue'
import type { ProviderVariable } from '@runnel/protocol/models'

/** The variables a provider reads, its key first. */
export function providerVariables(
  provider: ProviderAccess & Partial<Pick<ChatProvider, 'optionVariables'>>,
): ProviderVariable[] {
  const {
    title,
    keyVariable,
    keyOptional,
    baseUrlVariables,
    baseUrlRequired,
    headerVariables,
    optionVariables = {},
  } = provider
  const common = { is_list: false, options: [] }
  const key =
    keyVariable === null
      ? []
      : [
          {
            variable_name: `${title} API Key`,
            variable_key: keyVariable,
            description: keyOptional ? 'Its key, if it asks for one.' : `The key of your account at ${title}.`,
            required: !keyOptional,
            is_secret: true,
            ...common,
          },
        ]
  const addresses = baseUrlVariables.slice(0, 1).map((variable_key) => ({
    variable_name: `${title} Base URL`,
    variable_key,
    description: `Where ${title} is reached${baseUrlRequired ? '' : ', if not at its usual address'}.`,
    required: baseUrlRequired,
    is_secret: false,
    ...common,
  }))
  const headers = Object.entries(headerVariables).map(([header, variable_key]) => ({
    variable_name: header,
    variable_key,
    description: `Sent to ${title} in the header ${header}.`,
    required: false,
    is_secret: false,
    ...common,
  }))
  const options = Object.values(optionVariables).map((variable_key) => ({
    variable_name: variable_key,
    variable_key,
    description: `What ${title} is asked with besides the key.`,
    required: false,
    is_secret: /ACCESS_KEY|TOKEN/.test(variable_key),
    ...common,
  }))
  return [...key, ...addresses, ...headers, ...options]
}

/** The user has set the provider up: what it needs is there, and where it needs nothing, something is. */
export function isConfigured(provider: ProviderAccess, isSet: (variable: string) => boolean): boolean {
  const { keyVariable, keyOptional, baseUrlVariables, baseUrlRequired } = provider
  const hasKey = keyVariable !== null && isSet(keyVariable)
  const hasAddress = baseUrlVariables.some(isSet)
  if (baseUrlRequired && !hasAddress) return false
  if (!keyOptional) return hasKey
  return hasKey || hasAddress
}
