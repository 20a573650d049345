import { listFlows } from '@runnel/protocol/flows'
import { deleteVariable, type VariableRead } from '@runnel/protocol/variables'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { variablesChanged, variablesQuery } from '../api/variables.ts'
import { useListState } from '../app/list-state.ts'
import { BulkBar } from '../ui/bulk-bar.tsx'
import { Button } from '../ui/button.tsx'
import { ListStates } from '../ui/list-states.tsx'
import { remove } from '../ui/remove.ts'
import { SearchInput } from '../ui/search-input.tsx'
import { Section } from '../ui/section.tsx'
import { useSelection } from '../ui/selection.ts'
import { SelectAllHead, SelectCell } from '../ui/selection-cells.tsx'
import { Badge } from '../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../ui/table.tsx'
import { VariableDialog } from './variable-dialog.tsx'
import { usesVariable } from './variable-fields.ts'

/** Names of the user's flows that read one of these variables. */
async function flowsThatUse(names: readonly string[]): Promise<readonly string[]> {
  const flows = await client.call(listFlows, { query: { get_all: true } })
  const list = Array.isArray(flows) ? flows : flows.items
  return list.filter(({ data }) => names.some((name) => usesVariable(data, name))).map(({ name }) => name)
}

/** The user's global variables (N-26). */
export function VariablesSection(): ReactNode {
  const { t } = useTranslation('variables')
  const query = useQuery(variablesQuery)
  const { data: variables = [] } = query
  const [{ q }, setState] = useListState({ q: '' })
  const [edited, setEdited] = useState<VariableRead | 'new'>()
  const shown = variables.filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()))
  const selection = useSelection(shown.map(({ id }) => id))

  async function removeSelected(): Promise<void> {
    const chosen = shown.filter(({ id }) => selection.has(id))
    const count = chosen.length
    const users = await flowsThatUse(chosen.map(({ name }) => name)).catch(() => [])
    const yes = await remove({
      title: t('remove.title', { count }),
      text: (
        <>
          <p>{users.length > 0 ? t('remove.used', { count: users.length }) : t('remove.unused')}</p>
          <ul className="mt-2 list-disc pl-5">
            {users.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      ),
      confirm: t('remove.confirm', { count }),
      done: t('remove.done', { count }),
      failed: t('remove.failed'),
      perform: () => Promise.all(chosen.map(({ id }) => client.call(deleteVariable, { params: { variable_id: id } }))),
    })
    if (!yes) return
    selection.clear()
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
      <ListStates
        query={query}
        isEmpty={variables.length === 0}
        icon={<KeyRound size={32} />}
        title={t('empty.title')}
        hint={t('empty.hint')}
        actions={add}
      />
      {variables.length > 0 ? (
        <>
          <SearchInput
            value={q}
            onChange={(next) => setState({ q: next })}
            label={t('search')}
            className="mb-3 max-w-md"
          />
          <Table label={t('title')}>
            <HeadRow>
              <SelectAllHead selection={selection} ids={shown.map(({ id }) => id)} label={t('selectAll')} />
              <Head>{t('name')}</Head>
              <Head>{t('type')}</Head>
              <Head>{t('value')}</Head>
              <Head>{t('applyTo')}</Head>
            </HeadRow>
            <tbody>
              {shown.map((variable) => (
                <Row key={variable.id} aria-selected={selection.has(variable.id)}>
                  <SelectCell selection={selection} id={variable.id} label={t('select', { name: variable.name })} />
                  <Cell>
                    <button
                      type="button"
                      className="min-h-6 rounded-sm text-left font-medium font-mono text-xs hover:underline"
                      onClick={() => setEdited(variable)}
                    >
                      {variable.name}
                    </button>
                  </Cell>
                  <Cell>
                    <Badge tone={variable.type === 'Credential' ? 'info' : 'neutral'}>
                      {t(`types.${variable.type}`)}
                    </Badge>
                  </Cell>
                  <Cell className="max-w-60 truncate font-mono text-text-muted text-xs">
                    {variable.value ?? '••••••••••••'}
                  </Cell>
                  <Cell className="max-w-60 truncate text-text-muted">{variable.default_fields?.join(', ')}</Cell>
                </Row>
              ))}
            </tbody>
          </Table>
        </>
      ) : null}
      <BulkBar count={selection.ids.size} label={t('bulk')} onClear={selection.clear}>
        <Button look="danger" onClick={() => void removeSelected()}>
          <Trash2 size={14} />
          {t('delete')}
        </Button>
      </BulkBar>
      {edited ? (
        <VariableDialog variable={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      ) : null}
    </Section>
  )
}
