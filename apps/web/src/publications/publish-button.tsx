import { useQuery } from '@tanstack/react-query'
import { CloudUpload } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../api/client.ts'
import { publicationQuery } from '../api/publications.ts'
import { useWorkspace } from '../editor/editor-context.tsx'
import type { Autosave } from '../editor/saving/autosave.ts'
import { Button } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'

/** Opens what publishes the flow; shows which version is called, and with a dot that the draft has gone on. */
export function PublishButton({ autosave }: { readonly autosave: Autosave }): ReactNode {
  const { t } = useTranslation('editor')
  const { flowId, ui } = useWorkspace()
  const query = publicationQuery(flowId)
  const { data: publication } = useQuery(query)
  const status = publication?.status
  useEffect(
    () =>
      autosave.store.subscribe(({ kind }, before) => {
        // Only what is up to date can have fallen behind by a save.
        if (kind === 'saved' && before.kind !== 'saved' && status === 'published') {
          void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true })
        }
      }),
    [autosave, status, query.queryKey],
  )
  const state = t(`publish.${status ?? 'never'}`, { version: publication?.version })
  return (
    <Tooltip label={state}>
      <Button
        onClick={() => ui.setState({ dialog: 'publish' })}
        data-testid="publish-api-button"
        data-status={status ?? 'never'}
      >
        <CloudUpload size={14} />
        <span className="max-xl:sr-only">{t('publish.button')}</span>
        {publication && status !== 'unpublished' ? (
          <span className="text-text-muted text-xs max-xl:hidden">v{publication.version}</span>
        ) : null}
        {status === 'outdated' ? <span aria-hidden="true" className="size-1.5 rounded-full bg-warning" /> : null}
      </Button>
    </Tooltip>
  )
}
