import { CircleHelp, Lock, RefreshCw } from 'lucide-react'
import { memo, type ReactNode, Suspense, useCallback, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { componentText } from '../../i18n/component-text.ts'
import { classNames } from '../../ui/class-names.ts'
import { useHint } from '../../ui/hint.tsx'
import { notify } from '../../ui/notifications.tsx'
import { Skeleton } from '../../ui/status.tsx'
import { setField } from '../commands/set-field.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { nodeOf, type TemplateField } from '../model/flow-document.ts'
import { problemsByNode } from '../model/problems.ts'
import { NodeButton } from '../node/node-button.tsx'
import { widgetOf } from './field-kinds.ts'
import { labelOf, type Surface } from './field-widget.ts'
import { serverFieldOf } from './mcp-value.ts'
import { refreshKey } from './node-refresh.ts'

export interface FieldRowProps {
  readonly nodeId: string
  readonly name: string
  readonly field: TemplateField
  /** An edge brings the value: the widget gives way to it. */
  readonly isConnected: boolean
  /** The agent fills it: the node is a tool. */
  readonly isToolFilled?: boolean
  readonly surface: Surface
}

/** A field with its name and its widget, on the node and in the inspector alike. */
export const FieldRow = memo(function FieldRow(props: FieldRowProps): ReactNode {
  const { nodeId, name, field, isConnected, isToolFilled = false, surface } = props
  const { t } = useTranslation('fields')
  const { refresh } = useWorkspace()
  const labelId = useId()
  const isLocked = useEditorState((state) => state.isLocked)
  const state = useStore(refresh.store, (fields) => fields.get(refreshKey(nodeId, name)))
  const server = serverFieldOf(name)
  // What is listed is of the server before.
  const isStale = useStore(
    refresh.store,
    (fields) => server !== undefined && fields.get(refreshKey(nodeId, server))?.kind === 'loading',
  )
  const problem = useWorkspaceUi(({ refused }) =>
    problemsByNode(refused)
      .get(nodeId)
      ?.find((one) => one.field === name),
  )
  const onChange = useFieldChange(nodeId, name, field)
  const Widget = widgetOf(field)
  const isInline = field.type === 'bool'
  return (
    <div
      className={classNames(
        isInline
          ? 'field-row flex flex-wrap items-center justify-between gap-x-2'
          : 'field-row flex flex-col gap-1 in-data-[density=compact]:gap-0',
        problem && 'field-is-refused',
      )}
      data-testid={`field-${name}`}
    >
      <div className="flex min-w-0 items-center gap-1 font-medium text-sm">
        <span id={labelId} className="truncate">
          {labelOf(name, field)}
        </span>
        {field.required ? (
          <span className="text-danger" aria-hidden="true">
            *
          </span>
        ) : null}
        {field.info && surface === 'node' ? (
          <FieldInfo text={componentText(field.info)} label={t('about', { field: labelOf(name, field) })} />
        ) : null}
        {field.refresh_button === true && !isConnected ? (
          <NodeButton
            label={textOr(field.refresh_button_text, t('refresh'))}
            className="nodrag -my-1 ml-auto"
            disabled={isLocked || state?.kind === 'loading'}
            data-testid={`refresh-button-${name}`}
            onClick={() => void refresh.refresh(nodeId, name)}
          >
            <RefreshCw size={12} className={state?.kind === 'loading' ? 'animate-spin' : ''} />
          </NodeButton>
        ) : null}
      </div>
      {field.info && surface === 'inspector' ? (
        <p
          className={classNames(
            'wrap-anywhere w-full whitespace-pre-line text-text-muted text-xs',
            // The switch stands beside the name.
            isInline && 'order-last',
          )}
          data-testid={`about-${name}`}
        >
          {componentText(field.info)}
        </p>
      ) : null}
      {isConnected || isToolFilled ? (
        <div className="flex h-8 items-center gap-2 rounded-md bg-surface-muted px-2.5 text-sm text-text-muted">
          {isConnected ? <Lock size={13} /> : null}
          {isConnected ? t('receiving') : t('usedAsTool')}
        </div>
      ) : Widget ? (
        <Suspense fallback={<Skeleton className="h-8" />}>
          <Widget
            nodeId={nodeId}
            name={name}
            field={field}
            onChange={onChange}
            isDisabled={isLocked || isStale}
            surface={surface}
            labelId={labelId}
            widgetOf={widgetOf}
          />
        </Suspense>
      ) : null}
      {state?.kind === 'loading' ? (
        <div className="h-0.5 w-full overflow-hidden rounded-full" role="progressbar" aria-label={t('loading')}>
          <div className="h-full w-1/3 animate-pulse bg-info" />
        </div>
      ) : null}
      {problem ? (
        <p role="alert" className="w-full text-danger text-xs" data-testid={`problem-${name}`}>
          {t(`problems.${problem.key}`)}
        </p>
      ) : null}
      {state?.kind === 'failed' ? (
        <p role="alert" className="w-full break-words text-danger text-xs">
          {state.message}
        </p>
      ) : null}
    </div>
  )
})

/** What a field is for, when it is pointed at. */
function FieldInfo({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { props, hint } = useHint(text)
  return (
    <>
      <button
        type="button"
        {...props}
        aria-label={label}
        className="nodrag relative z-1 shrink-0 rounded-full after:absolute after:-inset-1.5"
      >
        <CircleHelp size={13} className="text-text-faint" />
      </button>
      {hint}
    </>
  )
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' && value ? value : otherwise)

/** Frozen nodes whose user knows that a change has no effect yet. */
const told = new Set<string>()

/** Changes a field as one step of the history; one that reshapes its node asks the server for it. */
export function useFieldChange(
  nodeId: string,
  name: string,
  { real_time_refresh: reshapes }: TemplateField,
): (change: Partial<TemplateField>) => void {
  const { t } = useTranslation('fields')
  const { editor, refresh } = useWorkspace()
  return useCallback(
    (change) => {
      const isChanged = editor.apply(setField, { nodeId, field: name, change }, { mergeKey: `${nodeId} ${name}` })
      if (isChanged && reshapes && 'value' in change) refresh.changed(nodeId, name)
      if (isChanged && !told.has(nodeId) && nodeOf(editor.getDocument(), nodeId)?.data.node.frozen) {
        told.add(nodeId)
        notify('notice', t('node.frozenChange'))
      }
    },
    [editor, refresh, t, nodeId, name, reshapes],
  )
}
