import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysQuery } from '../api/api-keys.ts'
import { Button } from '../ui/button.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { Section } from '../ui/section.tsx'
import { Head, HeadRow, Table } from '../ui/table.tsx'
import { KeyRow } from './key-row.tsx'
import { MadeKeyDialog } from './made-key-dialog.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'

export interface ApiKeysSectionProps {
  /** What a new key may do unless chosen otherwise. */
  readonly access?: 'run' | 'manage'
}

/** The keys programs show instead of a login. */
export function ApiKeysSection({ access }: ApiKeysSectionProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const query = useQuery(apiKeysQuery)
  const { data: keys = [] } = query
  const [isNewOpen, setNewOpen] = useState(false)
  /** The new secret of a key that was rotated. */
  const [secret, setSecret] = useState<string>()

  const add = (
    <Button look="primary" data-testid="api-key-button-store" onClick={() => setNewOpen(true)}>
      <Plus size={16} />
      {t('create')}
    </Button>
  )
  return (
    <Section title={t('title')} description={t('text')} actions={add}>
      <ListStates
        query={query}
        isEmpty={keys.length === 0}
        icon={<KeyRound size={32} />}
        title={t('empty.title')}
        hint={t('empty.hint')}
        actions={add}
      />
      {keys.length > 0 ? (
        <Table label={t('title')}>
          <HeadRow>
            <Head>{t('name')}</Head>
            <Head>{t('key')}</Head>
            <Head>{t('limits')}</Head>
            <Head className="max-xl:hidden">{t('created')}</Head>
            <Head>{t('lastUsed')}</Head>
            <Head className="text-right">{t('uses')}</Head>
            <Head>{t('usedBy')}</Head>
            <Head>{t('expiry')}</Head>
            <Head>{t('active')}</Head>
            <Head label={t('actions')} />
          </HeadRow>
          <tbody>
            {keys.map((key) => (
              <KeyRow key={key.id} apiKey={key} onRotated={setSecret} />
            ))}
          </tbody>
        </Table>
      ) : null}
      {isNewOpen ? <NewKeyDialog {...(access && { access })} onClose={() => setNewOpen(false)} /> : null}
      {secret === undefined ? null : <MadeKeyDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </Section>
  )
}
