import { useQuery } from '@tanstack/react-query'
import { Download, SlidersHorizontal } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { flowQuery } from '../api/flows.ts'
import { keylessQuery } from '../api/keyless.ts'
import { publicationQuery } from '../api/publications.ts'
import { configQuery } from '../api/server-info.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { saveFile } from '../ui/file-drop.tsx'
import { ErrorState, Skeleton } from '../ui/status.tsx'
import { ChoiceTabs } from '../ui/tabs.tsx'
import { AnswerHelp } from './answer-help.tsx'
import type { Call } from './call.ts'
import { EmbedCalls } from './embed-calls.tsx'
import { type FlowInputs, readFlowInputs } from './flow-inputs.ts'
import { type GivenValues, give, withGiven } from './given-values.ts'
import { InputSchema, type MarkField } from './input-schema.tsx'
import { KeyNotice } from './key-notice.tsx'
import { McpCalls } from './mcp-calls.tsx'
import { flowOpenApi } from './openapi.ts'
import { postmanCollection } from './postman.ts'
import { PublishedCalls } from './published-calls.tsx'
import { SnippetView } from './snippet-view.tsx'
import { type Target, TargetSelect, versionOf } from './target-select.tsx'
import { TryCall } from './try-call.tsx'
import { publishedRequest, requestOf } from './try-request.ts'
import { useRemembered } from './use-remembered.ts'
import { modesOf, type Way, waysOf } from './ways.ts'
import { WebhookCalls } from './webhook-calls.tsx'

export interface ApiAccessDialogProps {
  readonly flowId: string
  /** What a call of the flow depends on as the editor holds it; without, that of the saved one. */
  readonly draft?: FlowInputs
  /** How the editor changes its graph; without, the saved flow is changed. */
  readonly onMark?: MarkField
  /** What is shown first; what was shown last unless said. */
  readonly first?: Way
  readonly onClose: () => void
}

/** How programs call this flow: code made for it, and which of its fields they may set. */
export function ApiAccessDialog({ flowId, draft, onMark, first, onClose }: ApiAccessDialogProps): ReactNode {
  const { t } = useTranslation('api-access')
  const { data: flow, error, refetch } = useQuery(flowQuery(flowId))
  const { data: isKeyless = false } = useQuery(keylessQuery)
  const { data: config } = useQuery(configQuery)
  const [remembered, remember] = useRemembered<Way>('runnel.apiMode', 'run')
  const [opened, setOpened] = useState(first)
  const mode = opened ?? remembered
  const [key, setKey] = useState<string>()
  const { data: publication } = useQuery(publicationQuery(flowId))
  const isLive = publication && publication.status !== 'unpublished'
  const [chosen, setTarget] = useState<Target | undefined>(first && 'draft')
  // Whoever published a flow means that to be called.
  const target = isLive ? (chosen ?? 'latest') : 'draft'
  const [given, setGiven] = useState<GivenValues>({})
  const [isSchemaOpen, setSchemaOpen] = useState(false)
  const inputs = withGiven(draft ?? readFlowInputs(flow?.data), given)
  const modes = modesOf(inputs)
  const ways = waysOf(modes, inputs, flow?.folder_id ?? null)
  const suits = ways.includes(mode) && !(isLive && mode === 'flowai')
  const shown: Way = target !== 'draft' ? 'flowai' : suits ? mode : 'run'
  const code = modes.find((one) => one === shown)
  const exposed = inputs.nodes.filter(({ fields }) => fields.some(({ isExposed }) => isExposed)).length
  const call: Call = {
    origin: location.origin,
    flowId,
    target: flow?.endpoint_name || flowId,
    inputs,
    needsKey: !isKeyless,
    webhookNeedsKey: !isKeyless || config?.webhook_auth_enable === true,
    key,
  }

  const request = code && requestOf(call, code)
  const isWebhook = shown === 'webhook'

  /** The published flow is called by FlowAI's API alone, the draft by all others. */
  function choose(way: Way): void {
    remember(way)
    setOpened(undefined)
    setTarget(way === 'flowai' ? 'latest' : 'draft')
  }

  function downloadCollection(name: string): void {
    const draft = modes.flatMap((one) => {
      const asked = requestOf(call, one)
      return asked && one !== 'background' ? [{ name: t(`mode.${one}`), request: asked }] : []
    })
    const text = t('published.text')
    const live = isLive
      ? [
          {
            name: t('mode.published'),
            request: publishedRequest(publication, { origin: location.origin, text, version: undefined }),
          },
        ]
      : []
    saveFile(
      new Blob([postmanCollection(name, [...live, ...draft])], { type: 'application/json' }),
      `${name}.postman_collection.json`,
    )
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      description={flow?.name}
      width="xl"
      tall
      testId="api-access-dialog"
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {flow ? (
        <div className="flex flex-col gap-4">
          <KeyNotice
            isNeeded={target !== 'draft' || call.needsKey || (isWebhook && call.webhookNeedsKey)}
            value={key}
            onKey={setKey}
          />
          {isLive ? <TargetSelect value={target} versions={publication.versions} onChange={setTarget} /> : null}
          <div className="flex flex-wrap items-center justify-between gap-2">
            <ChoiceTabs
              label={t('mode.label')}
              value={shown}
              tabs={ways.map((value) => ({ value, label: t(`mode.${value}`), testId: `api-mode-${value}` }))}
              onChange={choose}
              className="flex-wrap"
            />
            {target === 'draft' ? (
              <Button
                data-testid="tweaks-button"
                aria-expanded={isSchemaOpen}
                onClick={() => setSchemaOpen(!isSchemaOpen)}
              >
                <SlidersHorizontal size={14} />
                {t('schema.button', { count: exposed })}
              </Button>
            ) : null}
          </div>
          {target === 'draft' && isSchemaOpen ? (
            <InputSchema
              flow={flow}
              inputs={inputs}
              given={given}
              onGive={(...value) => setGiven(give(given, ...value))}
              {...(onMark && { onMark })}
            />
          ) : null}
          {isLive && shown === 'flowai' ? (
            <PublishedCalls flow={publication} version={versionOf(target)} apiKey={key} />
          ) : (
            <p className="text-sm text-text-muted">{t(`purpose.${shown}`)}</p>
          )}
          {shown === 'mcp' && flow.folder_id !== null ? <McpCalls projectId={flow.folder_id} apiKey={key} /> : null}
          {shown === 'embed' ? <EmbedCalls flow={flow} /> : null}
          {code ? (
            <>
              <SnippetView call={call} mode={code} />
              {request ? (
                <TryCall
                  key={`${code}${JSON.stringify(request.body)}`}
                  request={request}
                  flowId={flowId}
                  apiKey={key}
                />
              ) : null}
              {isWebhook ? <WebhookCalls flowId={flowId} /> : null}
              <AnswerHelp mode={code} />
            </>
          ) : null}
          <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-3 border-border border-t pt-4">
            <Button onClick={() => downloadCollection(flow.name)} data-testid="postman-collection">
              <Download size={14} />
              {t('postman')}
            </Button>
            <span className="text-text-muted text-xs">{t('postmanHint')}</span>
            <Button
              onClick={() =>
                saveFile(new Blob([flowOpenApi(call, flow)], { type: 'application/json' }), `${flow.name}.openapi.json`)
              }
              data-testid="flow-openapi"
            >
              <Download size={14} />
              {t('openapi')}
            </Button>
            <span className="text-text-muted text-xs">{t('openapiHint')}</span>
          </div>
        </div>
      ) : error ? null : (
        <Skeleton className="h-80" />
      )}
    </Dialog>
  )
}
