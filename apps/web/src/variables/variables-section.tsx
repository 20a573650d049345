import { deleteVariable, type VariableRead } from '@runnel/protocol/variables'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { usersOf } from '../api/flow-uses.ts'
import { variablesChanged, variablesQuery } from '../api/variables.ts'
import { useListState } from '../app/list-state.ts'
import { usedByText } from '../flows/used-by.tsx'
import { UsedByButton } from '../flows/used-by-button.tsx'
import { listed } from '../i18n/listed.ts'
import { Button } from '../ui/button.tsx'
import { NameButton, RemovableList } from '../ui/removable-list.tsx'
import { remove } from '../ui/remove.ts'
import { Section } from '../ui/section.tsx'
import { useSelection } from '../ui/selection.ts'
import { Badge } from '../ui/status.tsx'
import { Cell, Head } from '../ui/table.tsx'
import { VariableDialog } from './variable-dialog.tsx'

/** The user's global variables. */
export function VariablesSection(): ReactNode {
  const { t } = useTranslation('variables')
  const query = useQuery(variablesQuery)
  const { data: variables = [] } = query
  const [{ q }, setState] = useListState({ q: '' }, { isOneStep: true })
  const [edited, setEdited] = useState<VariableRead | 'new'>()
  const shown = variables.filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()))
  const selection = useSelection(shown.map(({ id }) => id))

  async function removeSelected(): Promise<void> {
    const chosen = shown.filter(({ id }) => selection.has(id))
    const count = chosen.length
    const outcome = await remove({
      title: t('remove.title', { count }),
      text: await usedByText(
        'variable',
        chosen.map(({ name }) => name),
      ),
      confirm: t('remove.confirm', { count }),
      done: t('remove.done', { count }),
      failed: t('remove.failed'),
      perform: () => Promise.all(chosen.map(({ id }) => client.call(deleteVariable, { params: { variable_id: id } }))),
    })
    if (outcome === 'declined') return
    if (outcome === 'done') selection.clear()
    await variablesChanged()
  }

  const add = (
    <Button look="primary" data-testid="api-key-button-store" onClick={() => setEdited('new')}>
      <Plus size={16} />
      {t('add')}
    </Button>
  )
  return (
    <Section title={t('title')} description={t('text')} actions={add}>
      <RemovableList
        query={query}
        isEmpty={variables.length === 0}
        icon={<KeyRound size={32} />}
        title={t('empty.title')}
        hint={t('empty.hint')}
        actions={add}
        label={t('title')}
        shown={shown}
        selection={selection}
        search={{ label: t('search'), value: q, onChange: (next) => setState({ q: next }) }}
        words={{
          selectAll: t('selectAll'),
          select: ({ name }) => t('select', { name }),
          bulk: t('bulk'),
          delete: t('delete'),
        }}
        onRemove={() => void removeSelected()}
        onOpen={setEdited}
        heads={
          <>
            <Head>{t('name')}</Head>
            <Head>{t('type')}</Head>
            <Head>{t('value')}</Head>
            <Head>{t('applyTo')}</Head>
            <Head>{t('usedBy')}</Head>
          </>
        }
        cells={(variable) => (
          <>
            <Cell>
              <NameButton className="font-mono text-xs" onClick={() => setEdited(variable)}>
                {variable.name}
              </NameButton>
            </Cell>
            <Cell>
              <Badge tone={variable.type === 'Credential' ? 'info' : 'neutral'} className="whitespace-nowrap">
                {t(`types.${variable.type}`)}
              </Badge>
            </Cell>
            <Cell className="max-w-60 truncate font-mono text-text-muted text-xs">
              {variable.value ?? '••••••••••••'}
            </Cell>
            <Cell className="max-w-60 truncate text-text-muted">{listed(variable.default_fields ?? [])}</Cell>
            <Cell>
              <UsedByButton name={variable.name} users={usersOf('variable', variable.name)} />
            </Cell>
          </>
        )}
      />
      {edited ? (
        <VariableDialog variable={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      ) : null}
    </Section>
  )
}
