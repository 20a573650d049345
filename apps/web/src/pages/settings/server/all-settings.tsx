import type { EffectiveSetting } from '@runnel/protocol/instance'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useListState } from '../../../app/list-state.ts'
import { CodeWords } from '../../../ui/code-words.tsx'
import { NoMatch } from '../../../ui/no-match.tsx'
import { SearchInput } from '../../../ui/search-input.tsx'
import { Badge } from '../../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../../ui/table.tsx'

/** Every variable of the environment the server reads, with the value it goes by. */
export function AllSettings({ settings }: { readonly settings: readonly EffectiveSetting[] }): ReactNode {
  const { t } = useTranslation('settings')
  const [{ q: search }, setState] = useListState({ q: '' }, { isOneStep: true })
  /** A link to a search shows what it found. */
  const [isFound] = useState(search !== '')
  const setSearch = (q: string): void => setState({ q })
  const words = search.trim().toLowerCase()
  const shown = settings.filter(({ variable, about, value }) =>
    `${variable} ${about} ${value}`.toLowerCase().includes(words),
  )
  return (
    <details className="group mt-6" open={isFound} data-testid="all-settings">
      <summary className="min-h-6 cursor-pointer font-medium leading-6">
        {t('server.all', { count: settings.length })}
      </summary>
      <SearchInput value={search} onChange={setSearch} label={t('server.searchSettings')} className="my-3 max-w-md" />
      <Table label={t('server.settings')}>
        <HeadRow>
          <Head>{t('server.variable')}</Head>
          <Head>{t('server.value')}</Head>
        </HeadRow>
        <tbody>
          {shown.map(({ variable, value, about, is_default: isDefault }) => (
            <Row key={variable}>
              <Cell>
                <span className="block font-mono text-xs">{variable}</span>
                <span className="block max-w-prose text-text-muted text-xs">
                  <CodeWords text={about} />
                </span>
              </Cell>
              <Cell className="font-mono text-xs">
                <span className="flex flex-wrap items-center gap-2">
                  {value === '' ? (
                    <span className="font-sans text-text-muted">{t('server.unset')}</span>
                  ) : (
                    <span className="break-all">{value ?? '••••••'}</span>
                  )}
                  {isDefault ? null : <Badge tone="accent">{t('server.changed')}</Badge>}
                </span>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {shown.length === 0 ? <NoMatch onClear={() => setSearch('')} /> : null}
    </details>
  )
}
