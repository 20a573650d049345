import type { ProviderVariable } from '@runnel/protocol/models'

type Words = 'key' | 'address' | 'header' | 'option'

/** What a value of a provider is, so that it is called and explained in the language of the page. */
export function wordsOf({ variable_name: name, variable_key: key }: ProviderVariable): Words {
  if (name.endsWith(' API Key')) return 'key'
  if (name.endsWith(' Base URL')) return 'address'
  // What has no name but that of its variable goes beside the key; the rest are named as the headers they are sent in.
  return name === key ? 'option' : 'header'
}
